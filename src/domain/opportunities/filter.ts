import sql, { join, raw, type Sql } from 'sql-template-tag'
import { instant } from '../contacts/identity.ts'
import type { CustomField } from '../customFields/customField.ts'
import { invalid } from '../errors.ts'
import { fold } from '../text.ts'
import { equality, type Field, fields, type Kind, type Operator, operators } from './filterFields.ts'
import { statuses } from './opportunity.ts'

export interface Condition {
  field: string
  operator: Operator
  value?: unknown
}
export interface Group {
  group: 'AND' | 'OR'
  filters: Filter[]
}
export type Filter = Condition | Group

/** The special value of `assigned_to` for deals that nobody owns. */
export const unassigned = '__none__'

/** The special value of `status` that narrows nothing. */
const anyStatus = 'all'

/** The values that a condition lists; `all` stands for every status. */
export const listed = ({ field, value }: Condition): unknown[] =>
  [value].flat().flatMap((item) => (field === 'status' && item === anyStatus ? statuses : [item]))

const groupKeys = ['group', 'filters']
const conditionKeys = ['field', 'operator', 'value']

const most = { depth: 5, filters: 100, values: 500, text: 75 }

export interface Compiling {
  locationId: string
  /** Definitions of the location's custom fields by id. */
  customFields: Map<string, CustomField>
}

/** A condition on `o` from a tree of filters; refuses what it cannot mean, naming the place. */
export function compile(filters: Filter[], by: Compiling): Sql {
  let left = most.filters
  const group = (list: unknown, joiner: 'AND' | 'OR', path: string, depth: number): Sql => {
    if (!Array.isArray(list)) throw invalid(`${path} must be an array`)
    if (depth > most.depth) throw invalid(`${path} must not be nested deeper than ${most.depth} levels`)
    left -= list.length
    if (left < 0) throw invalid(`filters must contain no more than ${most.filters} elements`)
    if (list.length === 0) return sql`1 = 1`
    return sql`(${join(
      list.map((filter, at) => one(filter, `${path}.${at}`, depth)),
      joiner === 'OR' ? ' or ' : ' and ',
    )})`
  }
  const one = (filter: unknown, path: string, depth: number): Sql => {
    if (typeof filter !== 'object' || filter === null) throw invalid(`${path} must be an object`)
    const isGroup = 'group' in filter || 'filters' in filter
    const unknown = Object.keys(filter).find((key) => !(isGroup ? groupKeys : conditionKeys).includes(key))
    if (unknown) throw invalid(`${path}.property ${unknown} should not exist`)
    if (!isGroup) return condition(filter as Condition, path, by)
    const { group: joiner = 'AND', filters: inner } = filter as Group
    if (joiner !== 'AND' && joiner !== 'OR') throw invalid(`${path}.group must be one of the following values: AND, OR`)
    return group(inner, joiner, `${path}.filters`, depth + 1)
  }
  return group(filters, 'AND', 'filters', 1)
}

function condition({ field: name, operator, value }: Condition, path: string, by: Compiling): Sql {
  if (typeof name !== 'string') throw invalid(`${path}.field must be a string`)
  const field = Object.hasOwn(fields, name) ? (fields[name] as Field) : undefined
  if (!field && name.startsWith('custom_fields.')) return customCondition(name, operator, value, path, by)
  if (!field) throw invalid(`${path}.field must be one of the following values: ${Object.keys(fields).join(', ')}`)
  requireOperator(operator, operators[field.kind], path)
  if (field.kind === 'followers') return followersCondition(operator, value, path, by)
  const wanted = name === 'status' ? listed({ field: name, operator, value }) : value
  if (!field.ofContact) return compare(field, operator, wanted, path)
  // The contacts are found first, by their own indexes, and their deals by them.
  const { positive, not } = split(operator)
  const test = compare(field, positive, wanted, path)
  return sql`o.contact_id ${not} in (select c.id from contacts c where c.location_id = ${by.locationId} and ${test})`
}

/** `not_eq` is everything that `eq` is not. */
function split(operator: Operator): { positive: Operator; not: Sql } {
  const negative = operator.startsWith('not_')
  return { positive: (negative ? operator.slice(4) : operator) as Operator, not: raw(negative ? 'not' : '') }
}

function requireOperator(operator: unknown, allowed: Operator[], path: string) {
  if (!allowed.includes(operator as Operator)) {
    throw invalid(`${path}.operator must be one of the following values: ${allowed.join(', ')}`)
  }
}

/** `column operator value`; what is empty is not equal to and does not contain anything. */
function compare(field: Field, operator: Operator, value: unknown, path: string): Sql {
  const { column } = field
  const measured = field.kind === 'number' || field.kind === 'date'
  if (operator === 'exists')
    return measured ? sql`${column} is not null` : sql`(${column} is not null and ${column} <> '')`
  if (operator === 'not_exists') return measured ? sql`${column} is null` : sql`(${column} is null or ${column} = '')`
  if (operator === 'range') return within(column, value, path, field.kind)
  if (operator === 'contains') return sql`${column} like ${bound(field, pattern(field, value, path))} escape '\\'`
  if (operator === 'not_contains') {
    return sql`(${column} is null or ${column} not like ${bound(field, pattern(field, value, path))} escape '\\')`
  }
  const { wanted, none } = values(field, value, path)
  const any = wanted.length > 0 ? sql`${column} in (${join(wanted.map((one) => bound(field, one)))})` : sql`1 = 0`
  if (operator === 'eq') return none ? sql`(${any} or ${column} is null)` : any
  return none ? sql`(not (${any}) and ${column} is not null)` : sql`(${column} is null or not (${any}))`
}

const bound = ({ lowered }: Field, value: string | number) => (lowered ? sql`lower(${value})` : value)

function values(field: Field, value: unknown, path: string): { wanted: (string | number)[]; none: boolean } {
  const list = Array.isArray(value) ? value : [value]
  if (list.length > most.values) throw invalid(`${path}.value must contain no more than ${most.values} elements`)
  const none = field.kind === 'id' && list.includes(unassigned)
  const wanted = list.filter((item) => !(none && item === unassigned)).map((item) => scalar(field, item, path))
  return { wanted, none }
}

function scalar(field: Field, value: unknown, path: string): string | number {
  if (field.kind === 'number') return number(value, `${path}.value`)
  if (typeof value !== 'string') throw invalid(`${path}.value must be a string`)
  if (field.kind === 'status' && !statuses.includes(value as never)) {
    throw invalid(`${path}.value must be one of the following values: ${statuses.join(', ')}`)
  }
  return field.key ? field.key(value) : value
}

function number(value: unknown, path: string): number {
  const given = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof given === 'number' && Number.isFinite(given)) return given
  throw invalid(`${path} must be a number conforming to the specified constraints`)
}

function pattern({ key }: Field, value: unknown, path: string): string {
  if (typeof value !== 'string' || value === '') throw invalid(`${path}.value must be a string`)
  if (value.length > most.text) {
    throw invalid(`${path}.value must be shorter than or equal to ${most.text} characters`)
  }
  return `%${(key ? key(value) : value).replace(/[\\%_]/g, '\\$&')}%`
}

const comparisons = { gte: raw('>='), gt: raw('>'), lte: raw('<='), lt: raw('<') }

function within(column: Sql, value: unknown, path: string, kind: Kind): Sql {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(`${path}.value must be an object`)
  const limits = Object.entries(value)
  for (const [name] of limits) {
    if (!Object.hasOwn(comparisons, name)) throw invalid(`${path}.value.property ${name} should not exist`)
  }
  if (limits.length === 0) throw invalid(`${path}.value should not be empty`)
  const read = kind === 'date' ? moment : number
  const tests = limits.map(([name, limit]) => {
    return sql`${column} ${comparisons[name as keyof typeof comparisons]} ${read(limit, `${path}.value.${name}`)}`
  })
  return sql`(${join(tests, ' and ')})`
}

/** Epoch milliseconds from themselves or from an ISO date. */
function moment(value: unknown, path: string): number {
  const given = typeof value === 'string' && /^\d{10,}$/.test(value) ? Number(value) : value
  if (typeof given === 'number' && Number.isSafeInteger(given)) return given
  const parsed = typeof value === 'string' ? instant(value) : undefined
  if (parsed === undefined) throw invalid(`${path} must be epoch milliseconds or an ISO 8601 date`)
  return parsed
}

function followersCondition(operator: Operator, value: unknown, path: string, { locationId }: Compiling): Sql {
  const bare = operator === 'exists' || operator === 'not_exists'
  const wanted = bare ? [] : values({ kind: 'text', column: raw('') }, value, path).wanted
  const who = bare ? raw('') : sql`and f.user_id in (${join(wanted.length > 0 ? wanted : [''])})`
  const { not } = split(operator)
  return sql`o.id ${not} in (select f.record_id from followers f where f.location_id = ${locationId} ${who})`
}

const typed: Record<string, Kind> = { NUMERICAL: 'number', MONETORY: 'number', DATE: 'date' }
const lists = ['CHECKBOX', 'MULTIPLE_OPTIONS']

/** A condition on a custom value: `custom_fields.<id>`, or `custom_fields.<id>.<item>` of a text box list. */
function customCondition(name: string, operator: Operator, value: unknown, path: string, by: Compiling): Sql {
  const [, id = '', item] = name.split('.')
  const definition = by.customFields.get(id)
  if (definition?.model !== 'opportunity') throw invalid(`${path}.field is invalid`)
  const kind = typed[definition.dataType] ?? 'text'
  const column = kind === 'text' ? raw('v.text_value') : raw('v.number_value')
  requireOperator(operator, lists.includes(definition.dataType) ? equality : operators[kind], path)

  const { positive, not } = split(operator)
  const test = positive === 'exists' ? raw('') : sql`and ${compare({ kind, column, key: fold }, positive, value, path)}`
  const place = item === undefined ? raw('') : sql`and v.item = ${item}`
  return sql`o.id ${not} in (select v.record_id from custom_values v
    where v.location_id = ${by.locationId} and v.field_id = ${id} ${place} ${test})`
}
