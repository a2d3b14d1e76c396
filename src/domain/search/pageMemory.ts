import sql from 'sql-template-tag'
import type { Transaction } from '../../store/database.ts'
import type { Context, Store } from '../context.ts'

/*
 * A widespread client sends, from the second page on, only the cursor. So the query that led to a cursor is remembered
 * for each caller: at once in this process, and a moment later in the store, where every process finds it.
 */

interface Remembered {
  locationId: string
  callerId: string
  place: string
  query: string
  until: number
}

const life = 24 * 60 * 60 * 1000
const kept = 10_000
/** ms: pages are read often, and what is to be written waits for others to go with, unseen by whoever reads. */
const gathering = 100

interface Memory {
  known: Map<string, Remembered>
  waiting: Map<string, Remembered>
}

const memories = new WeakMap<Store, Memory>()

/** `place` names the cursor; what is not `lasting` is not worth a place in the store. */
export function rememberPage(ctx: Context, place: string, query: object, lasting: boolean): void {
  const { known, waiting } = memoryOf(ctx.store)
  const { locationId, id: callerId } = ctx.caller
  const one = { locationId, callerId, place, query: JSON.stringify(query), until: ctx.now() + life }
  const key = keyOf(ctx, place)
  if (known.size >= kept) known.delete(known.keys().next().value as string)
  known.set(key, one)
  if (!lasting) return
  if (waiting.size === 0) setTimeout(() => void flushPages(ctx.store, ctx.now()), gathering).unref()
  waiting.set(key, one)
}

/** The query that led to the cursor, within a day; undefined where none is known. */
export async function recallPage(ctx: Context, place: string): Promise<object | undefined> {
  const known = memoryOf(ctx.store).known.get(keyOf(ctx, place)) ?? (await find(ctx, place))
  return known && known.until > ctx.now() ? JSON.parse(known.query) : undefined
}

/** Writes what is waiting. What cannot be written now is only missed by other processes: no page waits for it. */
export async function flushPages(store: Store, now: number): Promise<void> {
  const { waiting } = memoryOf(store)
  const all = [...waiting.values()]
  waiting.clear()
  const locations = new Set(all.map(({ locationId }) => locationId))
  const works = [...locations].map((locationId) =>
    store.transaction(async (tx) => {
      for (const one of all) if (one.locationId === locationId) await insert(tx, one)
      await tx.run(sql`delete from search_cursors where location_id = ${locationId} and until <= ${now}`)
    }),
  )
  await Promise.allSettled(works)
}

const insert = (tx: Transaction, { locationId, callerId, place, query, until }: Remembered) =>
  tx.run(sql`
    insert into search_cursors (location_id, caller_id, place, query, until)
    values (${locationId}, ${callerId}, ${place}, ${query}, ${until})
    on conflict (location_id, caller_id, place) do update set query = excluded.query, until = excluded.until`)

const find = ({ store, caller }: Context, place: string) =>
  store.one<Pick<Remembered, 'query' | 'until'>>(sql`
    select query, until from search_cursors
    where location_id = ${caller.locationId} and caller_id = ${caller.id} and place = ${place}`)

const keyOf = ({ caller }: Context, place: string) => `${caller.locationId} ${caller.id} ${place}`

function memoryOf(store: Store): Memory {
  const known = memories.get(store)
  if (known) return known
  const memory: Memory = { known: new Map(), waiting: new Map() }
  memories.set(store, memory)
  return memory
}
