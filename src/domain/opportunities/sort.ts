import sql, { join, raw, type Sql } from 'sql-template-tag'
import { invalid } from '../errors.ts'
import { fold } from '../text.ts'
import type { Opportunity } from './opportunity.ts'

export const sortFields = {
  date_added: { column: 'o.created_at', read: (o: Opportunity) => o.createdAt },
  date_updated: { column: 'o.updated_at', read: (o: Opportunity) => o.updatedAt },
  name: { column: 'o.name_key', read: (o: Opportunity) => fold(o.name) },
  // No value sorts below every value.
  monetary_value: { column: 'coalesce(o.monetary_value, -1e15)', read: (o: Opportunity) => o.monetaryValue ?? -1e15 },
  last_status_change_date: { column: 'o.last_status_change_at', read: (o: Opportunity) => o.lastStatusChangeAt },
  last_stage_change_date: { column: 'o.last_stage_change_at', read: (o: Opportunity) => o.lastStageChangeAt },
} as const

export type SortField = keyof typeof sortFields
export interface Sort {
  field: SortField
  direction: 'asc' | 'desc'
}

/** The place of a row in an order: the value of each sort field, then its id. */
export type Cursor = (string | number)[]

export const newestFirst: Sort[] = [{ field: 'date_added', direction: 'desc' }]

/** Ties are broken by id, in the direction of the last field, so that every row has one place. */
export function orderBy(sort: Sort[]): Sql {
  const columns = sort.map(({ field, direction }) => `${sortFields[field].column} ${direction}`)
  return raw([...columns, `o.id ${sort.at(-1)?.direction}`].join(', '))
}

/** The same order, said so that no index offers it: the engine is to find by the condition first. */
export function sortBy(sort: Sort[]): Sql {
  const columns = sort.map(
    ({ field, direction }) => `${sortFields[field].column}${field === 'name' ? " || ''" : ' + 0'} ${direction}`,
  )
  return raw([...columns, `o.id || '' ${sort.at(-1)?.direction}`].join(', '))
}

export const placeOf = (opportunity: Opportunity, sort: Sort[]): Cursor => [
  ...sort.map(({ field }) => sortFields[field].read(opportunity)),
  opportunity.id,
]

/** What comes after a place in the order. */
export function after(cursor: unknown[], sort: Sort[]): Sql {
  const values = readCursor(cursor, sort)
  const columns = [...sort.map(({ field }) => sortFields[field].column), 'o.id']
  const directions = [...sort.map(({ direction }) => direction), sort.at(-1)?.direction]
  if (new Set(directions).size === 1) {
    // One comparison of rows, which an index in this order answers.
    return sql`(${raw(columns.join(', '))}) ${raw(directions[0] === 'asc' ? '>' : '<')} (${join(values)})`
  }
  const steps = columns.map((column, at) => {
    const equal = columns.slice(0, at).map((name, before) => sql`${raw(name)} = ${values[before]}`)
    const beyond = sql`${raw(column)} ${raw(directions[at] === 'asc' ? '>' : '<')} ${values[at]}`
    return sql`(${join([...equal, beyond], ' and ')})`
  })
  return sql`(${join(steps, ' or ')})`
}

/** Numbers may come as text, as the reference's own sample sends them. */
function readCursor(cursor: unknown[], sort: Sort[]): Cursor {
  if (cursor.length !== sort.length + 1) throw invalid(`searchAfter must contain ${sort.length + 1} elements`)
  return cursor.map((value, at) => {
    const field = sort[at]?.field
    if (field === undefined || field === 'name') {
      if (typeof value === 'string') return value
      throw invalid(`searchAfter.${at} must be a string`)
    }
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    if (typeof number === 'number' && (field === 'monetary_value' ? Number.isFinite : Number.isSafeInteger)(number)) {
      return number
    }
    throw invalid(`searchAfter.${at} must be a number conforming to the specified constraints`)
  })
}
