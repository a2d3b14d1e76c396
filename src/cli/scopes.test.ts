import { expect, test } from 'vitest'
import { allScopes, type Scope, usualScopes } from '../domain/tokens/scopes.ts'
import { listScopes, tellScopes } from './scopes.ts'

const keepers = 'tokens.readonly, tokens.write, apps.readonly, apps.write, requests.readonly'

test.each<[string, Scope[], string, string]>([
  ['all in a word', allScopes, 'all', 'all'],
  ['the usual ones by how many', usualScopes, '24 of 29', `24 of 29, all but ${keepers}`],
  ['more too', allScopes.filter((one) => one !== 'apps.write'), '28 of 29', '28 of 29, all but apps.write'],
  [
    'few by name',
    ['contacts.readonly', 'users.readonly'],
    'contacts.readonly, users.readonly',
    'contacts.readonly, users.readonly',
  ],
])('of the scopes are told %s', (_, scopes, listed, told) => {
  expect([listScopes(scopes), tellScopes(scopes)]).toEqual([listed, told])
})
