import sql from 'sql-template-tag'
import { type Row, read, selected } from '../../../domain/opportunities/table.ts'
import type { Database, Transaction } from '../../../store/database.ts'

/** A workflow that idle opportunities may enter. */
export interface Sweeping {
  locationId: string
  id: string
}

/** Those of all locations: a handful of rows of an index. */
export const list = (db: Database, triggerType: string): Promise<Sweeping[]> =>
  db.all<Sweeping>(sql`
    select location_id as "locationId", id from workflows where trigger_type = ${triggerType} and state = 'published'`)

/** How far a sweep has come: in the order of their last change, all up to this one were looked at. */
export interface Place {
  at: number
  id: string
}

/** The workflow's place, locked, so that one process sweeps at a time. */
export async function placeLocked(tx: Transaction, { locationId, id }: Sweeping): Promise<Place> {
  const row = await tx.one<Place>(sql`
    select swept_at as "at", swept_id as "id" from workflows
    where location_id = ${locationId} and id = ${id} ${tx.lock}`)
  return { at: Number(row?.at ?? 0), id: row?.id ?? '' }
}

export const keepPlace = (tx: Transaction, { locationId, id }: Sweeping, place: Place) =>
  tx.run(sql`
    update workflows set swept_at = ${place.at}, swept_id = ${place.id}
    where location_id = ${locationId} and id = ${id}`)

/** Those behind the place whose last change is no later than `until`. Whatever changes moves to the end of this order. */
export async function listIdle(db: Database, locationId: string, after: Place, until: number, limit: number) {
  const rows = await db.all<Row>(sql`
    select ${selected} from opportunities o
    where o.location_id = ${locationId} and o.updated_at <= ${until}
      and (o.updated_at, o.id) > (${after.at}, ${after.id})
    order by o.updated_at, o.id limit ${limit}`)
  return rows.map(read)
}
