import { expect, test } from 'vitest'
import { readContact } from './inputWire.ts'

test('an absent field stays absent, null stays null', () => {
  expect(readContact({ locationId: 'l1', city: null, createNewIfDuplicateAllowed: true })).toEqual({ city: null })
})

test('channels are taken in the spelling of v2 and of v3', () => {
  const { dndSettings } = readContact({ dndSettings: { SMS: { status: 'active' }, whatsApp: { status: 'inactive' } } })

  expect(dndSettings).toEqual({ sms: { status: 'active' }, whatsApp: { status: 'inactive' } })
})

test('custom values are taken by any of their names', () => {
  const { customFields } = readContact({
    customFields: [
      { id: 'f1', field_value: 'a' },
      { key: 'k', value: 2 },
    ],
  })

  expect(customFields).toEqual([
    { id: 'f1', value: 'a' },
    { key: 'k', value: 2 },
  ])
})
