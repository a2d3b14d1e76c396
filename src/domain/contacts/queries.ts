import sql, { type Sql } from 'sql-template-tag'
import { getSettings } from '../accounts/locations.ts'
import type { Context } from '../context.ts'
import { DomainError, invalid, notFound } from '../errors.ts'
import { fold } from '../text.ts'
import { show, showAll } from './beside.ts'
import type { Contact } from './contact.ts'
import { phone as normalisePhone } from './identity.ts'
import type { Note } from './notes/note.ts'
import * as notes from './notes/table.ts'
import { contactFields } from './search/fields.ts'
import { compileFilters } from './search/filter.ts'
import { after, keyOf, type Order, orderBy, readOrder, type SortWish, sortBy } from './search/order.ts'
import * as contacts from './table.ts'
import type { TaskSearch } from './tasks/table.ts'
import * as tasks from './tasks/table.ts'
import type { Task } from './tasks/task.ts'

export type { TaskSearch } from './tasks/table.ts'

/** Rows that pages may reach; behind them, a cursor leads on. */
const reach = 10_000
/** Matches that are sooner found by what they have in common, and then sorted, than met along the order's index. */
const few = 1000

export interface ContactSearch {
  query?: string
  /** As sent: filters and groups, checked here. */
  filters?: unknown
  sort?: SortWish[]
  /** The key of the last contact of the page before. */
  searchAfter?: unknown[]
  /** From 1; a cursor goes before it. */
  page?: number
  limit: number
}

export interface Found {
  contact: Contact
  /** Where the next page begins, when this contact is the last of its page. */
  key: (string | number)[]
}

export async function getContact(ctx: Context, id: string): Promise<Contact> {
  const contact = await contacts.find(ctx.store, ctx.caller.locationId, id)
  if (!contact) throw notFound('Contact')
  return show(ctx.store, contact)
}

export interface Page {
  found: Found[]
  /** How many match in all. */
  total: number
  hasMore: boolean
}

export async function searchContacts(ctx: Context, by: ContactSearch): Promise<Page> {
  const { locationId } = ctx.caller
  const order = readOrder(by.sort ?? [])
  const offset = offsetOf(by)
  const narrowed = narrow(ctx, by)
  const where = narrowed ? sql`location_id = ${locationId} and ${narrowed}` : sql`location_id = ${locationId}`

  const total = narrowed ? await contacts.count(ctx.store, where) : await contacts.countAll(ctx.store, locationId)
  const rows = await contacts.search(ctx.store, {
    where: beyond(where, order, by),
    order: total > few ? orderBy(order) : sortBy(order),
    limit: by.limit + 1,
    offset,
  })
  const page = await showAll(ctx.store, locationId, rows.slice(0, by.limit))
  const found = page.map((contact) => ({ contact, key: keyOf(order, contact) }))
  return { found, total, hasMore: rows.length > by.limit }
}

/** The contact with this e-mail address, else with this number; null when there is none. */
export async function findDuplicate(ctx: Context, by: { email?: string; number?: string }): Promise<Contact | null> {
  const { locationId } = ctx.caller
  if (!by.email && !by.number) throw invalid('number or email should not be empty')
  const byEmail = by.email ? await contacts.findByEmail(ctx.store, locationId, by.email) : undefined
  const same = byEmail ?? (by.number ? await findByNumber(ctx, by.number) : undefined)
  return same ? show(ctx.store, same) : null
}

async function findByNumber({ store, caller: { locationId } }: Context, number: string) {
  const phone = dialled(number, (await getSettings(store, locationId)).defaultCountry)
  return phone ? contacts.findByPhone(store, locationId, phone) : undefined
}

/** Pinned ones first, then newest first. */
export async function getNotes(ctx: Context, contactId: string): Promise<Note[]> {
  await getContact(ctx, contactId)
  return notes.list(ctx.store, ctx.caller.locationId, [contactId])
}

export async function getNote(ctx: Context, contactId: string, id: string): Promise<Note> {
  await getContact(ctx, contactId)
  const note = await notes.find(ctx.store, ctx.caller.locationId, contactId, id)
  if (!note) throw notFound('Note')
  return note
}

/** Newest first. */
export async function getTasks(ctx: Context, contactId: string): Promise<Task[]> {
  await getContact(ctx, contactId)
  return tasks.list(ctx.store, ctx.caller.locationId, [contactId])
}

export async function getTask(ctx: Context, contactId: string, id: string): Promise<Task> {
  await getContact(ctx, contactId)
  const task = await tasks.find(ctx.store, ctx.caller.locationId, contactId, id)
  if (!task) throw notFound('Task')
  return task
}

export const searchTasks = (ctx: Context, by: TaskSearch): Promise<Task[]> =>
  tasks.search(ctx.store, ctx.caller.locationId, by)

/** Nobody can join a workflow or a campaign yet: for a contact that is there, the other is not found. */
export async function refuseEnrolment(ctx: Context, contactId: string, into: 'Workflow' | 'Campaign'): Promise<never> {
  await getContact(ctx, contactId)
  throw notFound(into)
}

function narrow(ctx: Context, { query = '', filters }: ContactSearch): Sql | undefined {
  const text = fold(query.trim())
  const byText = text ? matches(ctx, text) : undefined
  const byFilters = compileFilters(filters, contactFields(ctx.caller.locationId))
  return byText && byFilters ? sql`${byText} and ${byFilters}` : (byText ?? byFilters)
}

/** One or two characters are too few for the index of trigrams: then names that begin so. */
function matches(ctx: Context, text: string): Sql {
  if ([...text].length >= 3) return ctx.store.contains('contacts', text)
  return sql`(name_key >= ${text} and name_key < ${`${text}\u{10ffff}`})`
}

function offsetOf({ searchAfter = [], page = 1, limit }: ContactSearch): number {
  if (searchAfter.length > 0) return 0
  if (Math.max(page, 1) * limit > reach) throw invalid(`page x pageLimit must not be greater than ${reach}`)
  return (Math.max(page, 1) - 1) * limit
}

const beyond = (where: Sql, order: Order, { searchAfter = [] }: ContactSearch): Sql =>
  searchAfter.length > 0 ? sql`${where} and ${after(order, searchAfter)}` : where

/** A "+" that came unescaped in a URL is a blank by now. */
function dialled(number: string, country: string): string | undefined {
  try {
    return normalisePhone(number.replace(/^ /, '+'), country)
  } catch (error) {
    if (error instanceof DomainError) return undefined
    throw error
  }
}
