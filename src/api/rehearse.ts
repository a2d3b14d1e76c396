import type { Context, Store } from '../domain/context.ts'

/** What a rehearsal came to, thrown past the store so that it keeps nothing of it. */
class Rehearsed extends Error {
  readonly value: unknown

  constructor(value: unknown) {
    super('A rehearsal')
    this.value = value
  }
}

/**
 * Runs `work` as it would run, with every rule and every lock, inside one transaction that is then rolled back: answers
 * what it answers, or throws what it throws, and nothing is changed, announced or woken. Its reads see its writes.
 */
export async function rehearse<T>(ctx: Context, work: (ctx: Context) => Promise<T>): Promise<T> {
  try {
    return await ctx.store.transaction(async (tx) => {
      const store: Store = {
        ...ctx.store,
        ...tx,
        transaction: (inner) => inner(tx),
        snapshot: (inner) => inner(tx),
        write: (statement) => tx.one(statement),
        announce: () => {},
      }
      throw new Rehearsed(await work({ ...ctx, store, wake: () => {} }))
    })
  } catch (error) {
    if (error instanceof Rehearsed) return error.value as T
    throw error
  }
}
