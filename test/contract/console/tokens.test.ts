import { beforeAll, describe, expect, test } from 'vitest'
import { allScopes, scopes, usualScopes } from '../../../src/domain/tokens/scopes.ts'
import { createToken } from '../../../src/domain/tokens/tokens.ts'
import { bare, onEveryStore, type Reply } from '../../harness.ts'

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const id = expect.stringMatching(/^[A-Za-z0-9]{20}$/)
const day = 24 * 60 * 60 * 1000
const notFound = { statusCode: 404, error: 'Not Found', message: 'Token not found', code: 'TOKEN_NOT_FOUND' }
const refused = (...message: unknown[]) => ({ statusCode: 422, message, error: 'Unprocessable Entity' })
const noScope = { statusCode: 401, message: 'The token is not authorized for this scope.' }
const notHeld = (scope: string) => ({
  statusCode: 403,
  message: `You do not have ${scope} yourself, so you cannot hand it out.`,
})

onEveryStore('private integrations of the console', (crm) => {
  let keeper: { token: string }
  beforeAll(async () => {
    keeper = { token: await crm.given.token(allScopes) }
  })

  const path = '/console/tokens'
  const create = (fields: object = {}, as = keeper): Promise<Reply> =>
    crm.v2.post(path, { name: 'Form', ...fields }, as)
  const given = async (fields: object = {}) => (await create(fields)).body
  const list = async () => (await crm.v2.get(path, keeper)).body.tokens
  const statusOf = async (token: string) =>
    (await crm.v2.get(`/opportunities/pipelines?locationId=${crm.locationId}`, { token })).status
  const holder = async (...own: string[]) => ({ token: await crm.given.token(own) })
  const shown = (fields: object = {}) => ({
    id,
    locationId: crm.locationId,
    kind: 'pit',
    name: 'Form',
    description: '',
    hint: expect.stringMatching(/^[0-9a-f]{4}$/),
    scopes: usualScopes,
    createdAt: time,
    rotatedAt: null,
    oldSecretEndsAt: null,
    expiresAt: null,
    lastUsedAt: null,
    ...fields,
  })

  describe('create', () => {
    test('answers the token and, this once, a secret that works', async () => {
      const reply = await create({ scopes: ['opportunities.readonly'], description: 'On the home page' })

      expect(reply.status).toBe(201)
      const { token, secret } = bare(reply)
      expect(token).toEqual(shown({ scopes: ['opportunities.readonly'], description: 'On the home page' }))
      expect(secret).toMatch(/^pit-[0-9a-f-]{36}$/)
      expect(secret.slice(-4)).toBe(token.hint)
      expect(await statusOf(secret)).toBe(200)
      expect((await crm.v2.get(path, keeper)).text).not.toContain(secret)
    })

    test('gives what is usual where no scopes are named, and nothing that leads to more tokens', async () => {
      const { token, secret } = await given()

      expect(token.scopes).toEqual(usualScopes)
      expect(token.scopes.filter((scope: string) => /^(tokens|apps|requests)/.test(scope))).toEqual([])
      const reply = await crm.v2.get(path, { token: secret })
      expect(reply.status).toBe(401)
      expect(bare(reply)).toEqual(noScope)
    })

    test('makes keys of v1, which have no scopes', async () => {
      const { token, secret } = await given({ kind: 'v1', name: 'Old form' })

      expect(token).toEqual(shown({ kind: 'v1', name: 'Old form', scopes: [], hint: expect.stringMatching(/^.{4}$/) }))
      expect((await crm.v1.get('/v1/pipelines/', { token: secret })).status).toBe(200)
    })

    test('gives an end, after which the secret opens nothing', async () => {
      const expiresAt = new Date(crm.as('').now() + day).toISOString()

      const { token, secret } = await given({ expiresAt })

      expect(token.expiresAt).toBe(expiresAt)
      expect(await statusOf(secret)).toBe(200)
      crm.advance(day)
      expect(await statusOf(secret)).toBe(401)
    })

    test.each<[object, ...unknown[]]>([
      [{ name: ' ' }, 'name should not be empty'],
      [{ name: undefined }, 'name should not be empty', 'name must be a string'],
      [{ scopes: ['contacts.wirte'] }, 'scopes must not contain contacts.wirte, which is not a scope'],
      [{ kind: 'oauth' }, 'kind must be one of the following values: pit, v1'],
      [{ kind: 'v1', scopes: ['users.readonly'] }, 'scopes should not exist: a v1 key has none, it may do everything'],
      [{ expiresAt: 'soon' }, 'expiresAt must be a date, such as 2027-01-31T00:00:00Z'],
      [{ expiresAt: '2020-01-31' }, 'expiresAt must be in the future'],
      [{ colour: 'red' }, 'property colour should not exist'],
    ])('%j is refused', async (fields, ...message) => {
      const before = await list()

      const reply = await create(fields)

      expect(reply.status).toBe(422)
      expect(bare(reply)).toEqual(refused(...message))
      expect(await list()).toEqual(before)
    })
  })

  describe('nobody hands out what they do not have', () => {
    test('by creating a token', async () => {
      const few = await holder('tokens.write', 'contacts.readonly')

      const reply = await create({ scopes: ['contacts.readonly', 'contacts.write'] }, few)

      expect(reply.status).toBe(403)
      expect(bare(reply)).toEqual(notHeld('contacts.write'))
      expect((await create({ scopes: ['contacts.readonly'] }, few)).status).toBe(201)
      expect((await create({}, few)).status).toBe(403)
      expect((await create({ kind: 'v1' }, few)).status).toBe(403)
    })

    test('by adding a scope to a token; what it has it keeps', async () => {
      const few = await holder('tokens.write', 'contacts.readonly')
      const { token } = await given({ scopes: ['contacts.write'] })
      const change = (fields: object) => crm.v2.put(`${path}/${token.id}`, fields, few)

      expect(bare(await change({ scopes: ['contacts.write', 'users.write'] }))).toEqual(notHeld('users.write'))
      expect((await change({ scopes: ['contacts.readonly', 'contacts.write'], name: 'Named' })).body.token).toEqual(
        shown({ name: 'Named', scopes: ['contacts.readonly', 'contacts.write'] }),
      )
    })

    test('by taking the new secret of a token that may do more', async () => {
      const few = await holder('tokens.write', 'contacts.readonly')
      const { token, secret } = await given({ scopes: ['contacts.readonly', 'opportunities.readonly'] })

      const reply = await crm.v2.post(`${path}/${token.id}/rotate`, {}, few)

      expect(reply.status).toBe(403)
      expect(bare(reply)).toEqual(notHeld('opportunities.readonly'))
      expect(await statusOf(secret)).toBe(200)
    })
  })

  describe('rotate', () => {
    test('gives a new secret beside the old one, and tells when that ends', async () => {
      const { token, secret } = await given()

      const reply = await crm.v2.post(`${path}/${token.id}/rotate`, {}, keeper)

      const { rotatedAt } = reply.body.token
      const oldSecretEndsAt = new Date(Date.parse(rotatedAt) + 7 * day).toISOString()
      expect(reply.body.token).toEqual(shown({ id: token.id, rotatedAt: time, oldSecretEndsAt }))
      expect([await statusOf(secret), await statusOf(reply.body.secret)]).toEqual([200, 200])
      crm.advance(7 * day)
      expect([await statusOf(secret), await statusOf(reply.body.secret)]).toEqual([401, 200])
      expect((await list()).find((one: { id: string }) => one.id === token.id).oldSecretEndsAt).toBeNull()
    })

    test('ends the old secret at once where that is said', async () => {
      const { token, secret } = await given()

      const reply = await crm.v2.post(`${path}/${token.id}/rotate`, { now: true }, keeper)

      expect(reply.body.token).toEqual(shown({ id: token.id, rotatedAt: time }))
      expect([await statusOf(secret), await statusOf(reply.body.secret)]).toEqual([401, 200])
    })
  })

  test('revoke ends the token, for good', async () => {
    const { token, secret } = await given()

    const reply = await crm.v2.delete(`${path}/${token.id}`, undefined, keeper)

    expect(bare(reply)).toEqual({ id: token.id, deleted: true })
    expect(await statusOf(secret)).toBe(401)
    expect((await list()).map((one: { id: string }) => one.id)).not.toContain(token.id)
    const again = await crm.v2.delete(`${path}/${token.id}`, undefined, keeper)
    expect(again.status).toBe(404)
    expect(bare(again)).toEqual(notFound)
  })

  test("no token of another location's is found", async () => {
    const theirs = await crm.given.location()
    const { token } = await given()
    const other = { token: theirs.token }
    expect((await crm.v2.get(path, other)).status).toBe(401)
    const keeps = { token: (await createToken(crm.as(theirs.id), { name: 'Keeper', scopes: allScopes })).secret }

    const replies = [
      await crm.v2.put(`${path}/${token.id}`, { name: 'Mine' }, keeps),
      await crm.v2.post(`${path}/${token.id}/rotate`, {}, keeps),
      await crm.v2.delete(`${path}/${token.id}`, undefined, keeps),
    ]

    expect(replies.map(bare)).toEqual([notFound, notFound, notFound])
    expect((await crm.v2.get(path, keeps)).body.tokens.map(({ name }: { name: string }) => name).sort()).toEqual([
      'Keeper',
      'Theirs',
    ])
  })

  test('scopes stand there with their sentences, and whether one can hand them out', async () => {
    const reply = await crm.v2.get('/console/scopes', await holder('users.readonly'))

    expect(bare(reply)).toEqual({
      scopes: Object.entries(scopes).map(([name, description]) => ({
        name,
        description,
        isUsual: !/^(tokens|apps|requests)\./.test(name),
        isHeld: name === 'users.readonly',
      })),
    })
  })
})
