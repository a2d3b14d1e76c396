import type { Static } from '@sinclair/typebox'
import type { BulkReply } from '../../../src/api/console/bulkWire.ts'
import { post } from '../../api/client.ts'
import type { Action } from './actions.ts'

export interface Refused {
  id: string
  error: string
}

export interface Outcome {
  done: string[]
  refused: Refused[]
  /** Why the rest was not tried. */
  failure?: string
}

/** So many at once: few enough that it can be seen going on, and be stopped. */
const together = 100

/** One action on any number of deals, each for itself. `tell` hears of each step, and answers whether to go on. */
export async function runBulk(ids: string[], action: Action, tell: (ids: string[]) => boolean): Promise<Outcome> {
  const outcome: Outcome = { done: [], refused: [] }
  for (let at = 0; at < ids.length; at += together) {
    const batch = ids.slice(at, at + together)
    try {
      const { results } = await post<Static<typeof BulkReply>>('/console/opportunities/bulk', { ids: batch, ...action })
      for (const { id, ok, error = '' } of results) {
        if (ok) outcome.done.push(id)
        else outcome.refused.push({ id, error })
      }
    } catch (error) {
      return { ...outcome, failure: (error as Error).message }
    }
    if (!tell(batch)) break
  }
  return outcome
}

/** Out of the bin again, several at a time. */
export async function restoreAll(ids: string[]): Promise<Outcome> {
  const outcome: Outcome = { done: [], refused: [] }
  for (let at = 0; at < ids.length; at += 6) {
    const batch = ids.slice(at, at + 6)
    await Promise.all(
      batch.map((id) =>
        post(`/console/bin/${id}/restore`).then(
          () => outcome.done.push(id),
          (error: Error) => outcome.refused.push({ id, error: error.message }),
        ),
      ),
    )
  }
  return outcome
}
