import sql, { join, raw, type Sql } from 'sql-template-tag'
import { invalid } from '../../errors.ts'
import { fold } from '../../text.ts'
import type { Contact } from '../contact.ts'
import { emailKey } from '../identity.ts'

export interface SortWish {
  field: string
  direction?: string
}

interface Key {
  /** What is compared; never null, so that a page can begin behind any row. */
  column: string
  /** The same, of a contact at hand. */
  of: (contact: Contact) => string | number
}

export type Order = (Key & { descending: boolean })[]

const byName: Key = { column: 'name_key', of: ({ name }) => fold(name ?? '') }
const byCompany: Key = { column: "coalesce(company_name, '')", of: ({ companyName }) => companyName ?? '' }

const keys: Record<string, Key> = {
  dateAdded: { column: 'created_at', of: ({ createdAt }) => createdAt },
  dateUpdated: { column: 'updated_at', of: ({ updatedAt }) => updatedAt },
  // Full names begin with first names, and they have an index.
  firstNameLowerCase: byName,
  name: byName,
  contactName: byName,
  lastNameLowerCase: {
    column: "coalesce(profile ->> 'lastNameKey', '')",
    of: ({ lastName }) => fold(lastName ?? ''),
  },
  businessName: byCompany,
  companyName: byCompany,
  email: { column: "coalesce(email_key, '')", of: ({ email }) => (email ? emailKey(email) : '') },
  source: { column: "coalesce(source, '')", of: ({ source }) => source ?? '' },
  dnd: { column: 'dnd', of: ({ dnd }) => Number(dnd) },
}

const id: Key = { column: 'id', of: (contact) => contact.id }

/** Newest first unless sorted; the id decides between equals, in the direction of the last field. */
export function readOrder(wishes: SortWish[]): Order {
  const sorted = wishes.map(readWish)
  const chosen = sorted.length > 0 ? sorted : [{ ...(keys.dateAdded as Key), descending: true }]
  return [...chosen, { ...id, descending: chosen.at(-1)?.descending ?? true }]
}

function readWish({ field, direction = 'asc' }: SortWish, at: number) {
  const camel = field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const key = Object.hasOwn(keys, camel) ? keys[camel] : undefined
  if (!key) throw invalid(`sort.${at}.field must be one of the following values: ${Object.keys(keys).join(', ')}`)
  const word = direction.toLowerCase()
  if (word !== 'asc' && word !== 'desc') {
    throw invalid(`sort.${at}.direction must be one of the following values: asc, desc`)
  }
  return { ...key, descending: word === 'desc' }
}

export const orderBy = (order: Order): Sql =>
  raw(order.map(({ column, descending }) => `${column} ${descending ? 'desc' : 'asc'}`).join(', '))

/** The same order, said so that no index offers it: the engine is to find by the condition first. */
export const sortBy = (order: Order): Sql =>
  orderBy(order.map((key) => ({ ...key, column: key.column + (numeric.has(key.column) ? ' + 0' : " || ''") })))

/** Where a contact stands in the order. */
export const keyOf = (order: Order, contact: Contact) => order.map(({ of }) => of(contact))

/** True for the rows behind a key that `keyOf` gave. */
export function after(order: Order, sent: unknown[]): Sql {
  const values = readKey(order, sent)
  const columns = order.map(({ column }) => raw(column))
  const sameWay = order.every(({ descending }) => descending === order[0]?.descending)
  if (sameWay) return sql`(${join(columns)}) ${order[0]?.descending ? raw('<') : raw('>')} (${join(values)})`

  const steps = order.map(({ descending }, last) => {
    const equal = columns.slice(0, last).map((column, at) => sql`${column} = ${values[at]}`)
    return sql`(${join([...equal, sql`${columns[last]} ${descending ? raw('<') : raw('>')} ${values[last]}`], ' and ')})`
  })
  return sql`(${join(steps, ' or ')})`
}

const numeric = new Set(['created_at', 'updated_at', 'dnd'])

/** Numbers may come as text, as the original's samples have them. */
function readKey(order: Order, sent: unknown[]): (string | number)[] {
  if (sent.length !== order.length) throw invalid(`searchAfter must contain ${order.length} elements`)
  return order.map(({ column }, at) => {
    const value = sent[at]
    const read = numeric.has(column) ? Number(value === '' || value === null ? Number.NaN : value) : value
    if (typeof read === 'string' || Number.isFinite(read)) return read as string | number
    throw invalid(`searchAfter.${at} is invalid`)
  })
}
