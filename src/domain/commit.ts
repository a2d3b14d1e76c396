import type { Transaction } from '../store/database.ts'
import type { Context } from './context.ts'

/**
 * Runs `work` as one transaction, then wakes the worker, here and elsewhere, where somebody listens to what was changed.
 * Inside, await nothing but `tx`.
 *
 * Others do the same at this moment, so whoever needs several things takes them in one order: pipeline, tag, contact,
 * stage, name (`tx.alone`), opportunity; of one kind, in the order of their ids or creation. Where that cannot be, two
 * may wait for each other: after a second the store runs one of them again.
 */
export async function commit<T>(ctx: Context, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const result = await ctx.store.transaction(work)
  if (ctx.isHeard) {
    ctx.wake()
    ctx.store.announce(dueTopic)
  }
  ctx.store.announce(ctx.caller.locationId)
  return result
}

const dueTopic = 'due'

/** Whether announcements tell of work to be done; none by name may have told of anything. */
export const tellOfWork = (topics: string[]): boolean => topics.length === 0 || topics.includes(dueTopic)
