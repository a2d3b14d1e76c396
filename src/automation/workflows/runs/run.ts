/**
 * running: due, or under way. waiting: for a time or a condition. sending: something goes out to the world.
 * retrying: a step failed and is tried again. failed: it was tried often enough, a person must look. stopped: ended early.
 */
export const runStates = ['running', 'waiting', 'sending', 'retrying', 'failed', 'done', 'stopped'] as const
export type RunState = (typeof runStates)[number]

export interface Run {
  id: string
  locationId: string
  workflowId: string
  version: number
  /** What it began by; the same begins a workflow once. */
  cause: string
  contactId: string | null
  opportunityId: string | null
  /** What started it, for merge fields: a change, or a payload. */
  data: Record<string, unknown>
  /** How many runs stand between this and somebody's own doing. */
  depth: number
  /** The first of the runs that began each other, up to this one. */
  chain: string
  state: RunState
  /** Of the step that is next, or that failed. */
  place: string
  /** At which step it stands: a wait for a time is over at the next place, but it is the wait that it stands at. */
  stepId: string
  /** How many entries its log has. */
  stepCount: number
  /** Tries of the present step that failed. */
  attempts: number
  dueAt: number | null
  /** Its workflow is paused. */
  held: boolean
  deadline: number | null
  request: OutgoingRequest | null
  error: string | null
  startedAt: number
  updatedAt: number
  endedAt: number | null
}

/** What a step sends to the world; every try of it carries the same key. */
export interface OutgoingRequest {
  url: string
  /** The workflow's own, which may be secret. */
  headers: Record<string, string>
  body: string
}

/** One try of one step. */
export interface StepEntry {
  seq: number
  place: string
  type: string
  state: 'done' | 'skipped' | 'failed'
  attempt: number
  input: unknown
  result: unknown
  error: string | null
  at: number
}

/** A chain of runs, each begun by what the one before changed, ends here. */
export const deepest = 10

/** Where each of them begins several, there are no more of them in all. */
export const mostOfChain = 100

/** ms until a step that failed is tried again; behind the last of them a person must look. */
export const patience = [10_000, 60_000, 300_000]

export const isOver = ({ state }: Pick<Run, 'state'>): boolean => state === 'done' || state === 'stopped'
