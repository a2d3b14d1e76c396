import { describe, expect, test } from 'vitest'
import type { LocationParameter } from './endpoint.ts'
import { checkLocation } from './location.ts'

const inQuery: LocationParameter = { in: 'query', name: 'location_id', misspelt: 'locationId' }
const inBody: LocationParameter = { in: 'body', name: 'locationId' }
const parts = (fields: object = {}) => ({ headers: {}, params: {}, query: {}, body: {}, ...fields })
const cursor = { startAfter: '1', startAfterId: 'x' }

describe('a request that names its location', () => {
  const places = [
    { headers: { 'location-id': 'own' } },
    { headers: { locationid: 'own' } },
    { headers: { 'x-location-id': 'own' } },
    { query: { locationId: 'own' } },
    { query: { location_id: 'own' } },
    { body: { locationId: 'own' } },
    { body: { location_id: 'own' } },
    { params: { locationId: 'own' } },
  ]

  test.each(places)('passes where it is the own: %j', (place) => {
    expect(checkLocation('own', undefined, parts(place))).toBe(true)
  })

  test.each(places)('is forbidden where it is another: %j', (place) => {
    expect(() => checkLocation('other', undefined, parts(place))).toThrow(
      'The token does not have access to this location.',
    )
  })

  test('is forbidden as soon as one of several is another', () => {
    const place = parts({ headers: { 'location-id': 'own' }, body: { locationId: 'other' } })

    expect(() => checkLocation('own', inBody, place)).toThrow(expect.objectContaining({ code: 'forbidden' }))
  })
})

describe('a request that names none', () => {
  test('passes where none is needed', () => {
    expect(checkLocation('own', undefined, parts())).toBe(false)
    expect(checkLocation('own', undefined, parts({ body: { locationId: '' } }))).toBe(false)
  })

  test.each([
    [inBody, "locationId can't be undefined"],
    [inQuery, "location_id can't be undefined"],
  ])('is refused where it is needed: %j', (required, message) => {
    expect(() => checkLocation('own', required, parts())).toThrow(
      expect.objectContaining({ code: 'invalid', message, details: { name: 'COMMON_LOCATION_ID_UNDEFINED' } }),
    )
  })

  test('but carries the cursor of a page means its own', () => {
    const place = parts({ query: { ...cursor } })

    expect(checkLocation('own', inQuery, place)).toBe(false)
    expect(place.query).toEqual({ ...cursor, location_id: 'own' })
    expect(() => checkLocation('own', inQuery, parts({ query: { startAfter: '1' } }))).toThrow()
  })
})

describe('a needed parameter', () => {
  test('is filled in from a header', () => {
    const place = parts({ headers: { 'location-id': 'own' } })

    expect(checkLocation('own', inBody, place)).toBe(true)
    expect(place.body).toEqual({ locationId: 'own' })
  })

  test('of a body is filled in from the query', () => {
    const place = parts({ query: { locationId: 'own' } })

    expect(checkLocation('own', inBody, place)).toBe(true)
    expect(place.body).toEqual({ locationId: 'own' })
  })

  test('in the other spelling is left for the schema to refuse by name', () => {
    const place = parts({ query: { locationId: 'own' } })

    expect(checkLocation('own', inQuery, place)).toBe(true)
    expect(place.query).toEqual({ locationId: 'own' })
    expect(() =>
      checkLocation('own', { in: 'query', name: 'locationId' }, parts({ query: { location_id: 'own' } })),
    ).toThrow("locationId can't be undefined")
  })

  test('of the wrong kind is left for the schema too', () => {
    expect(checkLocation('own', inBody, parts({ body: { locationId: 5 } }))).toBe(false)
    expect(checkLocation('own', inBody, parts({ body: { locationId: null } }))).toBe(false)
  })
})
