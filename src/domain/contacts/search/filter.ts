import sql, { join, type Sql } from 'sql-template-tag'
import { invalid } from '../../errors.ts'

export const operators = ['eq', 'not_eq', 'contains', 'not_contains', 'exists', 'not_exists', 'range'] as const
export type Operator = (typeof operators)[number]
export type Scalar = string | number | boolean
export type Bound = 'gte' | 'lte' | 'gt' | 'lt'

/**
 * What a field can be asked. Each condition is true or false, never null, so that its opposite is the rest; an answer
 * of undefined says that the value does not fit.
 */
export interface Field {
  operators: readonly Operator[]
  /** Equal to any of the values. */
  is?: (values: Scalar[]) => Sql | undefined
  contains?: (text: string) => Sql | undefined
  within?: (bounds: [Bound, unknown][]) => Sql | undefined
  exists?: Sql
}

/** A field by the name that clients use. */
export type Fields = (name: string) => Field | undefined

interface Budget {
  filters: number
  values: number
}

const deepest = 5
const longest = 75
const bounds: readonly string[] = ['gte', 'lte', 'gt', 'lt']
const members: readonly string[] = ['field', 'operator', 'value', 'group', 'filters']

/** A condition from filters and nested groups as clients send them; undefined when there is nothing to narrow by. */
export function compileFilters(filters: unknown, fields: Fields): Sql | undefined {
  if (filters === undefined || filters === null) return undefined
  const budget = { filters: 100, values: 500 }
  if (Array.isArray(filters)) return compileList('filters', filters, 'AND', fields, budget, 1)
  return compileOne('filters', filters, fields, budget, 1)
}

function compileList(path: string, list: unknown[], group: string, fields: Fields, budget: Budget, depth: number) {
  const conditions = list.flatMap((item, at) => compileOne(`${path}.${at}`, item, fields, budget, depth) ?? [])
  if (conditions.length === 0) return undefined
  return group === 'OR' ? sql`(${join(conditions, ' or ')})` : sql`(${join(conditions, ' and ')})`
}

function compileOne(path: string, item: unknown, fields: Fields, budget: Budget, depth: number): Sql | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) throw invalid(`${path} must be an object`)
  const unknown = Object.keys(item).find((key) => !members.includes(key))
  if (unknown) throw invalid(`${path}.property ${unknown} should not exist`)
  if (--budget.filters < 0) throw invalid('filters must contain no more than 100 elements')
  if ('field' in item) return compileFilter(path, item, fields, budget)
  return compileGroup(path, item, fields, budget, depth)
}

function compileGroup(path: string, item: object, fields: Fields, budget: Budget, depth: number) {
  const { group = 'AND', filters } = item as { group?: unknown; filters?: unknown }
  const word = typeof group === 'string' ? group.toUpperCase() : ''
  if (word !== 'AND' && word !== 'OR') throw invalid(`${path}.group must be one of the following values: AND, OR`)
  const inner = path === 'filters' ? path : `${path}.filters`
  if (!Array.isArray(filters)) throw invalid(`${inner} must be an array`)
  if (depth > deepest) throw invalid(`${inner} must not be nested deeper than ${deepest} groups`)
  return compileList(inner, filters, word, fields, budget, depth + 1)
}

function compileFilter(path: string, item: object, fields: Fields, budget: Budget): Sql {
  const { field: name, operator, value } = item as { field?: unknown; operator?: unknown; value?: unknown }
  const field = typeof name === 'string' ? fields(name) : undefined
  if (!field) throw invalid(`${path}.field is invalid`)
  const known = field.operators.find((one) => one === operator)
  if (!known) throw invalid(`${path}.operator is invalid`)

  const positive = known.replace(/^not_/, '')
  const condition = compileValue(field, positive, value, budget)
  if (!condition) throw invalid(`${path}.value is invalid`)
  return positive === known ? condition : sql`not ${condition}`
}

function compileValue(field: Field, operator: string, value: unknown, budget: Budget): Sql | undefined {
  if (operator === 'exists') return field.exists
  if (operator === 'contains') return compileContains(field, value)
  if (operator === 'range') return compileRange(field, value)
  const values = Array.isArray(value) ? value : [value]
  budget.values -= values.length
  if (budget.values < 0) throw invalid('filters must contain no more than 500 values')
  return values.length > 0 && values.every(isScalar) ? field.is?.(values) : undefined
}

function compileContains(field: Field, value: unknown): Sql | undefined {
  if (typeof value !== 'string' || value.trim() === '' || value.length > longest) return undefined
  return field.contains?.(value)
}

function compileRange(field: Field, value: unknown): Sql | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const entries = Object.entries(value)
  if (entries.length === 0 || !entries.every(([bound]) => bounds.includes(bound))) return undefined
  return field.within?.(entries as [Bound, unknown][])
}

function isScalar(value: unknown): value is Scalar {
  if (typeof value === 'string') return value.length <= 1000
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
}
