import type { Store } from '../domain/context.ts'
import type { RateLimits } from '../limits.ts'
import type { createAuthenticator } from './authenticate.ts'
import type { Allowance } from './rateLimit.ts'
import type { FastifyRequest } from './request.ts'
import type { createSessions } from './sessions.ts'
import type { Throttles } from './throttle.ts'

/** What the rows of every dialect are served with. */
export interface House {
  store: Store
  now: () => number
  wake: () => void
  authenticator: ReturnType<typeof createAuthenticator>
  sessions: ReturnType<typeof createSessions>
  /** Of those who try to sign in, by whatever page. */
  throttles: Throttles
  publicUrl: string | null
  limits: RateLimits
  /** Told of each reply as it goes out. */
  replied?: (request: FastifyRequest, status: number, text?: string) => void
  /** Told of each failure that is nobody's mistake but ours, by the trace that its reply carried. */
  failed?: (error: unknown, traceId: string) => void
  /** Absent when limits are off. */
  take?: (key: string, now: number) => Allowance | Promise<Allowance>
}
