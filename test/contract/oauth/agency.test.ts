import { decodeJwt } from 'jose'
import sql from 'sql-template-tag'
import { beforeAll, describe, expect, test } from 'vitest'
import { v2 } from '../../../src/api/v2/routes.ts'
import { createLocation } from '../../../src/domain/accounts/locations.ts'
import { findToken, revokeToken } from '../../../src/domain/tokens/tokens.ts'
import { bare, onEveryStore, type Reply } from '../../harness.ts'
import { type App, givenApp, grant, refresh, refusal } from '../../support/oauth.ts'
import { refused, unauthorized } from '../../support/refused.ts'

const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const wrongType = unauthorized("This token's user type is not yet supported!")

onEveryStore("an app's token for the whole company", (crm) => {
  let app: App
  let agency: { access_token: string; refresh_token: string; companyId: string; userId: string }
  let token: string
  let companyId: string
  let other: { id: string; token: string }
  beforeAll(async () => {
    app = await givenApp(crm)
    agency = await grant(crm, app, { location: 'all' })
    token = agency.access_token
    companyId = agency.companyId
    other = await crm.given.location()
  })

  const exchange = (locationId: string, bearer = token) =>
    crm.v2.post('/oauth/locationToken', { companyId, locationId }, { token: bearer })
  /** As an admin of the location does who finds it among the tokens there. */
  async function takeOut(locationId: string, bearer: string) {
    const { access_token } = (await exchange(locationId, bearer)).body
    const found = await findToken(crm.app.store, access_token, crm.as('').now())
    await revokeToken(crm.as(locationId), found?.token.id as string)
  }
  const listContacts = (locationId: string, bearer: string) =>
    crm.v2.get(`/contacts/?locationId=${locationId}`, { token: bearer })

  describe('in a location', () => {
    const scoped = Object.entries(v2).filter(([, { callers }]) => (callers ?? 'location') === 'location')

    test.each(scoped)('is refused: %s', async (_, row) => {
      const path = row.path.replace(':locationId', crm.locationId).replace(/:\w+/g, 'x')
      for (const method of [row.method].flat())
        expect(refused(await crm.ask(method, path, { token }))).toEqual(wrongType)
    })

    test('is exchanged for one of the location', async () => {
      const reply = await exchange(other.id)

      expect(reply.status).toBe(200)
      expect(reply.headers.get('cache-control')).toBe('no-store')
      expect(bare(reply)).toEqual({
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 86399,
        refresh_token: expect.stringMatching(/^\w{64}$/),
        scope: decodeScopes(token),
        locationId: other.id,
        planId: null,
        userId: agency.userId,
        appId: app.appId,
        versionId: app.appId,
      })
      expect(decodeJwt(reply.body.access_token)).toMatchObject({
        authClass: 'Location',
        authClassId: other.id,
        primaryAuthClassId: companyId,
      })
      expect((await listContacts(other.id, reply.body.access_token)).status).toBe(200)
      expect((await listContacts(crm.locationId, reply.body.access_token)).status).toBe(403)
    })

    test('is exchanged by a form, and in v3 at a path and in a spelling of its own', async () => {
      const form = await crm.v2.post('/oauth/locationToken', `companyId=${companyId}&locationId=${other.id}`, { token })
      const v3 = await crm.v3.post('/oauth/location-token', { companyId, locationId: other.id }, { token })
      const old = await crm.v3.post('/oauth/locationToken', { companyId, locationId: other.id }, { token })

      expect(bare(v3)).toEqual({
        accessToken: expect.any(String),
        tokenType: 'Bearer',
        expiresIn: 86399,
        refreshToken: expect.any(String),
        scope: decodeScopes(token),
        locationId: other.id,
        planId: null,
        userId: agency.userId,
        appId: app.appId,
        versionId: app.appId,
      })
      for (const { body } of [form, old]) expect((await listContacts(other.id, body.access_token)).status).toBe(200)
      expect((await listContacts(other.id, v3.body.accessToken)).status).toBe(200)
    })

    test("is exchanged for one that is renewed by itself, and ends with the company's", async () => {
      const { companyId: _, ...rest } = agency
      const own = await grant(crm, app, { location: 'all' })
      const first = (await exchange(other.id, own.access_token)).body
      const renewed = (await refresh(crm, app, first.refresh_token)).body
      expect(renewed).toMatchObject({ userType: 'Location', locationId: other.id, userId: rest.userId })
      expect((await listContacts(other.id, renewed.access_token)).status).toBe(200)

      const found = await findToken(crm.app.store, own.access_token, crm.as('').now())
      await revokeToken(crm.as(companyId), found?.token.id as string)
      crm.advance(1000)

      for (const { access_token } of [first, renewed]) {
        expect((await listContacts(other.id, access_token)).status).toBe(401)
      }
      expect((await refresh(crm, app, renewed.refresh_token)).status).toBe(400)
      expect((await exchange(other.id, own.access_token)).status).toBe(401)
    })

    test("is exchanged again after a copy of the location's was used, which ended", async () => {
      const first = (await exchange(other.id)).body
      await refresh(crm, app, first.refresh_token)
      expect((await refresh(crm, app, first.refresh_token)).status).toBe(400)
      crm.advance(1000)
      expect((await listContacts(other.id, first.access_token)).status).toBe(401)

      const { body } = await exchange(other.id)

      expect((await listContacts(other.id, body.access_token)).status).toBe(200)
    })

    test('is not exchanged any more where somebody took the app out', async () => {
      const { access_token: own } = await grant(crm, app, { location: 'all' })
      const { id } = await crm.given.location()
      await takeOut(id, own)

      expect(refused(await exchange(id, own))).toEqual(refusal(400, 'invalid_request', 'Location is not active'))
      expect((await exchange(other.id, own)).status).toBe(200)
    })

    test('asked for again and again makes one grant, and keeps the newest hundred of its tokens', async () => {
      const { id } = await crm.given.location()
      const given: Reply[] = []
      for (let asked = 0; asked < 103; asked++) {
        given.push(await exchange(id))
        crm.advance(1000)
      }

      const kept = await crm.app.store.all<{ tokens: number; hashes: number; families: number }>(sql`
        select (select count(*) from tokens where location_id = ${id} and kind = 'oauth') as tokens,
          (select count(*) from token_hashes where location_id = ${id} and expires_at is not null) as hashes,
          (select count(*) from refresh_tokens where location_id = ${id}) as families`)
      const [first, last] = [given[0] as Reply, given.at(-1) as Reply]

      expect(kept).toEqual([{ tokens: 1, hashes: 100, families: 100 }])
      expect((await listContacts(id, first.body.access_token)).status).toBe(401)
      expect((await listContacts(id, last.body.access_token)).status).toBe(200)
    }, 60_000)

    test('needs the scope, and another company is not its own', async () => {
      const few = await grant(crm, app, { location: 'all' }, { scope: 'oauth.readonly' })
      const scope = unauthorized('The token is not authorized for this scope.')

      expect(refused(await exchange(other.id, few.access_token))).toEqual(scope)
      const body = { companyId: 'x', locationId: other.id }
      expect(refused(await crm.v2.post('/oauth/locationToken', body, { token }))).toEqual([
        403,
        { statusCode: 403, message: 'The token does not have access to this company.' },
      ])
    })

    test.each(['x', ''])('that is none is refused: "%s"', async (locationId) => {
      const message = locationId ? 'Location is not active' : 'Missing parameter: locationId'

      expect(refused(await exchange(locationId))).toEqual(refusal(400, 'invalid_request', message))
    })

    test('of another company is refused', async () => {
      const foreign = await createLocation(crm.as(crm.locationId), { name: 'Foreign', companyId: 'another' })

      expect(refused(await exchange(foreign.id))).toEqual(refusal(400, 'invalid_request', 'Location is not active'))
    })

    test.each<[string, unknown, string]>([
      ['nothing', {}, 'Missing parameter: companyId'],
      ['no location', { companyId: 'x' }, 'Missing parameter: locationId'],
      ['a number', { companyId: 5, locationId: 'x' }, 'Invalid parameter: companyId must be a string'],
      ['no JSON', '{', 'Invalid request: the body cannot be read'],
    ])('is not exchanged for what nobody understands: %s', async (_, body, message) => {
      for (const [dialect, path] of [
        [crm.v2, '/oauth/locationToken'],
        [crm.v3, '/oauth/location-token'],
      ] as const) {
        expect(refused(await dialect.post(path, body, { token }))).toEqual(refusal(400, 'invalid_request', message))
      }
    })

    test("needs to be an agency's: no location's is exchanged, and none of v1", async () => {
      const { access_token } = await grant(crm, app)

      for (const bearer of [crm.token, access_token]) {
        expect(refused(await exchange(other.id, bearer))).toEqual(wrongType)
      }
      expect(refused(await exchange(other.id, crm.first.apiKey))).toEqual(
        unauthorized('Invalid token: access token is invalid', 'Unauthorized'),
      )
      expect(refused(await exchange(other.id, ''))).toEqual(unauthorized('Unauthorized'))
    })
  })

  describe('finds where the app is installed', () => {
    let single: App
    let names: string[]
    beforeAll(async () => {
      single = await givenApp(crm)
      for (const name of ['Zoë’s Shoes', 'Acme North', 'Acme South']) {
        crm.advance(1)
        await createLocation(crm.as(crm.locationId), { name, address: 'Main Street 1' })
      }
      const all = (await crm.v2.get('/locations/search', { token })).body.locations
      names = all.map(({ name }: { name: string }) => name)
    })

    const search = (query: Record<string, string> = {}, bearer = token) =>
      crm.v2.get(`/oauth/installedLocations?${new URLSearchParams({ companyId, appId: app.appId, ...query })}`, {
        token: bearer,
      })
    const searchV3 = (query: Record<string, string> = {}, bearer = token) =>
      crm.v3.get(`/oauth/installed-locations?${new URLSearchParams({ companyId, appId: app.appId, ...query })}`, {
        token: bearer,
      })
    const found = ({ body }: Reply) => (body.locations ?? body.items).map(({ name }: { name: string }) => name)

    test('by name', async () => {
      const reply = await search({ query: 'zoe' })

      const [{ _id }] = reply.body.locations
      expect(bare(reply)).toEqual({
        locations: [
          {
            _id,
            name: 'Zoë’s Shoes',
            address: 'Main Street 1',
            isInstalled: true,
            versionId: app.appId,
            installedAt: expect.stringMatching(iso),
          },
        ],
        count: 1,
        installToFutureLocations: true,
      })
      expect(found(await search({ locationId: _id }))).toEqual(['Zoë’s Shoes'])
    })

    test.each([
      [{ isInstalled: 'true' }, () => names],
      [{ isInstalled: 'false' }, () => []],
      [{ onTrial: 'true' }, () => []],
      [{ onTrial: 'false' }, () => names],
      [{ planId: 'x' }, () => []],
      [{ versionId: 'x' }, () => []],
      [{ query: 'acme' }, () => ['Acme North', 'Acme South']],
      [{ query: 'acme', skip: '1' }, () => ['Acme South']],
      [{ query: 'acme', limit: '1' }, () => ['Acme North']],
      [{ query: 'nothing' }, () => []],
      [{ locationId: 'x' }, () => []],
    ])('by %j', async (query, wanted) => {
      expect(found(await search({ limit: '100', ...query }))).toEqual(wanted())
    })

    test('by its version, and by its whole client id', async () => {
      expect(found(await search({ limit: '100', versionId: app.appId }))).toEqual(names)
      expect(found(await search({ limit: '100', appId: app.clientId }))).toEqual(names)
    })

    test('twenty at a time unless asked, and says how many there are', async () => {
      for (let made = 0; made < 20; made++) await createLocation(crm.as(crm.locationId), { name: `Branch ${made}` })

      const { locations, count } = (await search()).body

      expect(locations).toHaveLength(20)
      expect(count).toBeGreaterThan(22)
    })

    test('since when the location is there, where that is later than the app', async () => {
      const { id, createdAt } = await createLocation(crm.as(crm.locationId), { name: 'New' })

      const [one] = (await search({ locationId: id })).body.locations

      expect(one.installedAt).toBe(new Date(createdAt).toISOString())
    })

    test('but not where somebody took it out', async () => {
      const { access_token: own } = await grant(crm, app, { location: 'all' })
      const { id: locationId } = await createLocation(crm.as(crm.locationId), { name: 'Taken out' })
      await takeOut(locationId, own)

      const [one] = (await search({ locationId }, own)).body.locations
      expect(one).toEqual({ _id: locationId, name: 'Taken out', address: '', isInstalled: false })
      expect(found(await search({ isInstalled: 'false' }, own))).toEqual(['Taken out'])
      expect(found(await search({ isInstalled: 'true', limit: '100' }, own))).not.toContain('Taken out')
      await grant(crm, app, { location: locationId })
      expect(found(await search({ isInstalled: 'true', locationId }, own))).toEqual(['Taken out'])
    })

    test('page by page in v3', async () => {
      const seen: string[] = []
      let page = await searchV3({ query: 'acme', pageSize: '1' })
      expect(bare(page)).toEqual({
        items: [expect.objectContaining({ name: 'Acme North', isInstalled: true })],
        pagination: {
          hasNextPage: true,
          hasPrevPage: false,
          nextPageToken: expect.any(String),
          prevPageToken: null,
          currentPageSize: 1,
          totalRecords: 2,
        },
        metadata: { installToFutureLocations: true },
      })

      seen.push(...found(page))
      page = await searchV3({ query: 'acme', pageSize: '1', pageToken: page.body.pagination.nextPageToken })
      seen.push(...found(page))

      expect(seen).toEqual(['Acme North', 'Acme South'])
      expect(page.body.pagination).toMatchObject({ hasNextPage: false, hasPrevPage: true, nextPageToken: null })
      const { prevPageToken } = page.body.pagination
      expect(found(await searchV3({ query: 'acme', pageSize: '1', pageToken: prevPageToken }))).toEqual(['Acme North'])
    })

    test("also where one location let it in by itself, before the company's did", async () => {
      await grant(crm, single, { location: other.id })
      const whole = await grant(crm, single, { location: 'all' })
      const query = { appId: single.appId, locationId: other.id }

      const [one] = (await search(query, whole.access_token)).body.locations

      expect(one).toMatchObject({ _id: other.id, isInstalled: true, versionId: single.appId })
    })

    test('of its own company and app only', async () => {
      const wrong = [
        [{ companyId: 'x' }, 'The token does not have access to this company.'],
        [{ appId: single.appId }, 'The token does not have access to this app.'],
      ] as const

      for (const [query, message] of wrong) {
        expect(refused(await search(query))).toEqual([403, { statusCode: 403, message }])
        expect(refused(await searchV3(query))).toEqual([
          403,
          {
            statusCode: 403,
            message,
            error: {
              code: 'FORBIDDEN',
              message,
              details: null,
              resolution: 'Ask for the company and the app that the token belongs to.',
            },
          },
        ])
      }
    })

    test.each<[Record<string, string>, string]>([
      [{ companyId: '' }, 'Missing parameter: companyId'],
      [{ appId: '' }, 'Missing parameter: appId'],
      [{ isInstalled: 'maybe' }, 'Invalid parameter: isInstalled must be a boolean value'],
    ])('but refuses %j', async (query, message) => {
      expect(refused(await search(query))).toEqual(refusal(400, 'invalid_request', message))
      expect(refused(await searchV3(query))).toEqual(badRequest(message))
    })

    test.each<[Record<string, string>, string]>([
      [{ skip: '-1' }, 'Invalid parameter: skip must not be less than 0'],
      [{ limit: '0' }, 'Invalid parameter: limit must not be less than 1'],
      [{ limit: '101' }, 'Invalid parameter: limit must not be greater than 100'],
      [{ limit: 'ten' }, 'Invalid parameter: limit must be an integer number'],
    ])('refuses %j in v2', async (query, message) => {
      expect(refused(await search(query))).toEqual(refusal(400, 'invalid_request', message))
    })

    test.each<[Record<string, string>, string]>([
      [{ pageSize: '0' }, 'Invalid parameter: pageSize must not be less than 1'],
      [{ pageToken: 'x' }, 'Invalid parameter: pageToken must match ^[0-9]{1,9}$ regular expression'],
    ])('refuses %j in v3', async (query, message) => {
      expect(refused(await searchV3(query))).toEqual(badRequest(message))
    })

    test("with an agency's token and its scope only", async () => {
      const few = await grant(crm, app, { location: 'all' }, { scope: 'oauth.write' })
      const scope = 'The token is not authorized for this scope.'

      expect(refused(await search({}, crm.token))).toEqual(wrongType)
      expect(refused(await search({}, few.access_token))).toEqual(unauthorized(scope))
      expect(refused(await searchV3({}, few.access_token))).toEqual([
        401,
        {
          statusCode: 401,
          message: scope,
          error: {
            code: 'UNAUTHORIZED',
            message: scope,
            details: null,
            resolution: "Send the access token of an agency's grant with the scope oauth.readonly.",
          },
        },
      ])
    })
  })

  describe('lists the locations of the company', () => {
    const search = (query = '') => crm.v2.get(`/locations/search${query}`, { token })
    const ids = ({ body }: Reply) => body.locations.map(({ id }: { id: string }) => id)

    test('the oldest first, or the newest', async () => {
      const all = ids(await search())

      expect(all.slice(0, 2)).toEqual([crm.locationId, other.id])
      expect(ids(await search('?order=desc'))).toEqual([...all].reverse())
      expect(ids(await search('?limit=1&skip=1'))).toEqual([other.id])
    })

    test('none of another company, and those of an e-mail address', async () => {
      const foreign = await createLocation(crm.as(crm.locationId), { name: 'Foreign', companyId: 'yet another' })
      const { id } = await createLocation(crm.as(crm.locationId), { name: 'Mail', email: 'Mail@example.com' })

      expect(ids(await search())).not.toContain(foreign.id)
      expect(ids(await search('?email=mail@example.com'))).toEqual([id])
    })

    test("as a location's token finds its own alone", async () => {
      expect(ids(await crm.v2.get('/locations/search'))).toEqual([crm.locationId])
    })
  })
})

const decodeScopes = (token: string) =>
  (decodeJwt(token) as { oauthMeta: { scopes: string[] } }).oauthMeta.scopes.join(' ')

const badRequest = (message: string) => [
  400,
  {
    statusCode: 400,
    message,
    error: {
      code: 'BAD_REQUEST',
      message,
      details: null,
      resolution: 'Correct the parameter that the message names.',
    },
  },
]
