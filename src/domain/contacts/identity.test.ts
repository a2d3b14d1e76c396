import { describe, expect, test } from 'vitest'
import { DomainError } from '../errors.ts'
import { day, email, namesAfter, normalise, phone, tags } from './identity.ts'

const nobody = { firstName: null, lastName: null, name: null }

describe('a phone number', () => {
  test.each([
    ['+1 888-888-8888', '+18888888888'],
    ['(555) 123-4567', '+15551234567'],
    ['+44 20 7946 0958', '+442079460958'],
    ['+1234567890', '+1234567890'],
  ])('%s becomes %s', (typed, kept) => {
    expect(phone(typed, 'US')).toBe(kept)
  })

  test('without a country code belongs to the country of the location', () => {
    expect(phone('020 7946 0958', 'GB')).toBe('+442079460958')
  })

  test.each([
    ['12345678901234567890', 'The string supplied is too long to be a phone number'],
    ['1', 'The string supplied is too short to be a phone number'],
    ['call me', 'The string supplied did not seem to be a phone number'],
    ['+999123456', 'Invalid country calling code'],
  ])('like %s is refused: %s', (typed, sentence) => {
    expect(() => phone(typed, 'US')).toThrow(new DomainError('mismatch', sentence, { name: 'INVALID_PHONE' }))
  })
})

describe('an e-mail address', () => {
  test.each(['rosan@deos.com', 'Rosan.Deo+x@mail.deos.co.uk', "o'neil@x.io"])('like %s stays as typed', (typed) => {
    expect(email(typed)).toBe(typed)
  })

  test.each([
    'rosan',
    'rosan@deos',
    '@deos.com',
    'a b@deos.com',
    'a@b@c.com',
    'a@deos..com',
    `${'a'.repeat(250)}@x.io`,
  ])('like %s is refused', (typed) => {
    expect(() => email(typed)).toThrow('email must be an email')
  })
})

test('tags are lower case, trimmed, and each there once', () => {
  expect(tags([' VIP', 'vip', '', 'New Lead '])).toEqual(['vip', 'new lead'])
})

describe('a day', () => {
  test.each([
    '1990-09-25',
    '1990/09/25',
    '1990.9.25',
    '09-25-1990',
    '09/25/1990',
    '09.25.1990',
    '1990-09-25T00:00:00.000Z',
    654220800000,
  ])('%s is the 25th of September 1990', (typed) => {
    expect(day(typed, 'dateOfBirth')).toBe('1990-09-25')
  })

  test.each(['1990-02-30', '25/09/1990', 'soon', 1e20])('%s does not exist', (typed) => {
    expect(() => day(typed, 'dateOfBirth')).toThrow('dateOfBirth must be a valid date')
  })
})

describe('normal form', () => {
  test('leaves out what is absent and clears what is blank', () => {
    const wanted = normalise({ city: '  ', state: null, country: undefined, firstName: ' Rosan ' }, 'US')

    expect(wanted).toEqual({ city: null, state: null, firstName: 'Rosan' })
  })

  test('clears lists with null', () => {
    expect(normalise({ tags: null, additionalEmails: null, followers: null }, 'US')).toEqual({
      tags: [],
      additionalEmails: [],
      followers: [],
    })
  })
})

describe('names', () => {
  test('a full name is made from first and last name', () => {
    expect(namesAfter(nobody, { firstName: 'Rosan', lastName: 'Deo' }).name).toBe('Rosan Deo')
  })

  test('first and last name are made from a full name', () => {
    expect(namesAfter(nobody, { name: 'Rosan de la Cruz' })).toEqual({
      firstName: 'Rosan',
      lastName: 'de la Cruz',
      name: 'Rosan de la Cruz',
    })
  })

  test('all three are kept when all three are sent', () => {
    const sent = { firstName: 'Rosan', lastName: 'Deo', name: 'Dr. Deo' }

    expect(namesAfter(nobody, sent)).toEqual(sent)
  })

  test('a new last name makes a new full name', () => {
    const before = { firstName: 'Rosan', lastName: 'Deo', name: 'Rosan Deo' }

    expect(namesAfter(before, { lastName: 'Cruz' }).name).toBe('Rosan Cruz')
    expect(namesAfter(before, { lastName: null }).name).toBe('Rosan')
    expect(namesAfter(before, { name: null })).toEqual(nobody)
  })
})

describe('a phone number that cannot be dialled', () => {
  test.each([
    ['12', 'The string supplied is too short to be a phone number'],
    ['123456', 'The string supplied is too short to be a phone number'],
    ['+12', 'The string supplied is too short to be a phone number'],
    ['20255501071', 'The string supplied is too long to be a phone number'],
  ])('%s is refused', (text, sentence) => {
    expect(() => phone(text, 'US')).toThrow(sentence)
  })

  test('is none with two zeros for the plus', () => {
    expect(phone('0049 30 12345', 'US')).toBe('+493012345')
  })
})
