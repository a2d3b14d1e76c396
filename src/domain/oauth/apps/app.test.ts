import { describe, expect, test } from 'vitest'
import { usualScopes } from '../../tokens/scopes.ts'
import { appIdOf, draft, newClientId, readRedirectUri } from './app.ts'

const app = (wanted = {}) => draft({ name: 'n8n', redirectUris: ['https://a.example.com/'], ...wanted }, 'id', 1000)

describe('a new app', () => {
  test('may ask for all that is usual, anywhere, unless it is said', () => {
    expect(app()).toMatchObject({ scopes: usualScopes, distribution: 'both', createdAt: 1000, rotatedAt: null })
    expect(app({ scopes: ['contacts.write', 'users.readonly'] }).scopes).toEqual(['contacts.write', 'users.readonly'])
  })

  test('needs a name and an address', () => {
    expect(() => app({ name: ' ' })).toThrow('name should not be empty')
    expect(() => app({ name: 'x'.repeat(256) })).toThrow('name must be shorter than or equal to 255 characters')
    expect(() => app({ redirectUris: [] })).toThrow('redirectUris should not be empty')
    expect(() => app({ scopes: ['contacts.wirte'] })).toThrow('contacts.wirte')
    expect(() => app({ scopes: ['tokens.write'] })).toThrow(
      'scopes must not contain tokens.write, which no app may have',
    )
  })

  test('has a client id of the shape of the original, with the app’s own id in it', () => {
    const id = newClientId()

    expect(id).toMatch(/^[0-9a-f]{24}-[0-9a-z]{8}$/)
    expect(appIdOf(id)).toMatch(/^[0-9a-f]{24}$/)
    expect(newClientId()).not.toBe(id)
  })
})

describe('an address to send people back to', () => {
  test.each([
    'https://app.example.com/callback',
    'https://app.example.com',
    'https://app.example.com:8443/a?tenant=b%20c',
    'http://localhost:5678/rest/oauth2-credential/callback',
    'http://127.0.0.1/cb',
    'http://[::1]:3000/cb',
  ])('is kept as it was written: %s', (address) => {
    expect(readRedirectUri(address)).toBe(address)
  })

  test.each([
    'http://app.example.com/callback',
    'http://localhost.example.com/',
    'https://user:password@app.example.com/',
    'https://app.example.com/#here',
    'https://app.example.com/#',
    'javascript:alert(1)',
    'data:text/html,x',
    'myapp://callback',
    '//app.example.com/',
    'app.example.com',
    '',
    'https://',
    'https://app.example.com/a b',
    'https://app.example.com/\n',
    'https://app.example.com\\@evil.example.com/',
    'https://ünicode.example.com/',
    `https://app.example.com/${'x'.repeat(2000)}`,
  ])('is refused where others could read what is sent there: %j', (address) => {
    expect(() => readRedirectUri(address)).toThrow('redirectUris must each be an https address')
  })
})
