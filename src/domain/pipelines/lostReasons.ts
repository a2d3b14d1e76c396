import sql, { empty } from 'sql-template-tag'
import type { Database, Transaction } from '../../store/database.ts'
import { commit } from '../commit.ts'
import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import { newId } from '../ids.ts'
import { append, type EventType } from '../outbox.ts'
import { fold } from '../text.ts'

/** Why a deal was lost. A deleted one is still shown on the deals that name it. */
export interface LostReason {
  id: string
  locationId: string
  name: string
  deleted: boolean
  createdAt: number
  updatedAt: number
}

export interface LostReasonSearch {
  name?: string | undefined
  query?: string | undefined
  deleted: boolean
  skip: number
  limit: number
}

export async function createLostReason(ctx: Context, name: string): Promise<LostReason> {
  const now = ctx.now()
  const { locationId } = ctx.caller
  const reason = { id: newId(), locationId, name, deleted: false, createdAt: now, updatedAt: now }
  return commit(ctx, (tx) => record(ctx, tx, null, reason))
}

export const renameLostReason = (ctx: Context, id: string, name: string): Promise<LostReason> =>
  change(ctx, id, { name })

export const deleteLostReason = (ctx: Context, id: string): Promise<LostReason> => change(ctx, id, { deleted: true })

const change = (ctx: Context, id: string, wanted: Partial<Pick<LostReason, 'name' | 'deleted'>>) =>
  commit(ctx, async (tx) => {
    const before = found(await find(tx, ctx.caller.locationId, id, tx.lock))
    const after = { ...before, ...wanted, updatedAt: ctx.now() }
    return after.name === before.name && !after.deleted ? before : record(ctx, tx, before, after)
  })

/** By name; `total` counts all that match, not only the page. A location has tens: they are read whole and chosen from. */
export async function searchLostReasons(ctx: Context, { name, query, deleted, skip, limit }: LostReasonSearch) {
  const rows = await ctx.store.all<Row>(sql`
    select ${columns} from lost_reasons
    where location_id = ${ctx.caller.locationId} and deleted = ${deleted ? 1 : 0}
      ${name === undefined ? empty : sql`and name = ${name}`}
    order by name, id`)
  const part = fold(query ?? '')
  const matching = rows.filter((row) => fold(row.name).includes(part))
  return { lostReasons: matching.slice(skip, skip + limit).map(read), total: matching.length }
}

/** Refuses a reason that is not there (any more). Unlocked: one that is deleted right after stays on the deal anyway. */
export async function requireLostReason(db: Database, locationId: string, id: string): Promise<void> {
  found(await find(db, locationId, id))
}

function found(reason: LostReason | undefined): LostReason {
  if (!reason) throw notFound('Lost reason')
  return reason
}

type Row = Omit<LostReason, 'deleted'> & { deleted: 0 | 1 }
const read = (row: Row): LostReason => ({ ...row, deleted: row.deleted === 1 })

const columns = sql`
  id as "id", location_id as "locationId", name as "name", deleted as "deleted",
  created_at as "createdAt", updated_at as "updatedAt"`

async function find(db: Database, locationId: string, id: string, lock = empty): Promise<LostReason | undefined> {
  const row = await db.one<Row>(sql`
    select ${columns} from lost_reasons where location_id = ${locationId} and id = ${id} and deleted = 0 ${lock}`)
  return row && read(row)
}

async function record(ctx: Context, tx: Transaction, before: LostReason | null, after: LostReason) {
  await tx.run(sql`
    insert into lost_reasons (location_id, id, name, deleted, created_at, updated_at)
    values (${after.locationId}, ${after.id}, ${after.name}, ${after.deleted ? 1 : 0}, ${after.createdAt},
      ${after.updatedAt})
    on conflict (location_id, id) do update set name = excluded.name, deleted = excluded.deleted,
      updated_at = excluded.updated_at`)
  const type: EventType = !before ? 'LostReasonCreate' : after.deleted ? 'LostReasonDelete' : 'LostReasonUpdate'
  await append(ctx, tx, { types: [type], record: 'lost_reason', recordId: after.id, before, after })
  return after
}
