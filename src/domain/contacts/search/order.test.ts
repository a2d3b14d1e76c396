import { expect, test } from 'vitest'
import { blank } from '../contact.ts'
import { after, keyOf, orderBy, readOrder, sortBy } from './order.ts'

test('without a wish the newest come first', () => {
  const order = readOrder([])

  expect(orderBy(order).sql).toBe('created_at desc, id desc')
  expect(after(order, ['5', 'c1']).sql).toBe('(created_at,id) < (?,?)')
  expect(after(order, ['5', 'c1']).values).toEqual([5, 'c1'])
})

test('a sort that no index serves has the same order', () => {
  expect(sortBy(readOrder([])).sql).toBe("created_at + 0 desc, id || '' desc")
})

test('fields may run in different directions', () => {
  const order = readOrder([{ field: 'dnd', direction: 'desc' }, { field: 'email' }])

  expect(after(order, [1, 'a@x.io', 'c1']).sql).toBe(
    "((dnd < ?) or (dnd = ? and coalesce(email_key, '') > ?) or (dnd = ? and coalesce(email_key, '') = ? and id > ?))",
  )
})

test('a key is what the columns compare', () => {
  const contact = { ...blank('c1', 'l1', 7), lastName: 'Élan' }

  expect(keyOf(readOrder([{ field: 'last_name_lower_case' }]), contact)).toEqual(['elan', 'c1'])
})

test('a wish or a key that does not fit is refused with its place', () => {
  const order = readOrder([])

  expect(() => readOrder([{ field: 'nope' }])).toThrow('sort.0.field must be one of')
  expect(() => after(order, [5])).toThrow('searchAfter must contain 2 elements')
  expect(() => after(order, ['x', 'c1'])).toThrow('searchAfter.0 is invalid')
  expect(() => after(order, [5, null])).toThrow('searchAfter.1 is invalid')
})
