import { describe, expect, test } from 'vitest'
import { begin } from './opportunity.ts'
import { after as beyond, newestFirst, orderBy, placeOf, type Sort } from './sort.ts'

const deal = begin(
  'deal',
  'location',
  { name: 'Émile', pipelineId: 'p', pipelineStageId: 's', status: 'open', contactId: 'c' },
  1000,
)
const byName: Sort[] = [{ field: 'name', direction: 'asc' }]
const mixed: Sort[] = [
  { field: 'monetary_value', direction: 'desc' },
  { field: 'name', direction: 'asc' },
]

test('ties are broken by id, in the direction of the last field', () => {
  expect(orderBy(newestFirst).sql).toBe('o.created_at desc, o.id desc')
  expect(orderBy(mixed).sql).toBe('coalesce(o.monetary_value, -1e15) desc, o.name_key asc, o.id asc')
})

test('the place of a row is what it is sorted by, then its id', () => {
  expect(placeOf(deal, newestFirst)).toEqual([1000, 'deal'])
  expect(placeOf(deal, mixed)).toEqual([-1e15, 'emile', 'deal'])
  expect(placeOf({ ...deal, monetaryValue: 5 }, mixed)).toEqual([5, 'emile', 'deal'])
})

describe('what comes after a place', () => {
  test('is one comparison of rows where all fields go the same way', () => {
    const { sql, values } = beyond([1000, 'deal'], newestFirst)

    expect(sql).toBe('(o.created_at, o.id) < (?,?)')
    expect(values).toEqual([1000, 'deal'])
    expect(beyond(['emile', 'deal'], byName).sql).toBe('(o.name_key, o.id) > (?,?)')
  })

  test('is a step for each field where they go different ways', () => {
    const { sql, values } = beyond([5, 'emile', 'deal'], mixed)

    const value = 'coalesce(o.monetary_value, -1e15)'
    expect(sql).toBe(
      `((${value} < ?) or (${value} = ? and o.name_key > ?) or (${value} = ? and o.name_key = ? and o.id > ?))`,
    )
    expect(values).toEqual([5, 5, 'emile', 5, 'emile', 'deal'])
  })

  test('may be sent as text', () => {
    expect(beyond(['1000', 'deal'], newestFirst).values).toEqual([1000, 'deal'])
    expect(beyond(['7', 'deal'], byName).values).toEqual(['7', 'deal'])
  })

  test.each<[unknown[], Sort[], string]>([
    [[], newestFirst, 'searchAfter must contain 2 elements'],
    [[1, 2, 3], newestFirst, 'searchAfter must contain 2 elements'],
    [['soon', 'x'], newestFirst, 'searchAfter.0 must be a number conforming to the specified constraints'],
    [[' ', 'x'], newestFirst, 'searchAfter.0 must be a number conforming to the specified constraints'],
    [[null, 'x'], newestFirst, 'searchAfter.0 must be a number conforming to the specified constraints'],
    [[1, 2], newestFirst, 'searchAfter.1 must be a string'],
    [[1, 'x'], byName, 'searchAfter.0 must be a string'],
  ])('is refused for %j', (cursor, sort, message) => {
    expect(() => beyond(cursor, sort)).toThrow(message)
  })
})
