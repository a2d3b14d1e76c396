import sql, { bulk, join } from 'sql-template-tag'
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

export async function findLocked(tx: Transaction, locationId: string, id: string): Promise<Tag | undefined> {
  return tx.one<Tag>(sql`
    select id as "id", name as "name", location_id as "locationId" from tags
    where location_id = ${locationId} and id = ${id} ${tx.lock}`)
}

/** Which of the names are tags; until the transaction ends, these are neither renamed nor deleted. */
export async function keepNames(tx: Transaction, locationId: string, names: string[]): Promise<string[]> {
  const rows = await tx.all<{ name: string }>(sql`
    select name as "name" from tags where location_id = ${locationId} and name in (${join(names)})
    order by name ${tx.keep}`)
  return rows.map(({ name }) => name)
}

export const insert = (tx: Transaction, { locationId, id, name }: Tag, now: number) =>
  tx.run(sql`insert into tags (location_id, id, name, created_at) values (${locationId}, ${id}, ${name}, ${now})`)

/** False where somebody else has just made a tag of this name. */
export async function insertIfNew(tx: Transaction, { locationId, id, name }: Tag, now: number): Promise<boolean> {
  const rows = await tx.run(sql`
    insert into tags (location_id, id, name, created_at) values (${locationId}, ${id}, ${name}, ${now})
    on conflict (location_id, name) do nothing`)
  return rows > 0
}

export const rename = (tx: Transaction, { locationId, id, name }: Tag) =>
  tx.run(sql`update tags set name = ${name} where location_id = ${locationId} and id = ${id}`)

export const remove = (tx: Transaction, { locationId, id }: Tag) =>
  tx.run(sql`delete from tags where location_id = ${locationId} and id = ${id}`)

/** The ids of contacts that have the tag, a batch at a time: those behind `after`. */
export async function listTagged(tx: Transaction, locationId: string, tag: string, after: string, limit: number) {
  const rows = await tx.all<{ id: string }>(sql`
    select contact_id as "id" from contact_tags
    where location_id = ${locationId} and tag = ${tag} and contact_id > ${after}
    order by contact_id limit ${limit}`)
  return rows.map(({ id }) => id)
}

/** One row per tag of a contact, which is how contacts are found by tag. */
export async function keepTags(tx: Transaction, locationId: string, id: string, before: string[], after: string[]) {
  const added = after.filter((tag) => !before.includes(tag))
  const gone = before.filter((tag) => !after.includes(tag))
  if (added.length > 0) {
    await tx.run(sql`
      insert into contact_tags (location_id, tag, contact_id) values ${bulk(added.map((tag) => [locationId, tag, id]))}
      on conflict do nothing`)
  }
  if (gone.length > 0) {
    await tx.run(sql`
      delete from contact_tags where location_id = ${locationId} and tag in (${join(gone)}) and contact_id = ${id}`)
  }
}
