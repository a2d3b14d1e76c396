import { raw } from 'sql-template-tag'
import { describe, expect, test } from 'vitest'
import { after as beyond, type Key, orderBy, placeOf, readOrder, sortBy, type Wish } from './order.ts'

interface Row {
  id: string
  name: string
  value: number | null
  at: number
  dnd: boolean
}

const keys: Record<string, Key<Row>> = {
  name: { column: raw('name'), kind: 'text', of: ({ name }) => name },
  value: { column: raw('coalesce(value, -1e15)'), kind: 'number', of: ({ value }) => value ?? -1e15 },
  at: { column: raw('at'), kind: 'whole', of: ({ at }) => at },
  dnd: { column: raw('dnd'), kind: 'flag', of: ({ dnd }) => Number(dnd) },
}
const id: Key<Row> = { column: raw('id'), kind: 'text', of: (row) => row.id }
const order = (...wishes: Wish[]) => readOrder(wishes, keys, id)
const newest = order({ field: 'at', direction: 'desc' })
const mixed = order({ field: 'value', direction: 'desc' }, { field: 'name' })

test('equals stand in the order of their ids, in the direction of the last field', () => {
  expect(orderBy(newest).sql).toBe('at desc,id desc')
  expect(orderBy(mixed).sql).toBe('coalesce(value, -1e15) desc,name asc,id asc')
})

test('the same order is said so that no index offers it', () => {
  expect(sortBy(mixed).sql).toBe("coalesce(value, -1e15) + 0 desc,name || '' asc,id || '' asc")
})

test('the place of a row is what it is sorted by, then its id', () => {
  const row = { id: 'r', name: 'n', value: null, at: 7, dnd: true }

  expect(placeOf(newest, row)).toEqual([7, 'r'])
  expect(placeOf(mixed, row)).toEqual([-1e15, 'n', 'r'])
  expect(placeOf(order({ field: 'dnd' }), row)).toEqual([1, 'r'])
})

test('a field or a direction that is none is refused with its place', () => {
  expect(() => order({ field: 'at' }, { field: 'toString' })).toThrow(
    'sort.1.field must be one of the following values: name, value, at, dnd',
  )
  expect(() => order({ field: 'at', direction: 'up' })).toThrow(
    'sort.0.direction must be one of the following values: asc, desc',
  )
})

describe('what comes after a place', () => {
  test('is one comparison of rows where all fields go the same way', () => {
    expect(beyond(newest, [1000, 'r']).sql).toBe('(at, id) < (?,?)')
    expect(beyond(newest, [1000, 'r']).values).toEqual([1000, 'r'])
    expect(beyond(order({ field: 'name' }), ['n', 'r']).sql).toBe('(name, id) > (?,?)')
  })

  test('is a step for each field where they go different ways', () => {
    const { sql, values } = beyond(mixed, [5.5, 'n', 'r'])

    const value = 'coalesce(value, -1e15)'
    expect(sql).toBe(`((${value} < ?) or (${value} = ? and name > ?) or (${value} = ? and name = ? and id > ?))`)
    expect(values).toEqual([5.5, 5.5, 'n', 5.5, 'n', 'r'])
  })

  test('may be sent as text', () => {
    expect(beyond(newest, ['1000', 'r']).values).toEqual([1000, 'r'])
    expect(beyond(order({ field: 'name' }), ['7', 'r']).values).toEqual(['7', 'r'])
  })

  const number = 'must be a number conforming to the specified constraints'
  test.each<[unknown[], Wish, string]>([
    [[], { field: 'at' }, 'searchAfter must contain 2 elements'],
    [[1, 2, 3], { field: 'at' }, 'searchAfter must contain 2 elements'],
    ...['soon', ' ', null, {}, 1.5, 1e300, '1.5'].map((value): [unknown[], Wish, string] => [
      [value, 'x'],
      { field: 'at' },
      `searchAfter.0 ${number}`,
    ]),
    [['x', 'x'], { field: 'value' }, `searchAfter.0 ${number}`],
    [[2, 'x'], { field: 'dnd' }, 'searchAfter.0 must be one of the following values: 0, 1'],
    [[1, 2], { field: 'at' }, 'searchAfter.1 must be a string'],
    [[1, 'x'], { field: 'name' }, 'searchAfter.0 must be a string'],
  ])('is refused for %j by %j', (cursor, wish, message) => {
    expect(() => beyond(order(wish), cursor)).toThrow(message)
  })
})
