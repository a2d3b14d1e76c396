import sql, { join, raw } from 'sql-template-tag'
import { Unavailable } from '../domain/errors.ts'
import { type EventType, readSides } from '../domain/outbox.ts'
import type { Database, Transaction } from '../store/database.ts'
import type { Automation } from './context.ts'
import type { Happened } from './event.ts'
import type { Lane } from './lane.ts'

/** Turns events into work, inside the transaction that marks them as done; the same event twice makes it once. */
export type Listener = (tx: Transaction, now: number, events: Happened[]) => Promise<void>

const batch = 100

/** How many batches of a location are turned in a row, before others have their turn. */
const inARow = 10

/**
 * The lane that turns events into deliveries and runs: the events of a location in their order, one process at a time.
 * Whatever a crash cuts short is found again, since an event is pending until what it causes is committed.
 */
export function dispatchLane({ store, now, logger, wake }: Automation, listeners: Listener[]): Lane<string> {
  const underWay = new Set<string>()
  /** Where more was found while a pass was under way, which may have looked before it was there. */
  const again = new Set<string>()

  async function perform(locationId: string) {
    underWay.add(locationId)
    try {
      for (let turns = 0; turns < inARow && (await turnSome(locationId)); turns++) wake()
    } finally {
      underWay.delete(locationId)
    }
    wake()
  }

  /** Whether there may be more. */
  async function turnSome(locationId: string): Promise<boolean> {
    again.delete(locationId)
    return (await pass(locationId, batch)) === batch || again.has(locationId)
  }

  /** Answers how many events were turned. One that cannot be turned is set aside rather than hold up all behind it. */
  async function pass(locationId: string, limit: number): Promise<number> {
    let first: Happened | undefined
    try {
      return await store.transaction(async (tx) => {
        const events = await takeUp(tx, locationId, limit)
        first = events[0]
        return turn(tx, events)
      })
    } catch (error) {
      if (error instanceof Unavailable) throw error
      if (limit > 1) return passSingly(locationId, limit)
      logger.error({ err: error, locationId, seq: first?.seq }, 'an event could not be dispatched and was set aside')
      return store.transaction((tx) => setAside(tx, locationId, first))
    }
  }

  async function passSingly(locationId: string, limit: number): Promise<number> {
    for (let turned = 0; turned < limit; turned++) if ((await pass(locationId, 1)) === 0) return turned
    return limit
  }

  async function turn(tx: Transaction, events: Happened[]): Promise<number> {
    if (events.length === 0) return 0
    for (const listener of listeners) await listener(tx, now(), events)
    return mark(tx, events, 0)
  }

  return {
    name: 'dispatch',
    width: 4,
    claim: async (_now, limit) => {
      const found = await locationsWithPending(store)
      for (const id of found) if (underWay.has(id)) again.add(id)
      return rotated(found.filter((id) => !underWay.has(id))).slice(0, limit)
    },
    perform,
  }
}

/** Pending events, which nobody else turns before the end. */
async function takeUp(tx: Transaction, locationId: string, limit: number): Promise<Happened[]> {
  await tx.alone(`dispatch ${locationId}`)
  return pending(tx, locationId, limit)
}

/** Where another one comes first by now, that one is for the next pass. */
async function setAside(tx: Transaction, locationId: string, failed: Happened | undefined): Promise<number> {
  const [first] = await takeUp(tx, locationId, 1)
  return first && first.seq === failed?.seq ? mark(tx, [first], 2) : 1
}

/** Beginning with another one each time, so that none is always last. */
function rotated<T>(list: T[]): T[] {
  const start = Math.floor(Math.random() * list.length)
  return [...list.slice(start), ...list.slice(0, start)]
}

/** In any order: the index of pending events alone is read, which is short. */
async function locationsWithPending(db: Database): Promise<string[]> {
  const rows = await db.all<{ locationId: string }>(
    sql`select distinct location_id as "locationId" from events where pending = 1`,
  )
  return rows.map(({ locationId }) => locationId)
}

type Row = Omit<Happened, 'types' | 'before' | 'after'> & { types: string; before: string | null; after: string | null }

const columns = raw(`location_id as "locationId", seq, types, record, record_id as "recordId",
  record_version as "version", "before", "after", caller_kind as "callerKind", caller_id as "callerId",
  run_id as "runId", depth, at`)

async function pending(tx: Transaction, locationId: string, limit: number): Promise<Happened[]> {
  const rows = await tx.all<Row>(sql`
    select ${columns} from events where location_id = ${locationId} and pending = 1 order by seq limit ${limit}`)
  return rows.map((row) => ({ ...row, types: JSON.parse(row.types) as EventType[], ...readSides(row) }))
}

async function mark(tx: Transaction, events: Happened[], state: number): Promise<number> {
  const [first] = events
  if (!first) return 0
  await tx.run(sql`
    update events set pending = ${state}
    where location_id = ${first.locationId} and seq in (${join(padded(events.map(({ seq }) => seq)))})`)
  return events.length
}

/** To one of three lengths, so that there are three statements to prepare, not a hundred. */
function padded(list: number[]): number[] {
  const length = [1, 10].find((size) => size >= list.length) ?? batch
  return [...list, ...Array<number>(length - list.length).fill(list[0] as number)]
}
