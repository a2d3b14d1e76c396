import type { Store, Transaction } from '../store/database.ts'
import { commit } from './commit.ts'
import type { Context } from './context.ts'

/*
 * Who stands behind a secret is looked up seldom. Whoever looked trusts what they saw, until they hear that tokens, users
 * or sessions of that location changed: in this process at once, in others by an announcement.
 */

type Hear = (topics: string[]) => void

const topic = 'callers:'

/** `commit` of a change after which somebody may be let in who was not, or not any more, or to something else. */
export async function commitCallers<T>(ctx: Context, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const result = await commit(ctx, work)
  const changed = `${topic}${ctx.caller.locationId}`
  for (const hear of hearers.get(ctx.store) ?? []) hear([changed])
  ctx.store.announce(changed)
  return result
}

const hearers = new WeakMap<Store, Set<Hear>>()

/** Hears of callers that change in this process, as `store.listen` hears of those that change in others. */
export function hearCallers(store: Store, hear: Hear): () => void {
  const all = hearers.get(store) ?? new Set()
  hearers.set(store, all.add(hear))
  return () => void all.delete(hear)
}

/** Where callers changed, of what was announced; undefined where some announcements may have been missed. */
export function locationsOf(topics: string[]): string[] | undefined {
  if (topics.length === 0) return undefined
  return topics.filter((one) => one.startsWith(topic)).map((one) => one.slice(topic.length))
}
