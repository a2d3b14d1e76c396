import sql, { empty, join, raw, type Sql } from 'sql-template-tag'
import { invalid } from '../errors.ts'
import { readNumber, readWhole } from './compare.ts'

/** A field to sort by, as clients name it. */
export interface Wish {
  field: string
  direction?: string | undefined
}

export interface Key<Row> {
  /** What is compared; never null, so that a page can begin behind any row. */
  column: Sql
  kind: 'text' | 'number' | 'whole' | 'flag'
  /** Its index is over an expression, where SQLite looks up plain comparisons and none of rows. */
  isExpression?: boolean
  /** The same, of a row at hand. */
  of: (row: Row) => string | number
}

/** The keys, the id the last of them, so that every row has one place. */
export type Order<Row> = (Key<Row> & { descending: boolean })[]

/** The place of a row in an order: the value of each key. */
export type Cursor = (string | number)[]

/** Matches that are sooner found by what they have in common, and then sorted, than met along the order's index. */
export const few = 1000

/** Equals stand in the order of their ids, in the direction of the last field. */
export function readOrder<Row>(wishes: Wish[], keys: Record<string, Key<Row>>, id: Key<Row>): Order<Row> {
  const chosen = wishes.map(({ field, direction = 'asc' }, at) => {
    const key = Object.hasOwn(keys, field) ? keys[field] : undefined
    if (!key) throw invalid(`sort.${at}.field must be one of the following values: ${Object.keys(keys).join(', ')}`)
    if (direction !== 'asc' && direction !== 'desc') {
      throw invalid(`sort.${at}.direction must be one of the following values: asc, desc`)
    }
    return { ...key, descending: direction === 'desc' }
  })
  return [...chosen, { ...id, descending: chosen.at(-1)?.descending ?? true }]
}

export const orderBy = <Row>(order: Order<Row>): Sql =>
  join(order.map(({ column, descending }) => sql`${column} ${descending ? raw('desc') : raw('asc')}`))

/** The same order, said so that no index offers it: the engine is to find by the condition first. */
export const sortBy = <Row>(order: Order<Row>): Sql =>
  orderBy(
    order.map((key) => ({ ...key, column: sql`${key.column} ${key.kind === 'text' ? raw("|| ''") : raw('+ 0')}` })),
  )

export const placeOf = <Row>(order: Order<Row>, row: Row): Cursor => order.map(({ of }) => of(row))

/** True for the rows behind a place that `placeOf` gave. */
export function after<Row>(order: Order<Row>, cursor: unknown[]): Sql {
  const values = readCursor(order, cursor)
  const beyond = order.map(({ descending }) => (descending ? raw('<') : raw('>')))
  const columns = order.map(({ column }) => column)
  // One comparison of rows, which an index in this order answers.
  if (new Set(order.map(({ descending }) => descending)).size === 1) {
    const bound = order[0]?.isExpression ? sql`${columns[0]} ${beyond[0]}${raw('=')} ${values[0]} and ` : empty
    return sql`${bound}(${join(columns, ', ')}) ${beyond[0]} (${join(values)})`
  }
  const steps = columns.map((column, last) => {
    const equal = columns.slice(0, last).map((one, at) => sql`${one} = ${values[at]}`)
    return sql`(${join([...equal, sql`${column} ${beyond[last]} ${values[last]}`], ' and ')})`
  })
  return sql`(${join(steps, ' or ')})`
}

function readCursor<Row>(order: Order<Row>, cursor: unknown[]): Cursor {
  if (cursor.length !== order.length) throw invalid(`searchAfter must contain ${order.length} elements`)
  return order.map(({ kind }, at) => readers[kind](cursor[at], `searchAfter.${at}`))
}

const readers: Record<Key<unknown>['kind'], (value: unknown, path: string) => string | number> = {
  number: readNumber,
  whole: readWhole,
  text(value, path) {
    if (typeof value === 'string') return value
    throw invalid(`${path} must be a string`)
  },
  flag(value, path) {
    const given = readNumber(value, path)
    if (given === 0 || given === 1) return given
    throw invalid(`${path} must be one of the following values: 0, 1`)
  },
}
