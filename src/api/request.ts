import type { Caller } from '../domain/context.ts'
import type { Credential } from './authenticate.ts'
import type { Door } from './door.ts'
import type { Allowance } from './rateLimit.ts'

/* What a route and a request of ours carry beside Fastify's own. */

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The vendor's own operation id. */
    operation?: string
    door?: Door
    /** Of the row; what the caller must have. */
    scope?: string | null
  }
  interface FastifyRequest {
    caller?: Caller
    /** The token that it came with; of sessions, none. */
    credential?: Credential
    /** The secret of the session that it came by. */
    session?: string
    /** What was left of the limits once it was counted. */
    left?: Allowance
    /** The body as it was sent. */
    text?: string
    /** `performance.now()` when it came. */
    began: number
  }
}

export type { FastifyRequest } from 'fastify'
