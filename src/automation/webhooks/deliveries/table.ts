import sql, { empty, join, raw, type Sql } from 'sql-template-tag'
import type { Database, Transaction } from '../../../store/database.ts'
import type { Delivery, DeliveryState, LineKey, ToldDelivery } from './delivery.ts'
import { inLots } from './lots.ts'

const columns = raw(`location_id as "locationId", id, webhook_id as "webhookId", event_seq as "eventSeq", type, place,
  record, record_id as "recordId", body, state, due_at as "dueAt", tries, created_at as "createdAt",
  settled_at as "settledAt"`)

/** What is logged is counted, not kept: it is asked for by people, a page at a time. */
const toldColumns = sql`${columns}, (select count(*) from delivery_attempts a
  where a.location_id = deliveries.location_id and a.delivery_id = deliveries.id) as attempts`

const of = ({ locationId, webhookId }: LineKey) => sql`location_id = ${locationId} and webhook_id = ${webhookId}`

export const find = (db: Database, key: LineKey, id: string) =>
  db.one<ToldDelivery>(sql`select ${toldColumns} from deliveries where ${of(key)} and id = ${id}`)

/** Whether there is one of any of these types. */
export const hasAny = async (db: Database, key: LineKey, types: readonly string[]): Promise<boolean> =>
  (await db.one(sql`select 1 from deliveries where ${of(key)} and type in (${join([...types])}) limit 1`)) !== undefined

export interface DeliverySearch {
  state?: DeliveryState | undefined
  type?: string | undefined
  recordId?: string | undefined
  from?: number | undefined
  to?: number | undefined
  /** The last one of the page before. */
  after?: Place | undefined
  limit: number
}

export type Place = Pick<Delivery, 'createdAt' | 'place'>

/** The newest first. */
export const search = (db: Database, key: LineKey, by: DeliverySearch) =>
  db.all<ToldDelivery>(sql`
    select ${toldColumns} from deliveries
    where ${of(key)} ${isState(by.state)} ${by.type ? sql`and type = ${by.type}` : empty}
      ${by.recordId ? sql`and record_id = ${by.recordId}` : empty} ${within(by)}
      ${by.after ? sql`and (created_at, place) < (${by.after.createdAt}, ${by.after.place})` : empty}
    order by created_at desc, place desc limit ${by.limit}`)

export interface Range {
  from: number
  to: number
  states: readonly DeliveryState[]
}

/** Those that were made from one time to before another, the oldest first. */
export const inRange = (db: Database, key: LineKey, { from, to, states }: Range, after: Place, limit: number) =>
  db.all<Delivery>(sql`
    select ${columns} from deliveries
    where ${of(key)} and created_at >= ${from} and created_at < ${to} and state in (${join([...states])})
      and (created_at, place) > (${after.createdAt}, ${after.place})
    order by created_at, place limit ${limit}`)

/** Written out, so that the indexes of those that wait or failed are known to be enough. */
const isState = (state: DeliveryState | undefined): Sql => (state ? sql`and state = ${raw(`'${state}'`)}` : empty)

const within = ({ from, to }: Pick<DeliverySearch, 'from' | 'to'>): Sql =>
  sql`${from === undefined ? empty : sql`and created_at >= ${from}`} ${to === undefined ? empty : sql`and created_at < ${to}`}`

/** Adds those that are not there yet; answers how many those were. */
export async function insert(tx: Transaction, deliveries: Delivery[]): Promise<number> {
  let added = 0
  for (const lot of inLots(deliveries)) {
    added += await tx.run(sql`
      insert into deliveries (location_id, id, webhook_id, event_seq, type, place, record, record_id, body, state, due_at,
        tries, created_at, settled_at)
      values ${join(lot.map(row))}
      on conflict (location_id, webhook_id, event_seq, type) do nothing`)
  }
  return added
}

const row = (one: Delivery) =>
  sql`(${one.locationId}, ${one.id}, ${one.webhookId}, ${one.eventSeq}, ${one.type}, ${one.place}, ${one.record},
    ${one.recordId}, ${one.body}, ${one.state}, ${one.dueAt}, ${one.tries}, ${one.createdAt},
    ${one.settledAt})`

/** Of these records, the ones about which something waits already. */
export async function waitingRecords(tx: Transaction, key: LineKey, recordIds: string[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (const lot of inLots(recordIds)) {
    const rows = await tx.all<{ recordId: string }>(sql`
      select distinct record_id as "recordId" from deliveries
      where ${of(key)} and state = 'waiting' and record_id in (${join(lot)})`)
    for (const { recordId } of rows) found.add(recordId)
  }
  return found
}

/** Takes those that are due, and lets them be due again only at `until`: whoever took them may not live so long. */
export async function take(tx: Transaction, key: LineKey, now: number, until: number, limit: number) {
  const found = await tx.all<Delivery>(sql`
    select ${columns} from deliveries where ${of(key)} and due_at <= ${now} order by due_at, place limit ${limit}`)
  for (const lot of inLots(found.map(({ id }) => id))) await setDue(tx, key, lot, until)
  return found
}

const setDue = (tx: Transaction, key: LineKey, ids: string[], at: number) =>
  tx.run(sql`
    update deliveries set due_at = ${at} where ${of(key)} and state = 'waiting' and id in (${join(ids)})`)

/** The time at which the next one is due; null where none waits. */
export async function nextDue(db: Database, key: LineKey): Promise<number | null> {
  const row = await db.one<{ at: number | null }>(
    sql`select min(due_at) as at from deliveries where ${of(key)} and due_at is not null`,
  )
  return row?.at ?? null
}

/** Has been tried, and will be again. */
export const retry = (tx: Transaction, key: LineKey, id: string, at: number) =>
  tx.run(sql`
    update deliveries set due_at = ${at}, tries = tries + 1
    where ${of(key)} and state = 'waiting' and id = ${id}`)

/** Was not tried after all. */
export async function release(tx: Transaction, key: LineKey, ids: string[], now: number): Promise<void> {
  for (const lot of inLots(ids)) await setDue(tx, key, lot, now)
}

/** Has been tried, and will not be again; answers how many were waiting until now. */
export async function settle(tx: Transaction, key: LineKey, ids: string[], state: DeliveryState, now: number) {
  let settled = 0
  for (const lot of inLots(ids)) {
    settled += await tx.run(sql`
      update deliveries set state = ${state}, due_at = null, settled_at = ${now}, tries = tries + 1
      where ${of(key)} and state = 'waiting' and id in (${join(lot)})`)
  }
  return settled
}

/** What waits first about the records of these deliveries may be sent now, where nothing before it waits any more. */
export async function advance(tx: Transaction, key: LineKey, ids: string[], now: number): Promise<void> {
  const { locationId, webhookId } = key
  for (const lot of inLots(ids)) {
    await tx.run(sql`
      update deliveries set due_at = ${now}
      where ${of(key)} and state = 'waiting' and due_at is null and id in (
        select (select n.id from deliveries n
          where n.location_id = ${locationId} and n.webhook_id = ${webhookId} and n.record_id = d.record_id
            and n.state = 'waiting' order by n.place limit 1)
        from deliveries d where d.location_id = ${locationId} and d.id in (${join(lot)}))`)
  }
}

/** Puts them in line again, as if they had never been tried; what may be sent now is then to be found by `advance`. */
export async function putBack(tx: Transaction, key: LineKey, ids: string[], now: number): Promise<void> {
  for (const lot of inLots(ids)) {
    await tx.run(sql`
      update deliveries set tries = 0, settled_at = null, state = 'waiting',
        due_at = case when state = 'waiting' and due_at is not null then cast(${now} as bigint) end
      where ${of(key)} and id in (${join(lot)})`)
  }
}

/** Are not tried any more, though nobody has; answers how many waited until now. */
export async function giveUp(tx: Transaction, key: LineKey, ids: string[], now: number): Promise<number> {
  let count = 0
  for (const lot of inLots(ids)) {
    count += await tx.run(sql`
      update deliveries set state = 'failed', due_at = null, settled_at = ${now}
      where ${of(key)} and state = 'waiting' and id in (${join(lot)})`)
  }
  return count
}

/** Those that were made before a time and still wait, or do not any more. */
export async function old(
  db: Database,
  key: LineKey,
  before: number,
  { waits, limit }: { waits: boolean; limit: number },
) {
  const state = waits ? sql`state = 'waiting'` : sql`state <> 'waiting'`
  const rows = await db.all<{ id: string; state: DeliveryState }>(sql`
    select id, state from deliveries where ${of(key)} and created_at < ${before} and ${state}
    order by created_at, place limit ${limit}`)
  return rows
}

/** Forgets them, with their attempts. */
export async function remove(tx: Transaction, key: LineKey, ids: string[]): Promise<void> {
  const { locationId } = key
  for (const lot of inLots(ids)) {
    await tx.run(sql`
      delete from delivery_attempts where location_id = ${locationId} and delivery_id in (${join(lot)})`)
    await tx.run(sql`delete from deliveries where ${of(key)} and id in (${join(lot)})`)
  }
}
