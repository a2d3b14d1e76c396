import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Endpoint } from '../../../src/api/endpoint.ts'
import { oauthV2, oauthV3 } from '../../../src/api/oauth/routes.ts'
import { onEveryStore, type Reply } from '../../harness.ts'
import { type App, addressOf, givenApp, grant, openBrowser, ticketIn } from '../../support/oauth.ts'

const seed = Number(process.env.FUZZ_SEED ?? 6749)
const numRuns = 40

/** What is likely to be looked at, and what nobody thought of. */
const value = fc.oneof(
  fc.constantFrom(
    '',
    'authorization_code',
    'refresh_token',
    'Location',
    'true',
    '0',
    '-1',
    '1e999',
    '__proto__',
    '%00',
    '\0',
  ),
  fc.string({ unit: 'binary' }),
  fc.string({ minLength: 200, maxLength: 3000 }),
)
const names = [
  'client_id',
  'clientId',
  'client_secret',
  'grant_type',
  'grantType',
  'code',
  'refresh_token',
  'user_type',
]
const places = ['companyId', 'locationId', 'appId', 'skip', 'limit', 'pageToken', 'isInstalled', 'token', '__proto__']
const name = fc.oneof(fc.constantFrom(...names, ...places), fc.string())
const form = fc.array(fc.tuple(name, value), { maxLength: 8 }).map((pairs) => new URLSearchParams(pairs).toString())
const json = fc.dictionary(name, fc.oneof(value, fc.jsonValue()), { maxKeys: 8 }).map((body) => JSON.stringify(body))
const body = fc.oneof(form, json, fc.string({ unit: 'binary' }), fc.json())

onEveryStore('whatever is sent to OAuth', (crm) => {
  let app: App
  let token: string
  beforeAll(async () => {
    app = await givenApp(crm)
    token = (await grant(crm, app, { location: 'all' })).access_token
  })

  const rows = [
    ...Object.entries(oauthV2).map(([id, row]): [string, Endpoint, string] => [id, row, '']),
    ...Object.entries(oauthV3).map(([id, row]): [string, Endpoint, string] => [`${id} in v3`, row, 'v3']),
  ]

  /** Contract 8: 400 with a reason, 401 or 403 for who asks; never our own fault. */
  function expectAnswer({ status, headers, body, text }: Reply) {
    expect([200, 400, 401, 403], text).toContain(status)
    expect(body.traceId).toBe(headers.get('x-trace-id'))
    if (status === 200) return
    expect(body.statusCode).toBe(status)
    expect(body.message).toEqual(expect.any(String))
    const reason = body.error_description ?? body.error?.message ?? body.message
    expect(reason).toBe(body.message)
  }

  test.each(rows)('is answered: %s', { timeout: 60_000 }, async (_, row, version) => {
    const property = fc.asyncProperty(body, form, async (sent, query) => {
      const method = row.method as string
      const options = { token, headers: { version, 'content-type': 'application/x-www-form-urlencoded' } }
      const carried = method === 'GET' ? options : { ...options, body: sent }
      expectAnswer(await crm.ask(method, `${row.path}${method === 'GET' ? `?${query}` : ''}`, carried))
    })

    await fc.assert(property, { seed, numRuns })
  })

  describe('by a browser is answered with a page or a redirect', () => {
    const known = ['response_type', 'redirect_uri', 'client_id', 'scope', 'state', 'code_challenge', 'version_id']
    const query = fc.dictionary(fc.oneof(fc.constantFrom(...known), fc.string()), value, { maxKeys: 6 })

    test('at the address', { timeout: 60_000 }, async () => {
      const property = fc.asyncProperty(query, fc.boolean(), async (sent, isRight) => {
        const right: Record<string, string> = isRight ? { client_id: app.clientId } : {}
        const page = await openBrowser(crm.url).visit(addressOf({ ...sent, ...right }))
        expect([200, 303, 400, 403]).toContain(page.status)
        if (page.status === 303) expect(page.location?.startsWith('https://app.example.com/callback?')).toBe(true)
        else expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
      })

      await fc.assert(property, { seed, numRuns })
    })

    test('in a form', { timeout: 60_000 }, async () => {
      const browser = openBrowser(crm.url)
      const address = addressOf({ client_id: app.clientId })
      const ticket = ticketIn(await browser.visit(address))
      const action = fc.constantFrom('allow', 'cancel', 'other', '__proto__', 'constructor', '')
      const fields = fc.dictionary(fc.constantFrom('email', 'password', 'location', 'ticket', 'x'), value)
      const property = fc.asyncProperty(fields, action, async (sent, action) => {
        const body = new URLSearchParams({ ticket, ...sent, action }).toString()
        const { status } = await browser.visit(address, { method: 'POST', body })
        expect([200, 303, 400, 401, 403]).toContain(status)
      })

      await fc.assert(property, { seed, numRuns })
    })
  })
})
