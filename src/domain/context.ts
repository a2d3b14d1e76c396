import type { Store } from '../store/database.ts'

export type { Store } from '../store/database.ts'

/** Who asks: a token, a person, a workflow's run, an import, or the program itself. */
export interface Caller {
  locationId: string
  kind: 'token' | 'user' | 'run' | 'import' | 'system'
  id: string
  scopes: ReadonlySet<string>
  /** Stands for the whole company, whose id takes the location's place. */
  isAgency?: boolean
  /** A user who sees only what is assigned to them or followed by them: see `accounts/sight.ts`. */
  onlyAssigned?: boolean
}

/** What every command and query is given: the data, who asks, and the clock. */
export interface Context {
  store: Store
  caller: Caller
  /** Epoch milliseconds. */
  now: () => number
  /** Tells the worker that there may be something to do. */
  wake: () => void
  /** The request's id (`traceId` on the wire), kept with the events that it causes. */
  requestId?: string
  /** The run of a workflow whose step this is, and how many runs stand between it and somebody's own doing. */
  cause?: { runId: string; depth: number }
  /** Whether somebody listens to what was changed; noted as it is changed, so that nobody is woken for nothing. */
  isHeard?: boolean
}
