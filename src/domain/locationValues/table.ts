import sql, { raw } from 'sql-template-tag'
import type { Database, Transaction } from '../../store/database.ts'
import type { LocationValue } from './locationValue.ts'

const columns = raw(`id, location_id as "locationId", name, field_key as "fieldKey", value, created_at as "createdAt",
  updated_at as "updatedAt"`)

export const list = (db: Database, locationId: string) =>
  db.all<LocationValue>(sql`
    select ${columns} from location_values where location_id = ${locationId} order by created_at, id`)

export const find = (db: Database, locationId: string, id: string) =>
  db.one<LocationValue>(sql`select ${columns} from location_values where location_id = ${locationId} and id = ${id}`)

export const findLocked = (tx: Transaction, locationId: string, id: string) =>
  tx.one<LocationValue>(
    sql`select ${columns} from location_values where location_id = ${locationId} and id = ${id} ${tx.lock}`,
  )

export const insert = (tx: Transaction, value: LocationValue) =>
  tx.run(sql`
    insert into location_values (location_id, id, name, field_key, value, created_at, updated_at)
    values (${value.locationId}, ${value.id}, ${value.name}, ${value.fieldKey}, ${value.value}, ${value.createdAt},
      ${value.updatedAt})`)

export const update = (tx: Transaction, value: LocationValue) =>
  tx.run(sql`
    update location_values set name = ${value.name}, value = ${value.value}, updated_at = ${value.updatedAt}
    where location_id = ${value.locationId} and id = ${value.id}`)

export const remove = (tx: Transaction, value: LocationValue) =>
  tx.run(sql`delete from location_values where location_id = ${value.locationId} and id = ${value.id}`)
