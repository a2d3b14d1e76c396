import sql, { empty, join } from 'sql-template-tag'
import { type Database, like, type Transaction } from '../../store/database.ts'
import type { Caller } from '../context.ts'
import type { Opportunity } from './opportunity.ts'

/** What was deleted, as it was, and when. */
export interface Binned {
  opportunity: Opportunity
  deletedAt: number
}

interface Row {
  opportunity: string
  deletedAt: number
}

const read = ({ opportunity, deletedAt }: Row): Binned => ({ opportunity: JSON.parse(opportunity), deletedAt })

export async function find(db: Database, locationId: string, id: string): Promise<Binned | undefined> {
  const row = await db.one<Row>(sql`
    select opportunity, deleted_at as "deletedAt" from opportunity_bin
    where location_id = ${locationId} and id = ${id}`)
  return row && read(row)
}

/** A place in the bin. */
export interface BinPlace {
  deletedAt: number
  id: string
}

/** What was deleted last comes first; who sees only their own sees only what was theirs. */
export async function list(
  db: Database,
  caller: Caller,
  after: BinPlace | undefined,
  limit: number,
): Promise<Binned[]> {
  const { locationId, id, onlyAssigned } = caller
  const followers = db.json('opportunity', 'followers')
  const theirs = sql`and (${db.json('opportunity', 'assignedTo')} = ${id} or ${like(followers, `"${id}"`)})`
  const rows = await db.all<Row>(sql`
    select opportunity, deleted_at as "deletedAt" from opportunity_bin
    where location_id = ${locationId} ${onlyAssigned ? theirs : empty}
      ${after ? sql`and (deleted_at, id) < (${after.deletedAt}, ${after.id})` : empty}
    order by deleted_at desc, id desc limit ${limit}`)
  return rows.map(read)
}

/** Answers whether it was still there. */
export async function remove(tx: Transaction, locationId: string, id: string): Promise<boolean> {
  return (await tx.run(sql`delete from opportunity_bin where location_id = ${locationId} and id = ${id}`)) > 0
}

/** Where something has been in the bin since before a moment. */
export async function locationsWithOld(db: Database, before: number): Promise<string[]> {
  const rows = await db.all<{ locationId: string }>(sql`
    select l.location_id as "locationId" from locations l where exists (
      select 1 from opportunity_bin b where b.location_id = l.location_id and b.deleted_at < ${before})`)
  return rows.map(({ locationId }) => locationId)
}

/** Forgets what has been there longest, some at a time; answers how many. */
export async function forget(tx: Transaction, locationId: string, before: number, limit: number): Promise<number> {
  const rows = await tx.all<{ id: string }>(sql`
    select id from opportunity_bin where location_id = ${locationId} and deleted_at < ${before}
    order by deleted_at, id limit ${limit}`)
  if (rows.length === 0) return 0
  const ids = rows.map(({ id }) => id)
  await tx.run(sql`delete from opportunity_bin where location_id = ${locationId} and id in (${join(ids)})`)
  return rows.length
}
