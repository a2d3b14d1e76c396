import type { Context } from '../../../domain/context.ts'

/*
 * A widespread client sends, from the second page on, only `startAfter` and `startAfterId` (contract 9.17). The query
 * that produced the pair is remembered for each token for some minutes, so that its second page is not unfiltered.
 */

interface Query {
  page?: number
  startAfter?: unknown
  startAfterId?: unknown
}

interface Remembered {
  query: Query
  until: number
}

const minutes = 15 * 60_000
const kept = 10_000
const memories = new WeakMap<object, Map<string, Remembered>>()

export function remember(ctx: Context, place: Query, query: Query): void {
  const memory = memoryOf(ctx)
  if (memory.size >= kept) memory.delete(memory.keys().next().value as string)
  memory.set(key(ctx, place), { query, until: ctx.now() + minutes })
}

/** The query with the filters that led to its cursor, where it names nothing but the cursor. */
export function recall<Sent extends Query>(ctx: Context, query: Sent): Sent {
  const found = memoryOf(ctx).get(key(ctx, query))
  if (!found || found.until < ctx.now()) return query
  return { ...found.query, page: (found.query.page ?? 1) + 1, ...query }
}

const key = (ctx: Context, { startAfter, startAfterId }: Query) =>
  `${ctx.caller.locationId} ${ctx.caller.id} ${startAfter} ${startAfterId}`

function memoryOf({ store }: Context): Map<string, Remembered> {
  const known = memories.get(store)
  if (known) return known
  const memory = new Map<string, Remembered>()
  memories.set(store, memory)
  return memory
}
