import type { Transaction } from '../store/database.ts'
import type { Context } from './context.ts'

/** Runs `work` as one transaction, then wakes the worker. Inside, await nothing but `tx`. */
export async function commit<T>(ctx: Context, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const result = await ctx.store.transaction(work)
  ctx.wake()
  return result
}
