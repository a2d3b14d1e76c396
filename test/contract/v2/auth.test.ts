import { beforeAll, describe, expect, test } from 'vitest'
import { v2 } from '../../../src/api/v2/routes.ts'
import { allScopes } from '../../../src/domain/tokens/scopes.ts'
import { createToken, revokeToken, rotateToken } from '../../../src/domain/tokens/tokens.ts'
import { onEveryStore, type Reply } from '../../harness.ts'
import { refused, unauthorized } from '../../support/refused.ts'

const day = 24 * 60 * 60 * 1000
const unknownPit = 'pit-00000000-0000-4000-8000-000000000000'
const jwt = `${btoa('{"alg":"HS256","typ":"JWT"}')}.${btoa('{"sub":"nobody"}')}.c2lnbmF0dXJl`.replaceAll('=', '')
const scoped = Object.entries(v2).filter(([, { scope }]) => typeof scope === 'string')

onEveryStore('who may ask', (crm) => {
  /** Exactly these headers, whatever the harness would add. */
  async function get(headers: Record<string, string>): Promise<Reply> {
    const response = await fetch(`${crm.url}/opportunities/pipelines?locationId=${crm.locationId}`, { headers })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, body: JSON.parse(text) }
  }
  const version = '2021-07-28'
  const withToken = (authorization: string) => get({ version, authorization })
  const issue = (wanted: object = {}) => createToken(crm.as(crm.locationId), { name: 'Issued', ...wanted })

  describe('a token', () => {
    test('is needed', async () => {
      expect(refused(await get({ version }))).toEqual(unauthorized('Unauthorized'))
    })

    test.each(['Bearer', 'Bearer ', 'Basic dXNlcjpwYXNz', 'Token abc', 'undefined'])(
      'is missing from "%s"',
      async (authorization) => {
        expect(refused(await withToken(authorization))).toEqual(unauthorized('Unauthorized'))
      },
    )

    test.each(['abc', 'null', 'a.b', 'a.b.c.d', 'héé'.normalize('NFC'), 'abc def'])(
      'that is no token at all is a malformed one: "%s"',
      async (secret) => {
        expect(refused(await withToken(`Bearer ${secret}`))).toEqual(unauthorized('Invalid JWT'))
      },
    )

    test('of the shape of a JWT that nobody issued is invalid', async () => {
      const sentence = 'Invalid token: access token is invalid'

      expect(refused(await withToken(`Bearer ${jwt}`))).toEqual(unauthorized(sentence, 'Unauthorized'))
    })

    test('of the shape of a private integration token that nobody issued is unknown', async () => {
      const refusal = unauthorized('Invalid Private Integration token')

      expect(refused(await withToken(`Bearer ${unknownPit}`))).toEqual(refusal)
      expect(refused(await withToken(unknownPit))).toEqual(refusal)
      expect(refused(await withToken('Bearer pit-'))).toEqual(refusal)
      expect(refused(await withToken(`Bearer ${crm.token.toUpperCase().replace('PIT-', 'pit-')}`))).toEqual(refusal)
    })

    test('stops to work once it is revoked', async () => {
      const { token, secret } = await issue()
      expect((await withToken(`Bearer ${secret}`)).status).toBe(200)

      await revokeToken(crm.as(crm.locationId), token.id)
      crm.advance(1000)

      expect(refused(await withToken(`Bearer ${secret}`))).toEqual(unauthorized('Invalid Private Integration token'))
    })

    test('stops to work at the end it was given', async () => {
      const { secret } = await issue({ expiresAt: crm.as(crm.locationId).now() + 60_000 })
      expect((await withToken(`Bearer ${secret}`)).status).toBe(200)

      crm.advance(60_000)

      expect(refused(await withToken(`Bearer ${secret}`))).toEqual(unauthorized('Invalid Private Integration token'))
    })

    test('works beside its successor for seven days after a rotation, and no longer', async () => {
      const { token, secret } = await issue()
      const next = await rotateToken(crm.as(crm.locationId), token.id, { now: false })
      crm.advance(6 * day)
      expect((await withToken(`Bearer ${secret}`)).status).toBe(200)
      expect((await withToken(`Bearer ${next.secret}`)).status).toBe(200)

      crm.advance(2 * day)

      expect(refused(await withToken(`Bearer ${secret}`))).toEqual(unauthorized('Invalid Private Integration token'))
      expect((await withToken(`Bearer ${next.secret}`)).status).toBe(200)
    })

    test('ends at once when it is rotated at once', async () => {
      const { token, secret } = await issue()
      const next = await rotateToken(crm.as(crm.locationId), token.id, { now: true })

      expect(refused(await withToken(`Bearer ${secret}`))).toEqual(unauthorized('Invalid Private Integration token'))
      expect((await withToken(`Bearer ${next.secret}`)).status).toBe(200)
    })

    test('for v1 is refused on v2', async () => {
      const sentence = 'Invalid token: access token is invalid'

      expect(refused(await withToken(`Bearer ${crm.first.apiKey}`))).toEqual(unauthorized(sentence, 'Unauthorized'))
    })

    test.each([
      ['without the word Bearer', (token: string) => token],
      ['in lower case', (token: string) => `bearer ${token}`],
      ['in upper case', (token: string) => `BEARER ${token}`],
      ['with blanks around', (token: string) => `  Bearer   ${token}  `],
      ['with a tab', (token: string) => `Bearer\t${token}`],
    ])('is taken %s', async (_, write) => {
      expect((await withToken(write(crm.token))).status).toBe(200)
    })
  })

  describe('the Version header', () => {
    const authorized = (headers: object = {}) => get({ authorization: `Bearer ${crm.token}`, ...headers })

    test('is needed', async () => {
      expect(refused(await authorized())).toEqual(unauthorized('version header was not found.'))
      expect(refused(await authorized({ version: '' }))).toEqual(unauthorized('version header was not found.'))
    })

    test.each(['2021-07-29', 'v2', 'v1', '2021-07-28, 2021-07-28', 'latest', '__proto__', 'v4'])(
      'is unknown: %s',
      async (unknown) => {
        expect(refused(await authorized({ version: unknown }))).toEqual(unauthorized('version header is invalid'))
      },
    )

    test.each(['2021-07-28', '2021-04-15', '2023-02-21', 'legacy', ' 2021-07-28 '])('"%s" means v2', async (dated) => {
      const reply = await authorized({ version: dated })

      expect(reply.status).toBe(200)
      expect(reply.body.pipelines).toHaveLength(1)
    })

    test('is looked at before the token, and its name has no case', async () => {
      expect(refused(await get({}))).toEqual(unauthorized('version header was not found.'))
      expect((await get({ VERSION: version, AUTHORIZATION: `Bearer ${crm.token}` })).status).toBe(200)
    })
  })

  describe('a scope', () => {
    const secrets = new Map<string, { only: string; without: string }>()
    const place = (path: string) => path.replace(':locationId', crm.locationId).replace(/:\w+/g, 'x')
    const tokens = (scope: unknown) => secrets.get(String(scope)) as { only: string; without: string }

    beforeAll(async () => {
      for (const scope of new Set(scoped.map(([, row]) => row.scope as string))) {
        const without = allScopes.filter((other) => other !== scope)
        const [one, rest] = [await issue({ scopes: [scope] }), await issue({ scopes: without })]
        secrets.set(scope, { only: one.secret, without: rest.secret })
      }
    })

    test('is asked for by every operation', () => {
      expect(Object.entries(v2).filter(([id]) => !scoped.some(([other]) => other === id))).toEqual([])
    })

    test.each(scoped)('%s is refused to a token that lacks the scope', async (_, row) => {
      const { without } = tokens(row.scope)

      for (const method of [row.method].flat()) {
        const reply = await crm.ask(method, place(row.path), { token: without })
        expect(refused(reply)).toEqual(unauthorized('The token is not authorized for this scope.'))
      }
    })

    test.each(scoped)('%s is open to a token that has this scope alone', async (_, row) => {
      const { only } = tokens(row.scope)

      for (const method of [row.method].flat()) {
        const { status } = await crm.ask(method, place(row.path), { token: only })
        expect([200, 201, 400, 404, 422]).toContain(status)
      }
    })

    test('that is missing is told before the body or a foreign location is looked at', async () => {
      const { without } = tokens('opportunities.write')
      const body = { locationId: 'somewhere else', foo: 1 }

      const reply = await crm.v2.post('/opportunities/', body, { token: without })

      expect(refused(reply)).toEqual(unauthorized('The token is not authorized for this scope.'))
    })
  })
})
