import sql, { empty, join, raw, type Sql } from 'sql-template-tag'
import { fold } from '../../text.ts'
import { emailKey, instant } from '../identity.ts'
import type { Bound, Field, Fields, Operator, Scalar } from './filter.ts'

const equality = ['eq', 'not_eq', 'exists', 'not_exists'] as const
const textual = [...equality, 'contains', 'not_contains'] as const
const period = ['range', 'exists', 'not_exists'] as const

/** A filter's field by its name: camelCase as for contacts, or snake_case as for opportunities. */
export const contactFields = (locationId: string): Fields => {
  const fields = { ...plain, tags: tags(locationId), followers: followers(locationId) } as Record<string, Field>
  return (name) => find(locationId, fields, name)
}

function find(locationId: string, fields: Record<string, Field>, name: string): Field | undefined {
  const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const root = camel.split('.')[0]
  const path = name.split('.').slice(1)
  if (root === 'customFields') return path[0] ? custom(locationId, path[0], path.slice(1).join('.')) : undefined
  if (root === 'dndSettings') return channel(path)
  return Object.hasOwn(fields, camel) ? fields[camel] : undefined
}

function exact(column: string, operators: readonly Operator[] = equality): Field {
  const value = raw(column)
  return {
    operators,
    is: (values) => sql`(${value} is not null and ${value} in (${join(values.map(String))}))`,
    exists: sql`(${value} is not null)`,
  }
}

/** Compared without regard to case. */
function text(column: string, operators: readonly Operator[] = textual): Field {
  const value = raw(column)
  return {
    operators,
    is: (values) => sql`(${value} is not null and lower(${value}) in (${join(values.map(lowered))}))`,
    contains: (part) => sql`(${value} is not null and lower(${value}) like lower(${pattern(part)}) escape '\\')`,
    exists: sql`(${value} is not null)`,
  }
}

const lowered = (value: Scalar) => sql`lower(${String(value)})`

/** A column that holds folded text. */
function folded(column: string, operators: readonly Operator[] = textual): Field {
  const value = raw(column)
  return {
    operators,
    is: (values) => sql`(${value} is not null and ${value} in (${join(values.map((one) => fold(String(one))))}))`,
    contains: (part) => sql`(${value} is not null and ${value} like ${pattern(fold(part))} escape '\\')`,
    exists: sql`(${value} is not null and ${value} <> '')`,
  }
}

function time(column: string): Field {
  const value = raw(column)
  return {
    operators: period,
    within: (bounds) => between(value, bounds, moment),
    exists: sql`(${value} is not null)`,
  }
}

const profile = (field: string) => `(profile ->> '${field}')`

const assignee: Field = {
  ...exact('assigned_to'),
  is(values) {
    const someone = exact('assigned_to').is?.(values) as Sql
    return values.includes('__none__') ? sql`(assigned_to is null or ${someone})` : someone
  },
}

const email: Field = {
  ...exact('email_key', textual),
  is: (values) => exact('email_key').is?.(values.map((one) => emailKey(String(one)))),
  contains: (part) => sql`(email_key is not null and email_key like ${pattern(emailKey(part))} escape '\\')`,
}

const phone: Field = {
  ...exact('phone', textual),
  is: (values) => exact('phone').is?.(values.map((one) => String(one).replace(/[^\d+]/g, ''))),
  contains(part) {
    const digits = part.replace(/[^\d+]/g, '')
    return digits ? sql`(phone is not null and phone like ${pattern(digits)} escape '\\')` : undefined
  },
}

const dnd: Field = {
  operators: equality,
  is(values) {
    const flags = values.map((value) => ({ true: 1, false: 0 })[String(value)])
    return flags.every((flag) => flag !== undefined) ? sql`(dnd in (${join(flags)}))` : undefined
  },
  exists: sql`(dnd is not null)`,
}

const tags = (locationId: string): Field => ({
  operators: textual,
  is: (values) => sql`(id in (select contact_id from contact_tags
    where location_id = ${locationId} and tag in (${join(values.map((value) => String(value).trim().toLowerCase()))})))`,
  contains: (part) => sql`(tags like ${pattern(JSON.stringify(part.toLowerCase()).slice(1, -1))} escape '\\')`,
  exists: sql`(tags <> '[]')`,
})

const followers = (locationId: string): Field => ({
  operators: equality,
  is: (values) => sql`(id in (select record_id from followers
    where location_id = ${locationId} and user_id in (${join(values.map(String))})))`,
  exists: sql`(followers <> '[]')`,
})

const dateOfBirth: Field = {
  operators: period,
  within: (bounds) => between(raw(profile('dateOfBirth')), bounds, (value) => dayOf(moment(value))),
  exists: sql`(${raw(profile('dateOfBirth'))} is not null)`,
}

const plain: Record<string, Field> = {
  id: exact('id', ['eq', 'not_eq']),
  name: folded('name_key'),
  contactName: folded('name_key'),
  fullNameLowerCase: folded('name_key'),
  firstName: folded(profile('firstNameKey')),
  firstNameLowerCase: folded(profile('firstNameKey')),
  lastName: folded(profile('lastNameKey')),
  lastNameLowerCase: folded(profile('lastNameKey')),
  address: text(profile('address1')),
  address1: text(profile('address1')),
  assignedTo: assignee,
  businessId: exact(profile('businessId')),
  businessName: text('company_name'),
  city: text(profile('city')),
  companyName: text('company_name'),
  country: text('country', equality),
  dateAdded: time('created_at'),
  dateUpdated: time('updated_at'),
  lastActivity: time('last_activity_at'),
  dateOfBirth,
  dnd,
  email,
  phone,
  postalCode: text(profile('postalCode')),
  source: text('source'),
  state: text(profile('state')),
  timezone: text(profile('timezone'), equality),
  type: text('type', equality),
  website: text(profile('website')),
}

/** `dndSettings.SMS.status`; a channel that was never set is inactive. */
function channel([name = '', member]: string[]): Field | undefined {
  const key = { call: 'call', email: 'email', sms: 'sms', whatsapp: 'whatsApp', gmb: 'gmb', fb: 'fb' }[
    name.toLowerCase()
  ]
  if (!key || member !== 'status') return undefined
  const status = raw(`coalesce(profile -> 'dndSettings' -> '${key}' ->> 'status', 'inactive')`)
  return {
    operators: ['eq', 'not_eq'],
    is: (values) => sql`(${status} in (${join(values.map(String))}))`,
  }
}

/** The values of a custom field, as `custom_values` keeps them: folded text, and numbers and dates as numbers. */
function custom(locationId: string, fieldId: string, item: string): Field {
  const among = (condition: Sql) => sql`(id in (select record_id from custom_values
    where location_id = ${locationId} and field_id = ${fieldId} ${item ? sql`and item = ${item}` : empty}
      and ${condition}))`
  return {
    operators: [...textual, 'range'],
    is(values) {
      const texts = sql`text_value in (${join(values.map((value) => fold(String(value))))})`
      const numbers = values
        .filter((value) => value !== '')
        .map(Number)
        .filter(Number.isFinite)
      return among(numbers.length > 0 ? sql`(${texts} or number_value in (${join(numbers)}))` : texts)
    },
    contains: (part) => among(sql`text_value like ${pattern(fold(part))} escape '\\'`),
    within(bounds) {
      const condition = between(raw('number_value'), bounds, moment)
      return condition && among(condition)
    },
    exists: among(sql`text_value <> ''`),
  }
}

const comparisons: Record<Bound, Sql> = { gte: raw('>='), lte: raw('<='), gt: raw('>'), lt: raw('<') }

function between(column: Sql, bounds: [Bound, unknown][], read: (value: unknown) => string | number | undefined) {
  const conditions: Sql[] = []
  for (const [bound, sent] of bounds) {
    const value = read(sent)
    if (value === undefined) return undefined
    conditions.push(sql`${column} ${comparisons[bound]} ${value}`)
  }
  return sql`(${column} is not null and ${join(conditions, ' and ')})`
}

/** A number as it is; text as a number, or as a date in epoch milliseconds. */
function moment(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || value.length > 40) return undefined
  const number = Number(value.trim() || Number.NaN)
  return Number.isFinite(number) ? number : instant(value)
}

const dayOf = (at: number | undefined) =>
  at !== undefined && Math.abs(at) <= 8.64e15 ? new Date(at).toISOString().slice(0, 10) : undefined

const pattern = (part: string) => `%${part.replace(/[\\%_]/g, '\\$&')}%`
