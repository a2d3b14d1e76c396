import sql, { raw } from 'sql-template-tag'
import type { Database, Transaction } from '../../store/database.ts'
import type { Location } from './location.ts'

type Row = Omit<Location, 'profile' | 'settings'> & { profile: string; settings: string }

const columns = raw(`location_id as "id", company_id as "companyId", name, profile, settings, created_at as "createdAt",
  updated_at as "updatedAt"`)

export async function find(db: Database, id: string): Promise<Location | undefined> {
  const row = await db.one<Row>(sql`select ${columns} from locations where location_id = ${id}`)
  return row && read(row)
}

export async function findLocked(tx: Transaction, id: string): Promise<Location | undefined> {
  const row = await tx.one<Row>(sql`select ${columns} from locations where location_id = ${id} ${tx.lock}`)
  return row && read(row)
}

/** Until the transaction ends, nobody else chooses what must be unique in the location. */
export async function lockLocation(tx: Transaction, id: string): Promise<void> {
  await tx.one(sql`select location_id from locations where location_id = ${id} ${tx.lock}`)
}

/** As text, parsed by the caller: every write of an opportunity asks. */
export const findSettings = (db: Database, id: string) =>
  db.one<{ settings: string }>(sql`select settings from locations where location_id = ${id}`)

/** Every location of the installation, oldest first. */
export async function list(db: Database): Promise<Location[]> {
  const rows = await db.all<Row>(sql`select ${columns} from locations order by created_at, location_id`)
  return rows.map(read)
}

export const insert = (tx: Transaction, location: Location) =>
  tx.run(sql`
    insert into locations (location_id, company_id, name, profile, settings, created_at, updated_at)
    values (${location.id}, ${location.companyId}, ${location.name}, ${JSON.stringify(location.profile)},
      ${JSON.stringify(location.settings)}, ${location.createdAt}, ${location.updatedAt})`)

export const update = (tx: Transaction, location: Location) =>
  tx.run(sql`
    update locations
    set name = ${location.name}, profile = ${JSON.stringify(location.profile)},
      settings = ${JSON.stringify(location.settings)}, updated_at = ${location.updatedAt}
    where location_id = ${location.id}`)

/** The location that the first start made; undefined before it. */
export async function findFirst(db: Database): Promise<string | undefined> {
  const row = await db.one<{ value: string }>(sql`select value from installation where name = 'first_location'`)
  return row?.value
}

/** One company owns every location of an installation; it is named once, with the first location. */
export async function keepCompanyId(tx: Transaction, wanted: string): Promise<string> {
  await tx.run(sql`
    insert into installation (name, value) values ('company_id', ${wanted}) on conflict (name) do nothing`)
  const row = await tx.one<{ value: string }>(sql`select value from installation where name = 'company_id'`)
  return row?.value ?? wanted
}

const read = (row: Row): Location => ({ ...row, profile: JSON.parse(row.profile), settings: JSON.parse(row.settings) })
