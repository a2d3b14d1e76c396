import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller, Store } from '../domain/context.ts'
import { DomainError } from '../domain/errors.ts'
import { findSession } from '../domain/sessions/queries.ts'
import type { House } from './house.ts'
import { createLookUps, trusted } from './lookUps.ts'

/** Somebody who came by a session of the web app. */
export interface Visit {
  caller: Caller
  secret: string
}

/** From a session's secret to who stands behind it. */
export function createSessions(store: Store, now: () => number) {
  const { ask: authenticate, hear } = createLookUps(lookUp, now)

  async function lookUp(secret: string, at: number) {
    const found = await findSession(store, secret, at)
    if (!found) throw new DomainError('unauthorized', 'Unauthorized')
    return { caller: found.caller, secret, until: Math.min(at + trusted, found.expiresAt) }
  }

  return { authenticate, hear }
}

const name = 'pipewright_session'

/** Longer than any session is idle: when one ends, the server knows. More than this no browser keeps. */
const life = 400 * 24 * 60 * 60

/** The secret that the browser keeps; no script on the page can read it, and no other site can have it sent. */
export const sessionOf = ({ headers }: FastifyRequest): string | undefined =>
  new RegExp(`(?:^|;\\s*)${name}=(\\w+)(?:;|$)`).exec(headers.cookie ?? '')?.[1]

/** Gives the browser a secret to keep; null takes it away. Stands when the reply goes past Fastify, too. */
export function keepSession(house: House, request: FastifyRequest, reply: FastifyReply, secret: string | null): void {
  const isSecure = (house.publicUrl ?? `${request.protocol}:`).startsWith('https:')
  const parts = [
    `${name}=${secret ?? ''}`,
    'Path=/',
    `Max-Age=${secret === null ? 0 : life}`,
    'HttpOnly',
    'SameSite=Strict',
    ...(isSecure ? ['Secure'] : []),
  ]
  reply.raw.setHeader('set-cookie', parts.join('; '))
}
