import { raw } from 'sql-template-tag'
import { expect, test } from 'vitest'
import type { Database } from '../../../store/database.ts'
import { orderBy, placeOf, type Wish } from '../../search/order.ts'
import { blank } from '../contact.ts'
import { contactOrder } from './order.ts'

const db = { json: (column, ...path) => raw([column, ...path].join(':')) } as Pick<Database, 'json'> as Database
const order = (...wishes: Wish[]) => contactOrder(db, wishes)

test('without a wish the newest come first', () => {
  expect(orderBy(order()).sql).toBe('created_at desc,id desc')
})

test('a place is what the columns compare', () => {
  const contact = { ...blank('c1', 'l1', 7), lastName: 'Élan' }

  expect(orderBy(order({ field: 'last_name_lower_case' })).sql).toBe("coalesce(profile:lastNameKey, '') asc,id asc")
  expect(placeOf(order({ field: 'last_name_lower_case' }), contact)).toEqual(['elan', 'c1'])
  expect(placeOf(order({ field: 'email' }, { field: 'dnd' }), contact)).toEqual(['', 0, 'c1'])
})
