import type { FastifyRequest } from 'fastify'
import type { Caller } from '../domain/context.ts'
import { DomainError } from '../domain/errors.ts'
import type { TokenKind } from '../domain/tokens/tokens.ts'
import type { Credential } from './authenticate.ts'
import type { Door } from './door.ts'
import type { Endpoint } from './endpoint.ts'
import { refuseForgery } from './forgery.ts'
import type { House } from './house.ts'
import { type Allowance, fullAllowance } from './rateLimit.ts'
import { sessionOf, type Visit } from './sessions.ts'

type Admission = Pick<Endpoint, 'callers' | 'scope'>

/** Who asks: by a token, else, where the door is open to browsers, by the session of the web app. */
export function identify(
  { authenticator, sessions }: House,
  { takesSessions }: Pick<Door, 'takesSessions'>,
  request: FastifyRequest,
): Credential | Visit | Promise<Credential | Visit> {
  const { authorization } = request.headers
  const secret = takesSessions && authorization === undefined ? sessionOf(request) : undefined
  return secret === undefined ? authenticator.authenticate(authorization) : sessions.authenticate(secret)
}

/** Refuses a change that another site had sent in a session's name, and whom the row is not open to. */
export function allowVisit(house: House, row: Admission, { caller, secret }: Visit, request: FastifyRequest): Caller {
  refuseForgery(house, request, secret)
  const isOpen = row.callers !== 'agency' && (!row.scope || caller.scopes.has(row.scope))
  if (!isOpen) throw new DomainError('forbidden', 'Your role does not allow this.')
  return caller
}

/** Refuses a token of the wrong kind, or without the row's scope; else who stands behind it. */
export function allow(row: Admission, kinds: ReadonlySet<TokenKind>, { token, caller }: Credential): Caller {
  if (!kinds.has(token.kind)) throw new DomainError('unauthorized', 'Invalid token: access token is invalid', wrongKind)
  const wanted = row.callers ?? 'location'
  if (wanted !== 'any' && (wanted === 'agency') !== (token.kind === 'agency')) {
    throw new DomainError('unauthorized', "This token's user type is not yet supported!")
  }
  if (row.scope && !caller.scopes.has(row.scope)) {
    throw new DomainError('unauthorized', 'The token is not authorized for this scope.')
  }
  return caller
}

const wrongKind = { name: 'INVALID_ACCESS_TOKEN' }

/** Counts a request of this token; at once where counting needs no store. */
export function count({ take, limits, now }: House, { key }: Credential): Allowance | Promise<Allowance> {
  return take ? take(key, now()) : fullAllowance(limits, now())
}

export const tooMany = () => new DomainError('rate_limited', 'Too Many Requests')
