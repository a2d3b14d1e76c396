import { commit } from '../domain/commit.ts'
import type { Context } from '../domain/context.ts'
import type { Transaction } from '../store/database.ts'

/** `commit` of what the worker is to act upon, whether or not somebody listens to events. */
export const commitWork = <T>(ctx: Context, work: (tx: Transaction) => Promise<T>): Promise<T> =>
  commit({ ...ctx, isHeard: true }, work)
