import { readRetryAfter } from '../../retryAfter.ts'
import type { Attempt, Delivery } from '../deliveries/delivery.ts'
import type { RetryMode } from '../webhook.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** After each failure the time until the next try: eleven of them, three days in all. */
const gaps = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  day,
]

/** Contract 6: HighLevel tries again on 429 only, every ten minutes; how often is not known for sure (six). */
const highLevelGaps: number[] = Array(6).fill(10 * minute)

/** What follows from an attempt. */
export type Verdict =
  | { state: 'delivered' }
  | { state: 'failed' }
  /** To be sent again, at `dueAt`. */
  | { state: 'waiting'; dueAt: number }

export interface Judged extends Attempt {
  /** The answer's header. */
  retryAfter: string | null
}

/** Decides by the webhook's retry mode; `chance` is between 0 and 1, so that not all come back at once. */
export function judge(
  { tries }: Pick<Delivery, 'tries'>,
  mode: RetryMode,
  { status, error, retryAfter }: Judged,
  now: number,
  chance: number,
): Verdict {
  if (error === null) return { state: 'delivered' }
  if (status === gone || (mode === 'highlevel' && status !== 429)) return { state: 'failed' }
  const gap = (mode === 'highlevel' ? highLevelGaps : gaps)[tries]
  if (gap === undefined) return { state: 'failed' }
  const wait = Math.max(gap * (1 + chance / 10), readRetryAfter(retryAfter, now))
  return { state: 'waiting', dueAt: now + Math.round(wait) }
}

/** The receiver says that it wants nothing more, ever. */
export const gone = 410
