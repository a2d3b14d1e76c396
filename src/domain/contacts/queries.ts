import sql, { empty, join, type Sql } from 'sql-template-tag'
import { getSettings } from '../accounts/locations.ts'
import { seesContact, sightOf } from '../accounts/sight.ts'
import type { Context } from '../context.ts'
import { asksCustomFields } from '../customFields/searchField.ts'
import { findDefinitions } from '../customFields/table.ts'
import { DomainError, invalid, notFound } from '../errors.ts'
import { compile } from '../search/filter.ts'
import { after, type Cursor, few, orderBy, placeOf, sortBy, type Wish } from '../search/order.ts'
import { byText } from '../search/text.ts'
import { show, showAll } from './beside.ts'
import type { Contact } from './contact.ts'
import { phone as normalisePhone } from './identity.ts'
import type { Note } from './notes/note.ts'
import * as notes from './notes/table.ts'
import { contactFields } from './search/fields.ts'
import { contactOrder } from './search/order.ts'
import { requireSeen } from './seen.ts'
import * as contacts from './table.ts'
import type { TaskSearch } from './tasks/table.ts'
import * as tasks from './tasks/table.ts'
import type { Task } from './tasks/task.ts'

export type { TaskSearch } from './tasks/table.ts'

/** Rows that pages may reach; behind them, a cursor leads on. */
const reach = 10_000

export interface ContactSearch {
  query?: string
  /** As sent: filters and groups, checked here. */
  filters?: unknown
  sort?: Wish[]
  /** The key of the last contact of the page before. */
  searchAfter?: unknown[]
  /** From 1; a cursor goes before it. */
  page?: number
  limit: number
}

export interface Found {
  contact: Contact
  /** Where the next page begins, when this contact is the last of its page. */
  key: Cursor
}

export async function getContact(ctx: Context, id: string): Promise<Contact> {
  const contact = await contacts.find(ctx.store, ctx.caller.locationId, id)
  return show(ctx.store, await requireSeen(ctx, ctx.store, contact))
}

export interface Page {
  found: Found[]
  /** How many match in all. */
  total: number
  hasMore: boolean
}

export async function searchContacts(ctx: Context, by: ContactSearch): Promise<Page> {
  const { locationId } = ctx.caller
  const order = contactOrder(ctx.store, by.sort ?? [])
  const offset = offsetOf(by)
  const narrowed = await narrow(ctx, by)
  const asked = narrowed ? sql`and ${narrowed}` : empty
  const where = sql`c.location_id = ${locationId} ${asked} ${sightOf(ctx.caller).contacts}`
  const beyond = by.searchAfter?.length ? sql`and ${after(order, by.searchAfter)}` : empty

  const isWhole = !narrowed && !ctx.caller.onlyAssigned
  const total = isWhole ? await contacts.countAll(ctx.store, locationId) : await contacts.count(ctx.store, where)
  if (total === 0) return { found: [], total, hasMore: false }
  const rows = await contacts.search(ctx.store, {
    where: sql`${where} ${beyond}`,
    order: isWhole || total > few ? orderBy(order) : sortBy(order),
    limit: by.limit + 1,
    offset,
  })
  const page = await showAll(ctx.store, locationId, rows.slice(0, by.limit))
  const found = page.map((contact) => ({ contact, key: placeOf(order, contact) }))
  return { found, total, hasMore: rows.length > by.limit }
}

/** The contact with this e-mail address, else with this number; null when there is none. */
export async function findDuplicate(ctx: Context, by: { email?: string; number?: string }): Promise<Contact | null> {
  const { locationId } = ctx.caller
  if (!by.email && !by.number) throw invalid('number or email should not be empty')
  const byEmail = by.email ? await contacts.findByEmail(ctx.store, locationId, by.email) : undefined
  const same = byEmail ?? (by.number ? await findByNumber(ctx, by.number) : undefined)
  return same && (await seesContact(ctx.store, ctx.caller, same)) ? show(ctx.store, same) : null
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

export const searchTasks = (ctx: Context, by: TaskSearch): Promise<Task[]> => tasks.search(ctx.store, ctx.caller, by)

/** There are no campaigns: for a contact that is there, the campaign is not found. */
export async function refuseCampaign(ctx: Context, contactId: string): Promise<never> {
  await getContact(ctx, contactId)
  throw notFound('Campaign')
}

async function narrow({ store, caller }: Context, { query = '', filters }: ContactSearch): Promise<Sql | undefined> {
  const { locationId } = caller
  const customFields = asksCustomFields(filters) ? await findDefinitions(store, locationId, 'contact') : new Map()
  const matching = compile(filters, contactFields({ db: store, locationId, customFields }))
  const found = query.trim() ? byText(store, 'contacts', query.trim()) : undefined
  const both = [found, matching].filter((condition) => condition !== undefined)
  return both.length > 0 ? join(both, ' and ') : undefined
}

function offsetOf({ searchAfter = [], page = 1, limit }: ContactSearch): number {
  if (searchAfter.length > 0) return 0
  if (Math.max(page, 1) * limit > reach) throw invalid(`page x pageLimit must not be greater than ${reach}`)
  return (Math.max(page, 1) - 1) * limit
}

/** A "+" that came unescaped in a URL is a blank by now. */
function dialled(number: string, country: string): string | undefined {
  try {
    return normalisePhone(number.replace(/^ /, '+'), country)
  } catch (error) {
    if (error instanceof DomainError) return undefined
    throw error
  }
}
