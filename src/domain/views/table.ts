import sql, { raw } from 'sql-template-tag'
import type { Database, Transaction } from '../../store/database.ts'
import type { View } from './view.ts'

type Row = Omit<View, 'settings' | 'isShared'> & { settings: string; isShared: number }

const columns = raw(`id, location_id as "locationId", page, name, owner_id as "ownerId", shared as "isShared",
  settings, created_at as "createdAt", updated_at as "updatedAt"`)

const read = (row: Row): View => ({ ...row, isShared: row.isShared === 1, settings: JSON.parse(row.settings) })

/** Those that are shared, and those of one owner. A location has tens: they are read whole. */
export async function list(db: Database, locationId: string, ownerId: string): Promise<View[]> {
  const rows = await db.all<Row>(sql`
    select ${columns} from views
    where location_id = ${locationId} and (owner_id = ${ownerId} or shared = 1)
    order by name, created_at, id`)
  return rows.map(read)
}

export async function findLocked(tx: Transaction, locationId: string, id: string): Promise<View | undefined> {
  const row = await tx.one<Row>(
    sql`select ${columns} from views where location_id = ${locationId} and id = ${id} ${tx.lock}`,
  )
  return row && read(row)
}

export const insert = (tx: Transaction, view: View) =>
  tx.run(sql`
    insert into views (location_id, id, page, name, owner_id, shared, settings, created_at, updated_at)
    values (${view.locationId}, ${view.id}, ${view.page}, ${view.name}, ${view.ownerId}, ${Number(view.isShared)},
      ${JSON.stringify(view.settings)}, ${view.createdAt}, ${view.updatedAt})`)

export const update = (tx: Transaction, view: View) =>
  tx.run(sql`
    update views set name = ${view.name}, shared = ${Number(view.isShared)},
      settings = ${JSON.stringify(view.settings)}, updated_at = ${view.updatedAt}
    where location_id = ${view.locationId} and id = ${view.id}`)

export const remove = (tx: Transaction, { locationId, id }: View) =>
  tx.run(sql`delete from views where location_id = ${locationId} and id = ${id}`)
