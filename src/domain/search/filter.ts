import sql, { join, type Sql } from 'sql-template-tag'
import { invalid } from '../errors.ts'

export type Operator = 'eq' | 'not_eq' | 'contains' | 'not_contains' | 'exists' | 'not_exists' | 'range'
type Question = Exclude<Operator, `not_${string}`>

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

/** A condition from a value as it was sent; refuses what it cannot mean, naming the path. */
export type Test = (value: unknown, path: string) => Sql

/** What a field can be asked. `not_…` is met wherever the condition is not: by what has no value, too. */
export interface Field extends Partial<Record<Question, Test>> {
  operators: readonly Operator[]
}

export interface Fields {
  /** Told to whoever asks about another. */
  names: string[]
  find(name: string, path: string): Field | undefined
}

/** `values` is of one filter and `allValues` of all together, which no engine's limit is to be found by. */
const most = { depth: 5, filters: 100, values: 500, allValues: 5000 }
const members = { group: ['group', 'filters'], condition: ['field', 'operator', 'value'] }

interface Compiling {
  fields: Fields
  filtersLeft: number
  valuesLeft: number
}

/** Whether it is a group rather than a condition. */
export const isGroup = (filter: object): filter is Group => 'group' in filter || 'filters' in filter

/** A condition from filters as sent, a list or a single one; undefined where they narrow nothing. */
export function compile(filters: unknown, fields: Fields): Sql | undefined {
  if (filters === undefined || filters === null) return undefined
  const single = typeof filters === 'object' && !Array.isArray(filters)
  const compiling = { fields, filtersLeft: most.filters, valuesLeft: most.allValues }
  return compileList(single ? [filters] : filters, 'AND', 'filters', 1, compiling)
}

function compileList(list: unknown, joiner: 'AND' | 'OR', path: string, depth: number, compiling: Compiling) {
  if (!Array.isArray(list)) throw invalid(`${path} must be an array`)
  if (depth > most.depth) throw invalid(`${path} must not be nested deeper than ${most.depth} levels`)
  compiling.filtersLeft -= list.length
  if (compiling.filtersLeft < 0) throw invalid(`filters must contain no more than ${most.filters} elements`)

  const conditions = list.map((filter, at) => compileOne(filter, `${path}.${at}`, depth, compiling))
  const narrowing = conditions.filter((condition) => condition !== undefined)
  const anyOf = joiner === 'OR'
  if (narrowing.length === 0 || (anyOf && narrowing.length < conditions.length)) return undefined
  return sql`(${join(narrowing, anyOf ? ' or ' : ' and ')})`
}

function compileOne(filter: unknown, path: string, depth: number, compiling: Compiling): Sql | undefined {
  if (typeof filter !== 'object' || filter === null) throw invalid(`${path} must be an object`)
  const unknown = Object.keys(filter).find((name) => !members[isGroup(filter) ? 'group' : 'condition'].includes(name))
  if (unknown !== undefined) throw invalid(`${path}.property ${unknown} should not exist`)
  if (!isGroup(filter)) return compileCondition(filter as Condition, path, compiling)

  const joiner = readJoiner(filter.group, path)
  return compileList(filter.filters, joiner, `${path}.filters`, depth + 1, compiling)
}

function readJoiner(group: unknown = 'AND', path: string): 'AND' | 'OR' {
  const word = typeof group === 'string' ? group.toUpperCase() : group
  if (word === 'AND' || word === 'OR') return word
  throw invalid(`${path}.group must be one of the following values: AND, OR`)
}

function compileCondition({ field: name, operator, value }: Condition, path: string, compiling: Compiling): Sql {
  if (typeof name !== 'string') throw invalid(`${path}.field must be a string`)
  const { names, find } = compiling.fields
  const field = find(name, path)
  if (!field) throw invalid(`${path}.field must be one of the following values: ${names.join(', ')}`)
  if (!field.operators.includes(operator)) {
    throw invalid(`${path}.operator must be one of the following values: ${field.operators.join(', ')}`)
  }
  spendValues(value, path, compiling)

  const question = operator.replace(/^not_/, '') as Question
  const met = (field[question] as Test)(value, `${path}.value`)
  return question === operator ? met : sql`(${met}) is not true`
}

function spendValues(value: unknown, path: string, compiling: Compiling) {
  const count = Array.isArray(value) ? value.length : 1
  if (count > most.values) throw invalid(`${path}.value must contain no more than ${most.values} elements`)
  compiling.valuesLeft -= count
  if (compiling.valuesLeft < 0) throw invalid(`filters must contain no more than ${most.allValues} values`)
}
