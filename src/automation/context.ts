import type { Logger } from 'pino'
import type { Store } from '../domain/context.ts'
import type { Outbound } from './outbound/outbound.ts'

export type { Store } from '../domain/context.ts'

/** What everything that happens after a commit is given. */
export interface Automation {
  store: Store
  /** Epoch milliseconds. */
  now: () => number
  logger: Logger
  /** Tells the worker that there may be something to do. */
  wake: () => void
  /** The way to other people's servers. */
  outbound: Outbound
  /** For how long the log of deliveries goes back, in milliseconds. */
  keepDeliveries: number
}
