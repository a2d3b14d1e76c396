import sql, { empty, join, raw } from 'sql-template-tag'
import type { Database } from '../../store/database.ts'
import type { Caller } from '../context.ts'
import { type Event, type EventType, indexed, lastOf, readSides } from '../outbox.ts'

/** An event as it is kept, whole on both sides. */
export interface Kept {
  locationId: string
  seq: number
  types: EventType[]
  record: Event['record']
  recordId: string
  /** Of a note or a task, whose it is. */
  contactId: string | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  callerKind: Caller['kind']
  callerId: string
  /** Epoch milliseconds. */
  at: number
}

type Row = Omit<Kept, 'types' | 'before' | 'after'> & { types: string; before: string | null; after: string | null }

const columns = raw(`location_id as "locationId", seq, types, record, record_id as "recordId",
  contact_id as "contactId", "before", "after", caller_kind as "callerKind", caller_id as "callerId", at`)

const read = (row: Row): Kept => ({
  ...row,
  types: JSON.parse(row.types),
  ...(readSides(row) as Pick<Kept, 'before' | 'after'>),
})

/** The number of the last event that can be seen by now; 0 before the first. */
export async function tip(db: Database, locationId: string): Promise<number> {
  const row = await db.one<{ seq: number }>(sql`
    select seq from events where location_id = ${locationId} order by seq desc limit 1`)
  return row?.seq ?? 0
}

/** The last event that happened before a moment; 0 where there is none. Looks from the end, for it is near. */
export async function lastBefore(db: Database, locationId: string, moment: number): Promise<number> {
  const row = await db.one<{ seq: number }>(sql`
    select seq from events where location_id = ${locationId} and at < ${moment} order by seq desc limit 1`)
  return row?.seq ?? 0
}

/** When the event of that number happened, or else the last one before it; undefined where there is none. */
export async function momentOf(db: Database, locationId: string, seq: number): Promise<number | undefined> {
  const row = await db.one<{ at: number }>(sql`
    select at from events where location_id = ${locationId} and seq <= ${seq} order by seq desc limit 1`)
  return row?.at
}

/** The numbers of the events behind one, in order. */
export async function seqsBehind(db: Database, locationId: string, seq: number, limit: number): Promise<number[]> {
  const rows = await db.all<{ seq: number }>(sql`
    select seq from events where location_id = ${locationId} and seq > ${seq} order by seq limit ${limit}`)
  return rows.map((row) => row.seq)
}

/** Ids in one statement. */
export const together = 100

/** The events of these numbers, in order. */
export async function load(db: Database, locationId: string, seqs: number[]): Promise<Kept[]> {
  const found: Kept[] = []
  for (let at = 0; at < seqs.length; at += together) {
    const rows = await db.all<Row>(sql`
      select ${columns} from events
      where location_id = ${locationId} and seq in (${join(padded(seqs.slice(at, at + together)))}) order by seq`)
    found.push(...rows.map(read))
  }
  return found
}

export interface Page {
  /** Older than the event of this number. */
  before?: number | undefined
  limit: number
}

const older = ({ before }: Page) => (before === undefined ? empty : sql`and seq < ${before}`)

/** What happened to a record, newest first. */
export async function ofRecord(
  db: Database,
  locationId: string,
  { record, id }: { record: Event['record']; id: string },
  page: Page,
): Promise<Kept[]> {
  if (record === 'opportunity') return ofOpportunity(db, locationId, id, page)
  const rows = await db.all<Row>(sql`
    select ${columns} from events
    where location_id = ${locationId} and record_id = ${id} and ${indexed} and record = ${record} ${older(page)}
    order by seq desc limit ${page.limit}`)
  return rows.map(read)
}

/** What happened to a record last: of an opportunity its row names it, and nothing is walked. */
export async function lastOfRecord(
  db: Database,
  locationId: string,
  { record, id }: { record: Event['record']; id: string },
): Promise<Kept | undefined> {
  if (record !== 'opportunity') return (await ofRecord(db, locationId, { record, id }, { limit: 1 }))[0]
  const row = await db.one<Row>(sql`
    select ${columns} from events where location_id = ${locationId} and seq = ${lastOf(locationId, id)}`)
  return row && read(row)
}

/**
 * Back from its last event to the first, each of which names the one before it. Not sorted, which would take the whole
 * walk: each step finds one event, older than the one before, and both stores end it where enough are found.
 */
async function ofOpportunity(db: Database, locationId: string, id: string, page: Page): Promise<Kept[]> {
  const rows = await db.all<{ seq: number }>(sql`
    with recursive chain(seq, previous) as (
      select e.seq, e.previous from events e where e.location_id = ${locationId} and e.seq = ${lastOf(locationId, id)}
      union all
      select e.seq, e.previous from chain c join events e on e.location_id = ${locationId} and e.seq = c.previous)
    select seq from chain where true ${older(page)} limit ${page.limit}`)
  const found = await load(
    db,
    locationId,
    rows.map(({ seq }) => seq),
  )
  return found.sort((one, other) => other.seq - one.seq)
}

/** What happened to a record next, behind the event of that number; of any record but an opportunity. */
export async function nextOfRecord(db: Database, locationId: string, recordId: string, seq: number) {
  const row = await db.one<Row>(sql`
    select ${columns} from events where location_id = ${locationId} and record_id = ${recordId} and ${indexed} and seq > ${seq}
    order by seq limit 1`)
  return row && read(row)
}

/** What happened to the notes and tasks of a contact, newest first. */
export async function ofContact(db: Database, locationId: string, contactId: string, page: Page): Promise<Kept[]> {
  const rows = await db.all<Row>(sql`
    select ${columns} from events where location_id = ${locationId} and contact_id = ${contactId} ${older(page)}
    order by seq desc limit ${page.limit}`)
  return rows.map(read)
}

export interface Doer {
  kind: Caller['kind']
  id: string
}

/** Who last did what the type says to each of the records; of opportunities, only who deleted them is known so. */
export async function doersOf(db: Database, locationId: string, ids: string[], type: EventType) {
  const doers = new Map<string, Doer>()
  for (let at = 0; at < ids.length; at += together) {
    const rows = await db.all<Doer & { recordId: string }>(sql`
      select record_id as "recordId", caller_kind as kind, caller_id as id from events
      where location_id = ${locationId} and record_id in (${join(padded(ids.slice(at, at + together)))})
        and ${indexed} and types = ${JSON.stringify([type])} order by record_id, seq`)
    for (const { recordId, ...doer } of rows) doers.set(recordId, doer)
  }
  return doers
}

/** To one of three lengths, so that there are three statements to prepare, not a hundred. */
export function padded<T>(list: T[]): T[] {
  const length = [1, 10].find((size) => size >= list.length) ?? together
  return [...list, ...Array<T>(length - list.length).fill(list[0] as T)]
}
