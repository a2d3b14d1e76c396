import { beforeAll, describe, expect, test } from 'vitest'
import { allScopes, usualScopes } from '../../../src/domain/tokens/scopes.ts'
import { createToken } from '../../../src/domain/tokens/tokens.ts'
import { bare, onEveryStore, type Reply } from '../../harness.ts'
import { callback, codeFor, exchange, grant } from '../../support/oauth.ts'

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const notFound = (noun: string) => ({
  ...{ statusCode: 404, error: 'Not Found', message: `${noun} not found` },
  code: `${noun.toUpperCase()}_NOT_FOUND`,
})
const refused = (...message: unknown[]) => ({ statusCode: 422, message, error: 'Unprocessable Entity' })

onEveryStore('OAuth apps of the console', (crm) => {
  let keeper: { token: string }
  beforeAll(async () => {
    keeper = { token: await crm.given.token(allScopes) }
  })

  const path = '/console/apps'
  const create = (fields: object = {}, as = keeper): Promise<Reply> =>
    crm.v2.post(path, { name: 'Mailer', redirectUris: [callback], ...fields }, as)
  const given = async (fields: object = {}) => {
    const { app, clientSecret } = (await create(fields)).body
    return { clientId: app.clientId as string, appId: app.appId as string, clientSecret: clientSecret as string }
  }
  const list = async () => (await crm.v2.get(path, keeper)).body.apps
  const read = async (clientId: string) => (await list()).find((app: { clientId: string }) => app.clientId === clientId)
  const shown = (fields: object = {}) => ({
    clientId: expect.stringMatching(/^[0-9a-f]{24}-[0-9a-z]{8}$/),
    appId: expect.stringMatching(/^[0-9a-f]{24}$/),
    name: 'Mailer',
    redirectUris: [callback],
    scopes: usualScopes,
    distribution: 'both',
    createdAt: time,
    rotatedAt: null,
    installs: [],
    installedElsewhere: 0,
    ...fields,
  })

  test('are created, with a secret that is shown this once', async () => {
    const reply = await create({ scopes: ['contacts.readonly'], distribution: 'location' })

    expect(reply.status).toBe(201)
    expect(bare(reply)).toEqual({
      app: shown({ scopes: ['contacts.readonly'], distribution: 'location' }),
      clientSecret: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    const listed = await crm.v2.get(path, keeper)
    expect(listed.body.apps).toContainEqual(reply.body.app)
    expect(listed.text).not.toContain(reply.body.clientSecret)
  })

  test.each<[object, ...unknown[]]>([
    [{ name: ' ' }, 'name should not be empty'],
    [{ redirectUris: [] }, 'redirectUris should not be empty'],
    [
      { redirectUris: ['http://a.example.com/'] },
      'redirectUris must each be an https address, or an http one of this machine, without # and password, not http://a.example.com/',
    ],
    [{ scopes: ['tokens.write'] }, 'scopes must not contain tokens.write, which no app may have'],
    [{ distribution: 'moon' }, 'distribution must be one of the following values: location, company, both'],
  ])('%j is refused', async (fields, ...message) => {
    const before = await list()

    const reply = await create(fields)

    expect(bare(reply)).toEqual(refused(...message))
    expect(await list()).toEqual(before)
  })

  test('ask for no more than whoever made them has', async () => {
    const few = { token: await crm.given.token(['apps.write', 'contacts.readonly']) }
    const message = 'You do not have contacts.write yourself, so you cannot hand it out.'
    const { clientId } = await given({ scopes: ['contacts.readonly'] })
    const scopes = ['contacts.readonly', 'contacts.write']

    expect(bare(await create({ scopes }, few))).toEqual({ statusCode: 403, message })
    expect(bare(await crm.v2.put(`${path}/${clientId}`, { scopes }, few))).toEqual({ statusCode: 403, message })
    expect((await read(clientId)).scopes).toEqual(['contacts.readonly'])
  })

  test('change all but their secret', async () => {
    const { clientId } = await given()
    const wanted = { name: 'Renamed', redirectUris: ['https://b.example.com/'], scopes: ['users.readonly'] }

    const reply = await crm.v2.put(`${path}/${clientId}`, { ...wanted, distribution: 'company' }, keeper)

    expect(bare(reply)).toEqual({ app: shown({ clientId, ...wanted, distribution: 'company' }) })
    expect(await read(clientId)).toEqual(reply.body.app)
  })

  test('exchange their old secret for a new one', async () => {
    const app = await given()

    const reply = await crm.v2.post(`${path}/${app.clientId}/rotate-secret`, {}, keeper)

    expect(reply.body.app).toEqual(shown({ clientId: app.clientId, rotatedAt: time }))
    const fresh = { ...app, clientSecret: reply.body.clientSecret }
    expect((await exchange(crm, app, await codeFor(crm, app))).status).toBe(401)
    expect((await exchange(crm, fresh, await codeFor(crm, fresh))).status).toBe(200)
  })

  describe('that were let in', () => {
    test('are shown with what they were allowed, and can be taken out', async () => {
      const app = await given({ scopes: ['opportunities.readonly'] })
      const { access_token: token, userId } = await grant(crm, app)
      const look = () => crm.v2.get(`/opportunities/pipelines?locationId=${crm.locationId}`, { token })
      expect((await look()).status).toBe(200)

      const { installs } = await read(app.clientId)
      expect(installs).toEqual([
        {
          tokenId: expect.any(String),
          scopes: ['opportunities.readonly'],
          userId,
          installedAt: time,
          lastUsedAt: null,
        },
      ])

      const reply = await crm.v2.delete(`${path}/${app.clientId}/installs/${installs[0].tokenId}`, undefined, keeper)
      expect(bare(reply)).toEqual({ app: shown({ clientId: app.clientId, scopes: ['opportunities.readonly'] }) })
      expect((await look()).status).toBe(401)
      const again = await crm.v2.delete(`${path}/${app.clientId}/installs/${installs[0].tokenId}`, undefined, keeper)
      expect(bare(again)).toEqual(notFound('Install'))
    })

    test('end with their deletion', async () => {
      const app = await given()
      const { access_token: token } = await grant(crm, app)

      const reply = await crm.v2.delete(`${path}/${app.clientId}`, undefined, keeper)

      expect(bare(reply)).toEqual({ clientId: app.clientId, deleted: true })
      expect((await crm.v2.get('/locations/search', { token })).status).toBe(401)
      expect(bare(await crm.v2.delete(`${path}/${app.clientId}`, undefined, keeper))).toEqual(notFound('App'))
    })

    test('elsewhere are left alone by one location of several', async () => {
      const app = await given()
      await grant(crm, app)
      const other = await crm.given.location()
      const theirs = { token: (await createToken(crm.as(other.id), { name: 'Keeper', scopes: allScopes })).secret }

      const replies = [
        await crm.v2.put(`${path}/${app.clientId}`, { name: 'Mine' }, theirs),
        await crm.v2.post(`${path}/${app.clientId}/rotate-secret`, {}, theirs),
        await crm.v2.delete(`${path}/${app.clientId}`, undefined, theirs),
      ]

      const message = 'Other locations let this app in too: it is changed by whoever runs the server.'
      expect(replies.map(bare)).toEqual(Array(3).fill({ statusCode: 403, message }))
      expect(await read(app.clientId)).toMatchObject({ name: 'Mailer', rotatedAt: null, installedElsewhere: 0 })
      const seen = (await crm.v2.get(path, theirs)).body.apps
      expect(seen.find(({ clientId }: { clientId: string }) => clientId === app.clientId)).toMatchObject({
        ...{ installs: [], installedElsewhere: 1 },
      })
    })
  })

  test('are for whoever may keep them', async () => {
    const usual = { token: crm.token }

    const replies = [await crm.v2.get(path, usual), await create({}, usual)]

    expect(replies.map(({ status }) => status)).toEqual([401, 401])
  })
})
