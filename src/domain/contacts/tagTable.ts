import sql, { join } from 'sql-template-tag'
import type { Database, Transaction } from '../../store/database.ts'

/** A word that contacts of a location are marked with. */
export interface Tag {
  id: string
  name: string
  locationId: string
}

export const list = (db: Database, locationId: string) =>
  db.all<Tag>(sql`
    select id as "id", name as "name", location_id as "locationId" from tags
    where location_id = ${locationId} order by name`)

export const find = (db: Database, locationId: string, id: string) =>
  db.one<Tag>(sql`
    select id as "id", name as "name", location_id as "locationId" from tags
    where location_id = ${locationId} and id = ${id}`)

export const findByNames = (db: Database, locationId: string, names: string[]) =>
  db.all<Tag>(sql`
    select id as "id", name as "name", location_id as "locationId" from tags
    where location_id = ${locationId} and name in (${join(names)})`)

export const insert = (tx: Transaction, { locationId, id, name }: Tag, now: number) =>
  tx.run(sql`insert into tags (location_id, id, name, created_at) values (${locationId}, ${id}, ${name}, ${now})`)

export const rename = (tx: Transaction, { locationId, id, name }: Tag) =>
  tx.run(sql`update tags set name = ${name} where location_id = ${locationId} and id = ${id}`)

export const remove = (tx: Transaction, { locationId, id }: Tag) =>
  tx.run(sql`delete from tags where location_id = ${locationId} and id = ${id}`)
