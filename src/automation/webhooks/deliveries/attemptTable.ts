import sql, { join, raw } from 'sql-template-tag'
import { newId } from '../../../domain/ids.ts'
import type { Database, Transaction } from '../../../store/database.ts'
import type { Attempt } from './delivery.ts'
import { inLots } from './lots.ts'

/** An attempt with what it was about. */
export interface Made extends Attempt {
  deliveryId: string
}

const columns = raw('at, ms, status, error, response')

/** The first one first. */
export const list = (db: Database, locationId: string, deliveryId: string) =>
  db.all<Attempt>(sql`
    select ${columns} from delivery_attempts
    where location_id = ${locationId} and delivery_id = ${deliveryId} order by at, id`)

export async function insert(tx: Transaction, locationId: string, attempts: Made[]): Promise<void> {
  const row = (one: Made) =>
    sql`(${locationId}, ${one.deliveryId}, ${newId()}, ${one.at}, ${one.ms}, ${one.status}, ${one.error}, ${one.response})`
  for (const lot of inLots(attempts)) {
    await tx.run(sql`
      insert into delivery_attempts (location_id, delivery_id, id, at, ms, status, error, response)
      values ${join(lot.map(row))}`)
  }
}
