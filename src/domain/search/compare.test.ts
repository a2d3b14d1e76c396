import sql, { raw } from 'sql-template-tag'
import { describe, expect, test } from 'vitest'
import { choice, date, flag, id, number, text, textInAnyCase, through } from './compare.ts'
import type { Field, Test } from './filter.ts'

const column = raw('x')
const ask = (field: Field, question: 'eq' | 'contains' | 'exists' | 'range', value?: unknown) => {
  const condition = (field[question] as Test)(value, 'value')
  return [condition.sql, ...condition.values]
}

test('text is compared as the column keeps it, and handed over apart from the statement', () => {
  const folded = text(column, (typed) => typed.toLowerCase())

  expect(ask(folded, 'eq', ['Fair', "'; drop table"])).toEqual(['x in (?,?)', 'fair', "'; drop table"])
  expect(ask(folded, 'contains', '50%_\\A')).toEqual(["x like ? escape '\\'", '%50\\%\\_\\\\a%'])
  expect(ask(folded, 'exists')).toEqual(["x <> ''"])
})

test('text that is kept as it was typed is lowered by the store, on both sides', () => {
  expect(ask(textInAnyCase(column), 'eq', 'A')).toEqual(['lower(x) in (lower(?))', 'A'])
  expect(ask(textInAnyCase(column), 'contains', 'A')).toEqual(["lower(x) like lower(?) escape '\\'", '%A%'])
})

test('equal to nothing matches nothing', () => {
  expect([id, text, number, flag].map((kind) => ask(kind(column), 'eq', [])[0])).toEqual(Array(4).fill('1 = 0'))
})

test('an id is asked for its absence by a name of its own', () => {
  expect(ask(id(column), 'eq', '__none__')).toEqual(['x is null'])
  expect(ask(id(column), 'eq', ['__none__', 'ana'])).toEqual(['(x in (?) or x is null)', 'ana'])
  expect(ask(choice(column, ['__none__']), 'eq', '__none__')).toEqual(['x in (?)', '__none__'])
})

test('numbers may be fractions, and come as text', () => {
  expect(ask(number(column), 'eq', [1.5, '2'])).toEqual(['x in (?,?)', 1.5, 2])
  expect(ask(number(column), 'range', { gt: -0.5, lte: 1e300 })).toEqual(['(x > ? and x <= ?)', -0.5, 1e300])
})

test('flags may come as text', () => {
  expect(ask(flag(column), 'eq', [true, 'false'])).toEqual(['x in (?,?)', 1, 0])
  expect(() => ask(flag(column), 'eq', 1)).toThrow('value must be a boolean value')
})

describe('moments', () => {
  test('are read from milliseconds and from ISO, in UTC where no zone is named', () => {
    const at = (value: unknown) => ask(date(column), 'range', { gte: value })[1]
    const noon = Date.UTC(2026, 0, 2, 12)

    expect(
      [noon, String(noon), '2026-01-02T12:00:00.000Z', '2026-01-02T12:00', '2026-01-02T13:00+01:00'].map(at),
    ).toEqual(Array(5).fill(noon))
    expect(at('2026-01-02')).toBe(Date.UTC(2026, 0, 2))
  })

  test('are compared as the column keeps them', () => {
    const byYear = date(column, (at) => String(new Date(at).getUTCFullYear()))

    expect(ask(byYear, 'range', { lt: '2026-01-02' })).toEqual(['(x < ?)', '2026'])
  })
})

test('a field of other rows says which of ours have their like', () => {
  const field = through(id(column), (condition) => sql`id in (select y from z where ${condition})`)

  expect(ask(field, 'eq', 'a')).toEqual(['id in (select y from z where x in (?))', 'a'])
  expect(ask(field, 'exists')).toEqual(["id in (select y from z where x <> '')"])
  expect(field.operators).toEqual(id(column).operators)
})
