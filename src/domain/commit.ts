import type { Transaction } from '../store/database.ts'
import type { Context, Store } from './context.ts'

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
  tellChanged(ctx.store, ctx.caller.locationId)
  return result
}

type Hear = (locationId: string) => void

const hearers = new WeakMap<Store, Set<Hear>>()

/** Tells this process and the others that something of a location was changed; to be said once it is committed. */
export function tellChanged(store: Store, locationId: string): void {
  for (const hear of hearers.get(store) ?? []) hear(locationId)
  store.announce(locationId)
}

/** Hears of what is changed in this process, as `store.listen` hears of others. Answers how to stop. */
export function hearChanges(store: Store, hear: Hear): () => void {
  const all = hearers.get(store) ?? new Set()
  hearers.set(store, all.add(hear))
  return () => {
    all.delete(hear)
    if (all.size === 0) hearers.delete(store)
  }
}

const dueTopic = 'due'

/** Whether announcements tell of work to be done; none by name may have told of anything. */
export const tellOfWork = (topics: string[]): boolean => topics.length === 0 || topics.includes(dueTopic)
