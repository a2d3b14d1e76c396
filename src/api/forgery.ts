import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import { csrfTokenOf } from '../domain/sessions/session.ts'
import type { House } from './house.ts'

/*
 * A browser sends the cookie of a session along with whatever makes it send a request, another site's page too. Three
 * things tell the web app's own changes from those: the cookie itself (`SameSite=Strict`), where the request says that it
 * comes from, and a token that only a page of the web app can have read.
 */

const harmless = new Set(['GET', 'HEAD'])

/** Refuses a change in the name of a session that another site may have sent. */
export function refuseForgery(house: House, request: FastifyRequest, secret: string): void {
  if (harmless.has(request.method)) return
  refuseForeign(house, request)
  if (!isSame(String(request.headers['x-csrf-token'] ?? ''), csrfTokenOf(secret)))
    throw new DomainError('forbidden', "The header x-csrf-token is missing, or not this session's.")
}

/** Refuses a change that a page of another site sent; programs say nothing of where they come from, and may come. */
export function refuseForeign({ publicUrl }: House, { method, headers, host }: FastifyRequest): void {
  if (harmless.has(method)) return
  const { origin, 'sec-fetch-site': site = 'none' } = headers
  const from = origin === undefined ? host : hostOf(origin)
  const isOwn = from === host || (from !== undefined && from === hostOf(publicUrl ?? ''))
  if (isOwn && (site === 'same-origin' || site === 'none')) return
  throw new DomainError('forbidden', 'This request came from a page of another site.')
}

/** Without the scheme: a proxy in front of us may not say by which it was called. */
const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : undefined)

function isSame(shown: string, own: string): boolean {
  const [one, other] = [Buffer.from(shown), Buffer.from(own)]
  return one.length === other.length && timingSafeEqual(one, other)
}
