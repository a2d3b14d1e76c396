import { describe, expect, test } from 'vitest'
import { blank, change, eventsBetween, requireIdentity, textOf } from './contact.ts'

const before = { ...blank('c1', 'l1', 1), firstName: 'Rosan', name: 'Rosan', city: 'Dolomite', tags: ['vip'] }

describe('a change', () => {
  test('that says nothing new leaves the very same contact', () => {
    expect(change(before, { city: 'Dolomite', tags: ['vip'] }, 2)).toBe(before)
    expect(change(before, {}, 2)).toBe(before)
  })

  test('moves the clocks and touches nothing that is absent', () => {
    expect(change(before, { city: null }, 2)).toEqual({ ...before, city: null, updatedAt: 2, lastActivityAt: 2 })
  })

  test('of one channel leaves the other channels alone', () => {
    const sms = change(before, { dndSettings: { sms: { status: 'active' } } }, 2)
    const both = change(sms, { dndSettings: { email: { status: 'active' } } }, 3)

    expect(both.dndSettings).toEqual({ sms: { status: 'active' }, email: { status: 'active' } })
    expect(change(both, { dndSettings: null }, 4).dndSettings).toBeNull()
  })
})

describe('events', () => {
  test('name everything that a change is', () => {
    const after = change(before, { tags: [], dnd: true, city: 'Troy' }, 2)

    expect(eventsBetween(before, after)).toEqual(['ContactUpdate', 'ContactTagUpdate', 'ContactDndUpdate'])
    expect(eventsBetween(before, change(before, { city: 'Troy' }, 2))).toEqual(['ContactUpdate'])
    expect(eventsBetween(null, after)).toEqual(['ContactCreate'])
    expect(eventsBetween(before, null)).toEqual(['ContactDelete'])
  })
})

test('a contact needs something to be known by', () => {
  expect(() => requireIdentity(blank('c1', 'l1', 1))).toThrow('should not be empty')
  expect(() => requireIdentity({ ...blank('c1', 'l1', 1), companyName: 'Acme' })).not.toThrow()
})

test('free text finds name, e-mail, phone and company, without case or accents', () => {
  const contact = { ...before, name: 'Élan', email: 'E@x.io', phone: '+15551234567', companyName: 'Acme' }

  expect(textOf(contact)).toBe('elan\ne@x.io\n+15551234567\nacme')
})
