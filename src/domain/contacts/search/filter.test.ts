import { describe, expect, test } from 'vitest'
import { contactFields } from './fields.ts'
import { compileFilters } from './filter.ts'

const compile = (filters: unknown) => compileFilters(filters, contactFields('l1'))
const one = (field: string, operator: string, value?: unknown) => [{ field, operator, value }]

describe('filters', () => {
  test('that are absent or empty narrow nothing', () => {
    expect(compile(undefined)).toBeUndefined()
    expect(compile([])).toBeUndefined()
    expect(compile([{ group: 'OR', filters: [] }])).toBeUndefined()
  })

  test('must all hold unless they stand in an OR group', () => {
    const filters = [
      ...one('type', 'eq', 'lead'),
      { group: 'OR', filters: [...one('email', 'exists'), ...one('phone', 'exists')] },
    ]

    expect(compile(filters)?.sql).toBe(
      '((type is not null and lower(type) in (lower(?))) and ((email_key is not null) or (phone is not null)))',
    )
  })

  test('may be one group without a list around it', () => {
    expect(compile({ group: 'OR', filters: one('dnd', 'eq', true) })?.values).toEqual([1])
  })

  test('take a scalar or a list', () => {
    expect(compile(one('id', 'eq', 'a'))?.values).toEqual(['a'])
    expect(compile(one('id', 'eq', ['a', 'b']))?.values).toEqual(['a', 'b'])
  })

  test('negate as a whole, so that contacts without a value count as different', () => {
    expect(compile(one('assignedTo', 'not_eq', 'u1'))?.sql).toBe(
      '(not (assigned_to is not null and assigned_to in (?)))',
    )
  })

  test('know camelCase and snake_case', () => {
    expect(compile(one('date_added', 'range', { gte: 1 }))).toEqual(compile(one('dateAdded', 'range', { gte: 1 })))
    expect(compile(one('custom_fields.f_x', 'exists'))).toEqual(compile(one('customFields.f_x', 'exists')))
  })

  test('do not let a value act as a pattern', () => {
    expect(compile(one('city', 'contains', '50%_\\'))?.values).toEqual(['%50\\%\\_\\\\%'])
  })
})

describe('what is wrong is said with its place', () => {
  test.each([
    ['x', 'filters must be an object'],
    [[1], 'filters.0 must be an object'],
    [one('nope', 'eq', 1), 'filters.0.field is invalid'],
    [one('toString', 'eq', 1), 'filters.0.field is invalid'],
    [one('email', 'gt', 1), 'filters.0.operator is invalid'],
    [one('dateAdded', 'eq', 1), 'filters.0.operator is invalid'],
    [one('email', 'eq', { a: 1 }), 'filters.0.value is invalid'],
    [one('email', 'eq', []), 'filters.0.value is invalid'],
    [one('email', 'eq', null), 'filters.0.value is invalid'],
    [one('dnd', 'eq', 'maybe'), 'filters.0.value is invalid'],
    [one('city', 'contains', ['a']), 'filters.0.value is invalid'],
    [one('city', 'contains', 'x'.repeat(76)), 'filters.0.value is invalid'],
    [one('dateAdded', 'range', {}), 'filters.0.value is invalid'],
    [one('dateAdded', 'range', { over: 1 }), 'filters.0.value is invalid'],
    [one('dateAdded', 'range', { gte: 'soon' }), 'filters.0.value is invalid'],
    [[{ group: 'XOR', filters: [] }], 'filters.0.group must be one of the following values: AND, OR'],
    [[{ group: 'OR' }], 'filters.0.filters must be an array'],
    [[{ group: 'OR', filters: one('nope', 'eq') }], 'filters.0.filters.0.field is invalid'],
    [[{ ...one('email', 'exists')[0], extra: 1 }], 'filters.0.property extra should not exist'],
    [Array(101).fill(one('email', 'exists')[0]), 'filters must contain no more than 100 elements'],
    [one('id', 'eq', Array(501).fill('a')), 'filters must contain no more than 500 values'],
  ])('%j: %s', (filters, sentence) => {
    expect(() => compile(filters)).toThrow(sentence)
  })

  test('groups within groups end at five', () => {
    const nested = (depth: number): unknown[] =>
      depth === 0 ? one('email', 'exists') : [{ group: 'AND', filters: nested(depth - 1) }]

    expect(() => compile(nested(5))).not.toThrow()
    expect(() => compile(nested(6))).toThrow('must not be nested deeper than 5 groups')
  })
})
