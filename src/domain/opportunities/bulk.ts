import type { Context } from '../context.ts'
import { DomainError, Unavailable } from '../errors.ts'
import { deleteOpportunity, updateOpportunity } from './commands.ts'
import type { Wish } from './rules.ts'

/** One thing to do to each of many opportunities. */
export type BulkAction = { delete: true } | { change: Wish }

/** What became of one of them; `error` is the sentence that it would have been refused with alone. */
export type BulkResult = { id: string; ok: true } | { id: string; ok: false; error: string }

/** How many are under way at once: SQLite commits them together, and PostgreSQL has no more connections to give. */
const together = 8

/** Each in a transaction of its own, so that one that is refused stops no other. Answers in the order of the ids. */
export async function changeMany(ctx: Context, ids: string[], action: BulkAction): Promise<BulkResult[]> {
  const results: BulkResult[] = []
  for (let at = 0; at < ids.length; at += together) {
    const batch = ids.slice(at, at + together)
    results.push(...(await Promise.all(batch.map((id) => changeOne(ctx, id, action)))))
  }
  return results
}

/** Of data that cannot be reached nobody knows what became; that is no reason to be silent about the others. */
async function changeOne(ctx: Context, id: string, action: BulkAction): Promise<BulkResult> {
  try {
    await ('delete' in action ? deleteOpportunity(ctx, id) : updateOpportunity(ctx, id, action.change))
    return { id, ok: true }
  } catch (error) {
    if (error instanceof DomainError || error instanceof Unavailable) return { id, ok: false, error: error.message }
    throw error
  }
}
