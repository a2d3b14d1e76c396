import sql, { empty, join, raw, type Sql } from 'sql-template-tag'
import type { Database, Transaction } from '../../store/database.ts'
import { fold } from '../text.ts'
import { blankProfile, type Contact, textOf } from './contact.ts'
import { emailKey } from './identity.ts'

const columns = {
  id: 'id',
  locationId: 'location_id',
  firstName: 'first_name',
  lastName: 'last_name',
  name: 'name',
  email: 'email',
  phone: 'phone',
  companyName: 'company_name',
  country: 'country',
  source: 'source',
  type: 'type',
  assignedTo: 'assigned_to',
  tags: 'tags',
  dnd: 'dnd',
  profile: 'profile',
  customFields: 'custom_fields',
  followers: 'followers',
  noteCount: 'note_count',
  taskCount: 'task_count',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  lastActivityAt: 'last_activity_at',
} as const

type Row = Record<keyof typeof columns, string | number | null> & { profile: string; tags: string }
type Profile = typeof blankProfile
type Keys = { firstNameKey?: string; lastNameKey?: string }

const names = Object.keys(columns) as (keyof typeof columns)[]
const selected = raw(names.map((name) => `${columns[name]} as "${name}"`).join(', '))

export async function find(db: Database, locationId: string, id: string): Promise<Contact | undefined> {
  return one(db, sql`select ${selected} from contacts where location_id = ${locationId} and id = ${id}`)
}

export async function findLocked(tx: Transaction, locationId: string, id: string): Promise<Contact | undefined> {
  return one(tx, sql`select ${selected} from contacts where location_id = ${locationId} and id = ${id} ${tx.lock}`)
}

/** The contact as it stands; it is not deleted until the transaction ends. */
export async function findKept(tx: Transaction, locationId: string, id: string): Promise<Contact | undefined> {
  return one(tx, sql`select ${selected} from contacts where location_id = ${locationId} and id = ${id} ${tx.keep}`)
}

/** How a look-up is narrowed: to others than one contact; with the `lock` of who means to change what it finds. */
interface Meant {
  except?: string
  lock?: Sql
}

/** The oldest contact with this e-mail address. */
export async function findByEmail(db: Database, locationId: string, email: string, meant: Meant = {}) {
  const { except = '', lock = empty } = meant
  return one(
    db,
    sql`select ${selected} from contacts
      where location_id = ${locationId} and email_key = ${emailKey(email)} and id <> ${except}
      order by created_at limit 1 ${lock}`,
  )
}

/** The oldest contact with this number in E.164. */
export async function findByPhone(db: Database, locationId: string, phone: string, meant: Meant = {}) {
  const { except = '', lock = empty } = meant
  return one(
    db,
    sql`select ${selected} from contacts
      where location_id = ${locationId} and phone = ${phone} and id <> ${except}
      order by created_at limit 1 ${lock}`,
  )
}

/** Those that are there and are `seen`, locked one after the other in the same order by everybody. */
export async function findAllLocked(tx: Transaction, locationId: string, ids: string[], seen = empty) {
  if (ids.length === 0) return []
  const rows = await tx.all<Row>(sql`
    select ${selected} from contacts c where c.location_id = ${locationId} and c.id in (${join(ids)}) ${seen}
    order by id ${tx.lock}`)
  return rows.map(read)
}

/** A page of those that match; conditions may speak of `c`. */
export async function search(
  db: Database,
  page: { where: Sql; order: Sql; limit: number; offset: number },
): Promise<Contact[]> {
  const rows = await db.all<Row>(sql`
    select ${selected} from contacts c where ${page.where}
    order by ${page.order} limit ${page.limit} offset ${page.offset}`)
  return rows.map(read)
}

export async function count(db: Database, where: Sql): Promise<number> {
  const row = await db.one<{ count: number }>(sql`select count(*) as "count" from contacts c where ${where}`)
  return Number(row?.count ?? 0)
}

/** How many contacts the location has, as kept by each change. */
export async function countAll(db: Database, locationId: string): Promise<number> {
  const row = await db.one<{ count: number | null }>(sql`
    select sum(count) as "count" from contact_counts where location_id = ${locationId}`)
  return Number(row?.count ?? 0)
}

/** Every contact that comes or goes counts here, so each writer does it in its own slot. */
export async function addToCount(tx: Transaction, locationId: string, more: 1 | -1): Promise<void> {
  await tx.run(sql`
    insert into contact_counts (location_id, slot, count) values (${locationId}, ${tx.slot}, ${more})
    on conflict (location_id, slot) do update set count = contact_counts.count + excluded.count`)
}

export async function insert(tx: Transaction, contact: Contact): Promise<void> {
  const textRow = await tx.indexText('contacts', null, textOf(contact))
  const row = { ...write(contact), ...derived(contact), text_row: textRow }
  await tx.run(sql`
    insert into contacts (${raw(Object.keys(row).join(', '))}) values (${join(Object.values(row))})`)
}

/** Writes only what differs, so that an index no change concerns is left alone. */
export async function update(tx: Transaction, before: Contact, after: Contact): Promise<void> {
  const was: Record<string, unknown> = { ...write(before), ...derived(before) }
  const changed = Object.entries({ ...write(after), ...derived(after) }).filter(
    ([column, value]) => value !== was[column],
  )
  const reindexed = textOf(before) === textOf(after) ? empty : await reindex(tx, after)
  await tx.run(sql`
    update contacts set ${join(changed.map(([column, value]) => sql`${raw(column)} = ${value}`))} ${reindexed}
    where location_id = ${after.locationId} and id = ${after.id}`)
}

async function reindex(tx: Transaction, contact: Contact): Promise<Sql> {
  return sql`, text_row = ${await tx.indexText('contacts', await textRow(tx, contact), textOf(contact))}`
}

export async function remove(tx: Transaction, contact: Contact): Promise<void> {
  await tx.indexText('contacts', await textRow(tx, contact), null)
  const { locationId, id } = contact
  await tx.run(sql`delete from contacts where location_id = ${locationId} and id = ${id}`)
}

async function textRow(tx: Transaction, { locationId, id }: Contact): Promise<number | null> {
  const row = await tx.one<{ row: number | null }>(sql`
    select text_row as "row" from contacts where location_id = ${locationId} and id = ${id}`)
  return row?.row ?? null
}

/** A note or task came or went: the contact's counts follow, and it was active. */
export async function touch(
  tx: Transaction,
  locationId: string,
  id: string,
  { notes = 0, tasks = 0, now }: { notes?: number; tasks?: number; now: number },
): Promise<void> {
  await tx.run(sql`
    update contacts set note_count = note_count + ${notes}, task_count = task_count + ${tasks}, last_activity_at = ${now}
    where location_id = ${locationId} and id = ${id}`)
}

async function one(db: Database, statement: Sql): Promise<Contact | undefined> {
  const row = await db.one<Row>(statement)
  return row && read(row)
}

function read({ profile, ...row }: Row): Contact {
  const { firstNameKey: _, lastNameKey: __, ...kept } = JSON.parse(profile) as Partial<Profile> & Keys
  return {
    ...(row as unknown as Contact),
    ...blankProfile,
    ...kept,
    dnd: row.dnd === 1,
    tags: list(row.tags),
    customFields: list(row.customFields),
    followers: list(row.followers),
  }
}

const list = (json: unknown) => (json === '[]' ? [] : JSON.parse(json as string))

function write(contact: Contact): Record<string, string | number | null> {
  const row = { ...contact, profile: writeProfile(contact) } as Record<string, unknown>
  return Object.fromEntries(names.map((name) => [columns[name], plain(row[name])]))
}

/** Only what is known; with the folded names that filters and sorting go by. */
function writeProfile(contact: Contact) {
  const kept = (Object.keys(blankProfile) as (keyof Profile)[]).filter((field) => !isBlank(contact[field]))
  return {
    ...Object.fromEntries(kept.map((field) => [field, contact[field]])),
    firstNameKey: fold(contact.firstName ?? '') || undefined,
    lastNameKey: fold(contact.lastName ?? '') || undefined,
  }
}

const isBlank = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0)

function plain(value: unknown): string | number | null {
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as string | number | null)
}

const derived = (contact: Contact) => ({
  name_key: fold(contact.name ?? ''),
  email_key: contact.email && emailKey(contact.email),
  search_text: textOf(contact),
})
