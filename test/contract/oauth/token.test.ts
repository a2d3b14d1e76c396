import { createHash } from 'node:crypto'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import sql from 'sql-template-tag'
import { beforeAll, describe, expect, test } from 'vitest'
import { findToken } from '../../../src/domain/tokens/tokens.ts'
import { bare, onEveryStore } from '../../harness.ts'
import {
  type App,
  askToken,
  callback,
  codeFor,
  exchange,
  givenApp,
  grant,
  invalidGrant,
  refresh,
  refusal,
  works,
} from '../../support/oauth.ts'
import { refused, unauthorized } from '../../support/refused.ts'

const minute = 60 * 1000
const jwt = /^[\w-]+\.[\w-]+\.[\w-]{342}$/
const scope = 'opportunities.readonly contacts.readonly'

onEveryStore('the token endpoint', (crm) => {
  let app: App
  let userId: string
  let companyId: string
  beforeAll(async () => {
    app = await givenApp(crm)
    userId = (await crm.v2.get(`/users/?locationId=${crm.locationId}`)).body.users[0].id
    companyId = (await crm.v2.get(`/locations/${crm.locationId}`)).body.location.companyId
  })

  const code = (more: Record<string, string> = {}, wish = {}) => codeFor(crm, app, wish, more)
  const secrets = () => ({ client_id: app.clientId, client_secret: app.clientSecret })
  const camel = () => ({ clientId: app.clientId, clientSecret: app.clientSecret })
  const askV3 = (body: object) => crm.v3.post('/oauth/token', body, { token: '' })

  describe('for a code', () => {
    test('answers a token for the location', async () => {
      const reply = await exchange(crm, app, await code({ scope }), { user_type: 'Location', redirect_uri: callback })

      expect(reply.status).toBe(200)
      expect(reply.headers.get('cache-control')).toBe('no-store')
      expect(bare(reply)).toEqual({
        access_token: expect.stringMatching(jwt),
        token_type: 'Bearer',
        expires_in: 86399,
        refresh_token: expect.stringMatching(/^\w{64}$/),
        scope,
        userType: 'Location',
        locationId: crm.locationId,
        companyId,
        approvedLocations: [crm.locationId],
        userId,
        planId: null,
        isBulkInstallation: false,
        installToFutureLocations: false,
        approveAllLocations: false,
      })
    })

    test('answers a token for the company where all locations were chosen', async () => {
      const other = await crm.given.location()

      const reply = await exchange(crm, app, await code({ scope }, { location: 'all' }))

      expect(bare(reply)).toEqual({
        access_token: expect.stringMatching(jwt),
        token_type: 'Bearer',
        expires_in: 86399,
        refresh_token: expect.any(String),
        scope,
        userType: 'Company',
        companyId,
        approvedLocations: expect.arrayContaining([crm.locationId, other.id]),
        userId,
        planId: null,
        isBulkInstallation: true,
        installToFutureLocations: true,
        approveAllLocations: true,
      })
    })

    test('speaks camelCase in v3', async () => {
      const body = { ...camel(), grantType: 'authorization_code', code: await code({ scope }), redirectUri: callback }
      const reply = await askV3(body)

      expect(bare(reply)).toEqual({
        accessToken: expect.stringMatching(jwt),
        tokenType: 'Bearer',
        expiresIn: 86399,
        refreshToken: expect.any(String),
        scope,
        userType: 'Location',
        locationId: crm.locationId,
        companyId,
        approvedLocations: [crm.locationId],
        userId,
        planId: null,
        isBulkInstallation: false,
        installToFutureLocations: false,
        approveAllLocations: false,
      })
      expect(await works(crm, reply.body.accessToken)).toBe(true)
    })

    test('speaks as it is spoken to: v3 with the names of v2, and v2 with those of v3', async () => {
      const inV3 = await askV3({ ...secrets(), grant_type: 'authorization_code', code: await code() })
      const body = { ...camel(), grantType: 'authorization_code', code: await code() }
      const inV2 = await crm.v2.post('/oauth/token', body, { token: '' })

      for (const reply of [inV3, inV2]) expect(await works(crm, reply.body.access_token)).toBe(true)
    })

    test.each(['', '2021-07-28', 'whatever'])('needs no Version header: "%s"', async (version) => {
      const fields = { ...secrets(), grant_type: 'authorization_code', code: await code() }

      expect((await askToken(crm, fields, { version })).status).toBe(200)
    })

    test('takes JSON too, and the secret in a header', async () => {
      const fields = { grant_type: 'authorization_code', code: await code() }
      const basic = btoa(`${app.clientId}:${app.clientSecret}`)
      const headers = { authorization: `Basic ${basic}` }

      expect((await askToken(crm, fields, headers)).status).toBe(200)
      const body = { ...secrets(), ...fields, code: await code() }
      expect((await crm.v2.post('/oauth/token', body, { token: '' })).status).toBe(200)
    })

    test('gives what was agreed to, and nothing else', async () => {
      const { access_token: token } = await grant(crm, app, {}, { scope: 'contacts.readonly' })

      expect((await crm.v2.get(`/contacts/?locationId=${crm.locationId}`, { token })).status).toBe(200)
      expect(refused(await crm.v2.post('/contacts/', { locationId: crm.locationId }, { token }))).toEqual(
        unauthorized('The token is not authorized for this scope.'),
      )
      const { id } = await crm.given.location()
      expect((await crm.v2.get(`/contacts/?locationId=${id}`, { token })).status).toBe(403)
    })
  })

  describe('an access token', () => {
    test('is signed by a key that anybody can look up, and says what clients look for', async () => {
      const { access_token } = await grant(crm, app, {}, { scope })
      const keys = createRemoteJWKSet(new URL(`${crm.url}/oauth/jwks.json`))

      const { payload, protectedHeader } = await jwtVerify(access_token, keys, {
        currentDate: new Date(crm.as(crm.locationId).now()),
      })

      expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: expect.any(String) })
      expect(payload).toEqual({
        authClass: 'Location',
        authClassId: crm.locationId,
        source: 'INTEGRATION',
        sourceId: app.clientId,
        channel: 'OAUTH',
        primaryAuthClassId: crm.locationId,
        oauthMeta: { scopes: scope.split(' '), client: app.appId, clientKey: app.clientId, versionId: app.appId },
        iat: expect.any(Number),
        exp: (payload.iat as number) + 86399,
        jti: expect.any(String),
      })
    })

    test('says so where it is for a company', async () => {
      const { access_token } = await grant(crm, app, { location: 'all' })

      const claims = decodeJwt(access_token)

      expect(claims).toMatchObject({ authClass: 'Company', authClassId: companyId, primaryAuthClassId: companyId })
    })

    test('shows the public half of the key only', async () => {
      const { keys } = (await crm.v2.get('/oauth/jwks.json')).body

      expect(keys.map((key: object) => Object.keys(key).sort())).toEqual([['alg', 'e', 'kid', 'kty', 'n', 'use']])
    })

    test('ends after a day', async () => {
      const { access_token } = await grant(crm, app)

      crm.advance(86_397_000)
      expect(await works(crm, access_token)).toBe(true)
      crm.advance(2000)

      const reply = await crm.v2.get('/opportunities/pipelines', { token: access_token })
      expect(refused(reply)).toEqual(unauthorized('Invalid token: access token is invalid', 'Unauthorized'))
    })

    test('that somebody changed is none', async () => {
      const { access_token } = await grant(crm, app)
      const [header = '', claims = '', signature = ''] = access_token.split('.')
      const wider = Buffer.from(JSON.stringify({ ...decodeJwt(access_token), authClass: 'Company' }))
      const invalid = unauthorized('Invalid token: access token is invalid', 'Unauthorized')
      const malformed = unauthorized('Invalid JWT')

      for (const [token, refusal] of [
        [`${header}.${wider.toString('base64url')}.${signature}`, invalid],
        [`${header}.${claims}.`, invalid],
        [`${header}.${claims}`, malformed],
        [`${header}.${claims.slice(1)}.${signature}`, malformed],
      ] as const) {
        expect(refused(await crm.v2.get('/opportunities/pipelines', { token }))).toEqual(refusal)
      }
    })
  })

  describe('refuses a code', () => {
    test('that nobody was given, or another app', async () => {
      const other = await givenApp(crm)
      const own = await code()

      expect(refused(await exchange(crm, app, 'made up'))).toEqual(invalidGrant('authorization code is invalid'))
      expect(refused(await exchange(crm, other, own))).toEqual(invalidGrant('authorization code is invalid'))
      expect((await exchange(crm, app, own)).status).toBe(200)
    })

    test('after ten minutes', async () => {
      const [late, early] = [await code(), await code()]

      crm.advance(9 * minute)
      expect((await exchange(crm, app, early)).status).toBe(200)
      crm.advance(minute)
      expect(refused(await exchange(crm, app, late))).toEqual(invalidGrant('authorization code has expired'))
    })

    test('with another address than the one it was sent to', async () => {
      const own = await code()

      for (const redirect_uri of [`${callback}/`, callback.toUpperCase(), 'https://evil.example.com/']) {
        expect(refused(await exchange(crm, app, own, { redirect_uri }))).toEqual(
          invalidGrant('redirect URI is invalid'),
        )
      }
      expect((await exchange(crm, app, own, { redirect_uri: callback })).status).toBe(200)
    })

    test('a second time, and ends what the first time gave', async () => {
      const own = await code()
      const { body } = await exchange(crm, app, own)
      const { body: next } = await refresh(crm, app, body.refresh_token)
      expect(await works(crm, next.access_token)).toBe(true)

      expect(refused(await exchange(crm, app, own))).toEqual(invalidGrant('authorization code is invalid'))
      crm.advance(1000)

      for (const { access_token } of [body, next]) expect(await works(crm, access_token)).toBe(false)
      expect(refused(await refresh(crm, app, next.refresh_token))).toEqual(invalidGrant('refresh token is invalid'))
    })

    test('a second time by another app, and ends nothing', async () => {
      const own = await code()
      const { body } = await exchange(crm, app, own)

      expect((await exchange(crm, await givenApp(crm), own)).status).toBe(400)
      crm.advance(1000)

      expect(await works(crm, body.access_token)).toBe(true)
    })
  })

  describe('where a code was asked for with a challenge', () => {
    const verifier = 'a-verifier.of_43~signs-or-more-as-RFC-7636-wants'
    const hashed = createHash('sha256').update(verifier).digest('base64url')
    const invalid = invalidGrant('code verifier is invalid')

    test.each([
      ['S256', { code_challenge: hashed, code_challenge_method: 'S256' }],
      ['plain', { code_challenge: verifier, code_challenge_method: 'plain' }],
      ['plain, unsaid', { code_challenge: verifier }],
    ])('wants the verifier: %s', async (_, challenge) => {
      const own = await code(challenge)

      expect(refused(await exchange(crm, app, own))).toEqual(invalid)
      expect(refused(await exchange(crm, app, own, { code_verifier: `${verifier}x` }))).toEqual(invalid)
      expect(refused(await exchange(crm, app, own, { code_verifier: '' }))).toEqual(invalid)
      expect((await exchange(crm, app, own, { code_verifier: verifier })).status).toBe(200)
    })

    test('the challenge itself is no verifier', async () => {
      const own = await code({ code_challenge: hashed, code_challenge_method: 'S256' })

      expect(refused(await exchange(crm, app, own, { code_verifier: hashed }))).toEqual(invalid)
    })

    test('and where it was not, wants none: somebody took the challenge away', async () => {
      expect(refused(await exchange(crm, app, await code(), { code_verifier: verifier }))).toEqual(invalid)
    })

    test('v3 spells it its own way', async () => {
      const own = await code({ code_challenge: hashed, code_challenge_method: 'S256' })
      const body = { ...camel(), grantType: 'authorization_code', code: own, codeVerifier: verifier }

      expect((await askV3(body)).status).toBe(200)
    })
  })

  describe('for a refresh token', () => {
    test('answers a new pair, and the access token before works on', async () => {
      const first = await grant(crm, app, {}, { scope })

      const reply = await refresh(crm, app, first.refresh_token)

      const { traceId: _, ...given } = first
      const [access_token, refresh_token] = [expect.stringMatching(jwt), expect.stringMatching(/^\w{64}$/)]
      expect(bare(reply)).toEqual({ ...given, access_token, refresh_token })
      expect(reply.body.access_token).not.toBe(first.access_token)
      expect(reply.body.refresh_token).not.toBe(first.refresh_token)
      for (const { access_token } of [first, reply.body]) expect(await works(crm, access_token)).toBe(true)
    })

    test('takes each once: the second time everything that the grant gave ends', async () => {
      const first = await grant(crm, app)
      const { body: second } = await refresh(crm, app, first.refresh_token)
      const { body: third } = await refresh(crm, app, second.refresh_token)
      const neighbour = await grant(crm, app)

      expect(refused(await refresh(crm, app, first.refresh_token))).toEqual(invalidGrant('refresh token is invalid'))
      crm.advance(1000)

      expect(refused(await refresh(crm, app, third.refresh_token))).toEqual(invalidGrant('refresh token is invalid'))
      for (const { access_token } of [first, second, third]) expect(await works(crm, access_token)).toBe(false)
      expect(await works(crm, neighbour.access_token)).toBe(true)
    })

    test('is good for a year, and each of them from its own beginning', async () => {
      const day = 24 * 60 * minute
      const [idle, used] = [await grant(crm, app), await grant(crm, app)]

      crm.advance(364 * day)
      const renewed = await refresh(crm, app, used.refresh_token)
      crm.advance(day)

      expect(refused(await refresh(crm, app, idle.refresh_token))).toEqual(invalidGrant('refresh token has expired'))
      expect((await refresh(crm, app, renewed.body.refresh_token)).status).toBe(200)
    })

    test('speaks camelCase in v3', async () => {
      const { refresh_token } = await grant(crm, app)

      const reply = await askV3({ ...camel(), grantType: 'refresh_token', refreshToken: refresh_token })

      expect(await works(crm, reply.body.accessToken)).toBe(true)
      expect((await refresh(crm, app, reply.body.refreshToken)).status).toBe(200)
    })

    test("is refused to another app, and for what is no refresh token; the grant's own works on", async () => {
      const { refresh_token, access_token } = await grant(crm, app)
      const other = await givenApp(crm)

      for (const [who, what] of [
        [other, refresh_token],
        [app, access_token],
        [app, 'made up'],
        [app, `${refresh_token.startsWith('x') ? 'y' : 'x'}${refresh_token.slice(1)}`],
      ] as const) {
        expect(refused(await refresh(crm, who, what))).toEqual(invalidGrant('refresh token is invalid'))
      }
      expect((await refresh(crm, app, refresh_token)).status).toBe(200)
    })

    test('keeps no access tokens beyond their day', async () => {
      const id = async (token: string) => (await findToken(crm.app.store, token, crm.as('').now()))?.token.id
      const kept = async (tokenId: string | undefined) =>
        crm.app.store.all(sql`
          select 1 from token_hashes where location_id = ${crm.locationId} and token_id = ${tokenId}`)
      const { access_token, refresh_token } = await grant(crm, app)
      const own = await id(access_token)
      const { body: second } = await refresh(crm, app, refresh_token)
      expect(await kept(own)).toHaveLength(2)

      crm.advance(86_400_000)
      await refresh(crm, app, second.refresh_token)

      expect(await kept(own)).toHaveLength(1)
    })
  })

  describe('refuses what it does not understand:', () => {
    const invalid = (message: string) => refusal(400, 'invalid_request', message)
    const client = refusal(401, 'invalid_client', 'Invalid client: client is invalid')
    const cases: [string, Record<string, unknown>, [number, unknown]][] = [
      ['nothing', {}, invalid('Missing parameter: grant_type')],
      ['no client', { grant_type: 'refresh_token' }, invalid('Missing parameter: client_id')],
      ['no secret', { grant_type: 'refresh_token', client_id: 'x' }, invalid('Missing parameter: client_secret')],
      ['no code', { grant_type: 'authorization_code', ...both('x') }, invalid('Missing parameter: code')],
      [
        'an empty code',
        { grant_type: 'authorization_code', ...both('x'), code: '' },
        invalid('Missing parameter: code'),
      ],
      ['no refresh token', { grant_type: 'refresh_token', ...both('x') }, invalid('Missing parameter: refresh_token')],
      ['an unknown client', { grant_type: 'authorization_code', ...both('x'), code: 'x' }, client],
      [
        'another user type',
        { grant_type: 'authorization_code', ...both('x'), code: 'x', user_type: 'Agency' },
        invalid('Invalid parameter: user_type must be one of the following values: Company, Location'),
      ],
      ...['client_credentials', 'password', '__proto__', 'authorization_code '].map(
        (grant_type): [string, Record<string, unknown>, [number, unknown]] => [
          grant_type,
          { grant_type, ...both('x') },
          refusal(400, 'unsupported_grant_type', 'Unsupported grant type: grant_type is invalid'),
        ],
      ),
    ]

    test.each(cases)('%s', async (_, fields, refusal) => {
      expect(refused(await askToken(crm, fields as Record<string, string>))).toEqual(refusal)
      expect(refused(await crm.v2.post('/oauth/token', fields, { token: '' }))).toEqual(refusal)
    })

    test.each([
      ['nothing', {}, 'Missing parameter: grantType'],
      ['no client', { grantType: 'refresh_token' }, 'Missing parameter: clientId'],
      ['a number', { grantType: 5 }, 'Invalid parameter: grantType must be a string'],
      [
        'another user type',
        { grantType: 'refresh_token', clientId: 'x', clientSecret: 'x', refreshToken: 'x', userType: 'x' },
        'Invalid parameter: userType must be one of the following values: Company, Location',
      ],
    ])('in v3: %s', async (_, body, message) => {
      expect(refused(await askV3(body))).toEqual(invalid(message))
    })

    test('a wrong secret, as an unknown client', async () => {
      const fields = { grant_type: 'authorization_code', client_id: app.clientId, code: 'x' }

      expect(refused(await askToken(crm, { ...fields, client_secret: 'wrong' }))).toEqual(client)
      for (const shown of [`${app.clientId}:wrong`, `${app.clientId}\0:x`, 'a%00b:x', ':', `${app.clientId}:\0`]) {
        const headers = { authorization: `Basic ${btoa(shown)}` }
        expect([shown, refused(await askToken(crm, fields, headers))]).toEqual([shown, client])
        expect((await crm.ask('POST', '/oauth/revoke', { body: { token: 'x' }, token: '', headers })).status).toBe(401)
      }
    })

    test.each([
      ['no JSON', '{"grant_type":', 'Invalid request: the body cannot be read'],
      ['a list', '[]', 'Invalid parameter: body must be an object'],
      ['a name twice', 'grant_type=a&grant_type=b', 'Invalid parameter: grant_type must not be sent twice'],
      [
        'a name in both spellings',
        '{"grant_type":"a","grantType":"b"}',
        'Invalid parameter: grant_type must not be sent twice',
      ],
      ['a field that is no text', '{"code":{}}', 'Invalid parameter: code must be a string'],
      ['U+0000', '{"client_id":"\\u0000"}', 'Invalid parameter: client_id must not contain null characters'],
      ['U+0000 in a form', 'client_id=%00', 'Invalid parameter: client_id must not contain null characters'],
      ['no form', '%%%', 'Missing parameter: grant_type'],
    ])('%s', async (_, body, message) => {
      for (const dialect of [crm.v2, crm.v3]) {
        const reply = await dialect.post('/oauth/token', body, { token: '' })
        const [status, said] = refused(reply)
        // v3 spells the one name that is missing its own way.
        expect([status, JSON.parse(JSON.stringify(said).replaceAll('grantType', 'grant_type'))]).toEqual(
          invalid(message),
        )
      }
    })

    test('other methods and paths', async () => {
      for (const [method, path] of [
        ['GET', '/oauth/token'],
        ['PUT', '/oauth/token'],
        ['POST', '/oauth/nothing'],
      ] as const) {
        expect(refused(await crm.ask(method, path))).toEqual([
          404,
          { statusCode: 404, message: `Cannot ${method} ${path}`, error: 'Not Found' },
        ])
      }
    })
  })

  describe('taking a token back', () => {
    const revoke = (token: string, who = app) =>
      crm.v2.post('/oauth/revoke', { client_id: who.clientId, client_secret: who.clientSecret, token }, { token: '' })

    test.each(['access_token', 'refresh_token'])('ends what it belongs to: %s', async (name) => {
      const given = await grant(crm, app)

      expect(bare(await revoke(given[name]))).toEqual({})
      crm.advance(1000)

      expect(await works(crm, given.access_token)).toBe(false)
      expect((await refresh(crm, app, given.refresh_token)).status).toBe(400)
    })

    test('passes over what is none of the app’s', async () => {
      const given = await grant(crm, app)
      const other = await givenApp(crm)

      for (const token of [given.access_token, given.refresh_token, crm.token, 'made up']) {
        expect((await revoke(token, other)).status).toBe(200)
      }
      crm.advance(1000)

      expect(await works(crm, given.access_token)).toBe(true)
      expect(await works(crm, crm.token)).toBe(true)
    })

    test('needs the app and a token', async () => {
      const wrong = { ...app, clientSecret: 'wrong' }

      expect(refused(await revoke('x', wrong))).toEqual(
        refusal(401, 'invalid_client', 'Invalid client: client is invalid'),
      )
      expect(refused(await revoke(''))).toEqual(refusal(400, 'invalid_request', 'Missing parameter: token'))
    })
  })
})

const both = (word: string) => ({ client_id: word, client_secret: word })
