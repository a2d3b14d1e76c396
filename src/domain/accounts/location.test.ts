import { describe, expect, test } from 'vitest'
import { change, draft, timezones } from './location.ts'

const made = draft({ name: 'Mark Shoes', country: 'DE', timezone: 'US/Central' }, 'location', 'company', 1000)

describe('a new location', () => {
  test('reads phone numbers as those of its country', () => {
    expect(made.settings).toMatchObject({ defaultCountry: 'DE', currency: 'USD' })
  })

  test('allows several opportunities for a contact, but no contact twice', () => {
    expect(made.settings).toMatchObject({ allowDuplicateOpportunity: true, allowDuplicateContact: false })
  })

  test('is refused with everything that is wrong', () => {
    expect(() => draft({ name: ' ', country: 'Germany', timezone: 'Mars/Base' }, 'l', 'c', 1)).toThrow(
      expect.objectContaining({
        details: {
          issues: expect.arrayContaining([
            'name should not be empty',
            'country must be a valid ISO31661 Alpha2 code',
            'timezone must be a valid IANA time zone',
          ]),
        },
      }),
    )
  })
})

describe('a changed location', () => {
  test('keeps what was not mentioned', () => {
    const after = change(made, { settings: { allowDuplicateOpportunity: false }, city: 'Ulm' }, 2000)

    expect(after).toMatchObject({
      name: 'Mark Shoes',
      updatedAt: 2000,
      profile: { city: 'Ulm', timezone: 'US/Central' },
    })
    expect(after.settings).toEqual({ ...made.settings, allowDuplicateOpportunity: false })
  })

  test('is the same object when nothing differs', () => {
    expect(change(made, { name: 'Mark Shoes' }, 2000)).toBe(made)
  })
})

test('the list of time zones has UTC and the world', () => {
  expect(timezones()).toEqual(expect.arrayContaining(['UTC', 'Europe/Berlin']))
})
