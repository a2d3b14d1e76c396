import { raw } from 'sql-template-tag'
import { describe, expect, test } from 'vitest'
import { date, number, text } from './compare.ts'
import { compile, type Field, type Fields } from './filter.ts'

const known: Record<string, Field> = { name: text(raw('name')), size: number(raw('size')), at: date(raw('at')) }
const fields: Fields = {
  names: Object.keys(known),
  find: (name) => (Object.hasOwn(known, name) ? known[name] : undefined),
}

const compiled = (filters: unknown) => {
  const condition = compile(filters, fields)
  return condition && [condition.sql, ...condition.values]
}
const name = (value: unknown) => ({ field: 'name', operator: 'eq', value })
const a = name('a')
const b = name('b')

describe('filters', () => {
  test('must all hold unless they stand in an OR group', () => {
    expect(compiled([a, { group: 'OR', filters: [a, { filters: [a, b] }] }])).toEqual([
      '(name in (?) and (name in (?) or (name in (?) and name in (?))))',
      ...['a', 'a', 'a', 'b'],
    ])
    expect(compiled([{ group: 'or', filters: [a, b] }])?.[0]).toBe('((name in (?) or name in (?)))')
  })

  test('may be one group, or one condition, without a list around it', () => {
    expect(compiled({ group: 'OR', filters: [a, b] })).toEqual(compiled([{ group: 'OR', filters: [a, b] }]))
    expect(compiled(a)).toEqual(compiled([a]))
  })

  test('that say nothing narrow nothing, and make an OR group say nothing', () => {
    for (const nothing of [undefined, null, [], { filters: [] }, [{ group: 'OR', filters: [] }]]) {
      expect(compiled(nothing)).toBeUndefined()
    }
    expect(compiled([{ group: 'OR', filters: [a, { filters: [] }] }])).toBeUndefined()
    expect(compiled([a, { filters: [] }])).toEqual(compiled([a]))
  })

  test('are met by the opposite wherever they are not met, by no value too', () => {
    expect(compiled([{ ...a, operator: 'not_eq' }])?.[0]).toBe('((name in (?)) is not true)')
    expect(compiled([{ field: 'size', operator: 'not_exists' }])?.[0]).toBe('((size is not null) is not true)')
  })
})

describe('a refusal names the place and what was expected', () => {
  const range = (field: string, value: unknown) => [{ field, operator: 'range', value }]
  const whole = 'must be epoch milliseconds or an ISO 8601 date'

  test.each<[unknown, string]>([
    ['x', 'filters must be an array'],
    [[null], 'filters.0 must be an object'],
    [[a, 5], 'filters.1 must be an object'],
    [[{}], 'filters.0.field must be a string'],
    [[{ ...a, bogus: 1 }], 'filters.0.property bogus should not exist'],
    [[{ filters: [], bogus: 1 }], 'filters.0.property bogus should not exist'],
    [[{ ...a, group: 'OR', filters: [] }], 'filters.0.property field should not exist'],
    [[{ group: 'NOT', filters: [] }], 'filters.0.group must be one of the following values: AND, OR'],
    [[{ group: 'OR' }], 'filters.0.filters must be an array'],
    [[{ ...a, field: 'toString' }], 'filters.0.field must be one of the following values: name, size, at'],
    [
      [{ ...a, operator: 'range' }],
      'filters.0.operator must be one of the following values: eq, not_eq, exists, not_exists, contains, not_contains',
    ],
    [[name(5)], 'filters.0.value must be a string'],
    [[name(['a', null])], 'filters.0.value must be a string'],
    [[name('x'.repeat(1001))], 'filters.0.value must be shorter than or equal to 1000 characters'],
    [[{ filters: [a, { filters: [name(null)] }] }], 'filters.0.filters.1.filters.0.value must be a string'],
    [range('size', { gte: 'x' }), 'filters.0.value.gte must be a number conforming to the specified constraints'],
    [range('size', { over: 1 }), 'filters.0.value.property over should not exist'],
    [range('size', {}), 'filters.0.value should not be empty'],
    [range('size', [1]), 'filters.0.value must be an object'],
    ...[1.5, 1e300, '99999999999999999999', 'soon', null].map((limit): [unknown, string] => [
      range('at', { lt: limit }),
      `filters.0.value.lt ${whole}`,
    ]),
  ])('%j', (filters, message) => {
    expect(() => compile(filters, fields)).toThrow(message)
  })

  test('of too many, too deep and too much', () => {
    const nested = (depth: number): object => (depth === 0 ? a : { filters: [nested(depth - 1)] })
    const many = (count: number) => Array(count).fill('x')

    expect(compiled([nested(4)])).toBeDefined()
    expect(() => compile([nested(5)], fields)).toThrow(/must not be nested deeper than 5 levels$/)
    expect(compiled(Array(100).fill(a))).toBeDefined()
    expect(() => compile(Array(101).fill(a), fields)).toThrow('filters must contain no more than 100 elements')
    expect(() => compile([name(many(501))], fields)).toThrow('filters.0.value must contain no more than 500 elements')
    expect(compiled(Array(10).fill(name(many(500))))).toBeDefined()
    expect(() => compile(Array(11).fill(name(many(500))), fields)).toThrow(
      'filters must contain no more than 5000 values',
    )
  })
})
