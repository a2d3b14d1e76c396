import { describe, expect, test } from 'vitest'
import { usualScopes } from './scopes.ts'
import { callerOf, change, draft, hashOf, isLive, newPit, newV1Key, type Token } from './token.ts'

const pit = (wanted = {}) => draft({ name: 'Website', ...wanted }, 'id', 'location', 'ab12', 1000)

describe('a new token', () => {
  test('may do everything unless scopes are named', () => {
    expect(pit().scopes).toEqual(usualScopes)
    expect(pit({ scopes: ['contacts.write', 'opportunities.write', 'contacts.write'] }).scopes).toEqual([
      'opportunities.write',
      'contacts.write',
    ])
  })

  test('refuses a scope that is not one, and says which', () => {
    expect(() => pit({ scopes: ['contacts.write', 'contacts.wirte'] })).toThrow(/contacts\.wirte/)
    expect(() => pit({ scopes: ['toString'] })).toThrow(/toString/)
  })

  test('needs a name', () => {
    expect(() => pit({ name: ' ' })).toThrow('name should not be empty')
  })
})

describe('a v1 key', () => {
  test('has no scopes and may do everything', () => {
    const key = pit({ kind: 'v1' })

    expect(key.scopes).toEqual([])
    expect(callerOf(key).scopes).toEqual(new Set(usualScopes))
    expect(() => pit({ kind: 'v1', scopes: ['contacts.write'] })).toThrow('scopes should not exist')
  })

  test('looks like a JWT of its location', () => {
    const [header, claims, signature] = newV1Key({ id: 'loc', companyId: 'com' }, 'key', 1_647_000_000_000).split('.')

    expect(decode(header)).toEqual({ alg: 'HS256', typ: 'JWT' })
    expect(decode(claims)).toEqual({
      location_id: 'loc',
      company_id: 'com',
      version: 1,
      iat: 1_647_000_000_000,
      sub: 'key',
    })
    expect(signature).toMatch(/^[\w-]{43}$/)
  })
})

test('a change keeps what it does not name', () => {
  const before: Token = { ...pit({ description: 'Form' }), lastUsedAt: 5 }

  expect(change(before, { name: 'Shop' })).toEqual({ ...before, name: 'Shop' })
  expect(change(before, { scopes: [] }).scopes).toEqual([])
})

test('a token stands for itself in its location', () => {
  const caller = callerOf(pit({ scopes: ['users.readonly'] }))

  expect(caller).toEqual({ locationId: 'location', kind: 'token', id: 'id', scopes: new Set(['users.readonly']) })
})

test('private integration tokens have the shape of the original', () => {
  expect(newPit()).toMatch(/^pit-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  expect(hashOf('pit-1')).toMatch(/^[0-9a-f]{64}$/)
})

test('a secret ends at its time, not after it', () => {
  expect(isLive(null, 1000)).toBe(true)
  expect(isLive(1001, 1000)).toBe(true)
  expect(isLive(1000, 1000)).toBe(false)
})

const decode = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString())
