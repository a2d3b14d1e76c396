import { describe, expect, test } from 'vitest'
import { type Challenge, type Code, check, newCode } from './code.ts'

const redirectUri = 'https://app.example.com/callback'

const code = (challenge?: Challenge): Code => ({
  hash: 'h',
  clientId: 'c',
  locationId: 'l',
  consent: { kind: 'oauth', companyId: 'c', userId: 'u', scopes: [], redirectUri, ...(challenge && { challenge }) },
  expiresAt: 1000,
  tokenId: null,
})

test('a code is good until its time, not at it', () => {
  expect(() => check(code(), {}, 999)).not.toThrow()
  expect(() => check(code(), {}, 1000)).toThrow('Invalid grant: authorization code has expired')
})

test('the address need not be shown, but a shown one must be the one', () => {
  expect(() => check(code(), { redirectUri }, 0)).not.toThrow()
  for (const other of [`${redirectUri}/`, '', redirectUri.slice(0, -1)])
    expect(() => check(code(), { redirectUri: other }, 0)).toThrow('Invalid grant: redirect URI is invalid')
})

describe('a challenge', () => {
  // The example of RFC 7636, appendix B.
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
  const hashed: Challenge = { method: 'S256', value: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' }

  test('is met by its verifier alone', () => {
    expect(() => check(code(hashed), { verifier }, 0)).not.toThrow()
    for (const wrong of [undefined, '', hashed.value, `${verifier}A`])
      expect(() => check(code(hashed), { verifier: wrong }, 0)).toThrow('Invalid grant: code verifier is invalid')
  })

  test('that is plain is its own verifier', () => {
    const plain: Challenge = { method: 'plain', value: verifier }

    expect(() => check(code(plain), { verifier }, 0)).not.toThrow()
    expect(() => check(code(plain), { verifier: 'other' }, 0)).toThrow('code verifier is invalid')
  })

  test('that was taken away on its way here is missed', () => {
    expect(() => check(code(), { verifier }, 0)).toThrow('code verifier is invalid')
  })
})

test('codes have the shape of the original, and are never alike', () => {
  expect(newCode()).toMatch(/^[0-9a-f]{40}$/)
  expect(newCode()).not.toBe(newCode())
})
