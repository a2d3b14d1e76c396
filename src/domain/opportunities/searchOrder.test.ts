import { expect, test } from 'vitest'
import { orderBy, placeOf } from '../search/order.ts'
import { begin } from './opportunity.ts'
import { opportunityOrder, type Sort, sortFields } from './searchOrder.ts'

const deal = begin(
  'deal',
  'location',
  { name: 'Émile', pipelineId: 'p', pipelineStageId: 's', status: 'open', contactId: 'c' },
  1000,
)

test('without a wish the newest come first', () => {
  expect(orderBy(opportunityOrder()).sql).toBe('o.created_at desc,o.id desc')
  expect(opportunityOrder([])).toEqual(opportunityOrder())
})

test('the place of a deal without a value is below every value', () => {
  const mixed = opportunityOrder([
    { field: 'monetary_value', direction: 'desc' },
    { field: 'name', direction: 'asc' },
  ])

  expect(placeOf(mixed, deal)).toEqual([-1e15, 'emile', 'deal'])
  expect(placeOf(mixed, { ...deal, monetaryValue: 5 })).toEqual([5, 'emile', 'deal'])
})

test('a deal has a place in every order', () => {
  for (const field of sortFields) {
    const sort: Sort[] = [{ field, direction: 'asc' }]
    expect(placeOf(opportunityOrder(sort), deal)).toEqual([expect.anything(), 'deal'])
  }
})
