import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createUser, deleteUser } from '../../src/domain/accounts/users.ts'
import { deleteApp, listApps, rotateAppSecret } from '../../src/domain/oauth/apps/apps.ts'
import { keysOf } from '../../src/domain/oauth/keys.ts'
import { findToken, listTokens, revokeToken, rotateToken } from '../../src/domain/tokens/tokens.ts'
import { openStore } from '../../src/store/open.ts'
import { onEveryStore, startCrm } from '../harness.ts'
import { audit } from '../support/audit.ts'
import { type Beside, startBeside } from '../support/beside.ts'
import {
  type App,
  codeFor,
  exchange,
  givenApp,
  grant,
  invalidGrant,
  refresh,
  refusal,
  signIn,
  works,
} from '../support/oauth.ts'
import { createDatabase } from '../support/postgres.ts'
import { refused } from '../support/refused.ts'

onEveryStore('an app that people let in', (crm) => {
  const here = () => crm.as(crm.locationId)

  test('works on their data in every dialect that takes its token, and the history says who it was', async () => {
    const { access_token: token } = await grant(crm, await givenApp(crm, { name: 'Mailer' }))
    const { id: contactId } = await crm.given.contact()
    const deal = { locationId: crm.locationId, pipelineId: crm.pipeline.id, name: 'Engine', status: 'open', contactId }

    const { id } = (await crm.v2.post('/opportunities/', deal, { token })).body.opportunity
    const moved = await crm.v3.put(`/opportunities/${id}/status`, { status: 'won' }, { token })
    const [grantOf] = (await listTokens(here())).filter(({ name }) => name === 'Mailer')

    expect(moved.status).toBe(200)
    expect((await crm.events(id)).map(({ callerId }) => callerId)).toEqual([grantOf?.id, grantOf?.id])
    expect((await crm.v1.get('/v1/pipelines/', { token })).status).toBe(401)
  })

  test('stands among the tokens of the location by its name, and shows when it was last there', async () => {
    const { access_token: token } = await grant(crm, await givenApp(crm, { name: 'Looked at' }))
    await works(crm, token)

    const [found] = (await listTokens(here())).filter(({ name }) => name === 'Looked at')

    expect(found).toMatchObject({ kind: 'oauth', hint: '', description: '' })
    expect(found?.scopes).toContain('contacts.write')
  })

  test('leaves neither code nor token in the history, and who let it in', async () => {
    const app = await givenApp(crm)
    const code = await codeFor(crm, app)
    const first = (await exchange(crm, app, code)).body
    const second = (await refresh(crm, app, first.refresh_token)).body
    const found = await findToken(crm.app.store, second.access_token, here().now())
    await revokeToken(here(), found?.token.id as string)

    const events = await crm.events(found?.token.id as string)

    expect(events.map(({ types, callerId }) => [types, callerId])).toEqual([
      [['TokenCreate'], first.userId],
      [['TokenDelete'], 'test'],
    ])
    for (const { access_token, refresh_token } of [first, second]) {
      for (const secret of [code, access_token, refresh_token]) expect(JSON.stringify(events)).not.toContain(secret)
    }
    expect(await audit(crm.app.store)).toEqual([])
  })

  test('is taken out again like any token, and cannot come back by itself', async () => {
    const app = await givenApp(crm)
    const { access_token, refresh_token } = await grant(crm, app)
    const found = await findToken(crm.app.store, access_token, here().now())
    const id = found?.token.id as string

    await expect(rotateToken(here(), id, { now: false })).rejects.toThrow('it renews its tokens itself')
    await revokeToken(here(), id)
    crm.advance(1000)

    expect(await works(crm, access_token)).toBe(false)
    expect(refused(await refresh(crm, app, refresh_token))).toEqual(invalidGrant('refresh token is invalid'))
    expect((await grant(crm, app)).access_token).toEqual(expect.any(String))
  })

  test('may be let in twice, and what ends one of them leaves the other', async () => {
    const app = await givenApp(crm)
    const [one, other] = [await grant(crm, app), await grant(crm, app)]

    await refresh(crm, app, one.refresh_token)
    await refresh(crm, app, one.refresh_token)
    crm.advance(1000)

    expect([await works(crm, one.access_token), await works(crm, other.access_token)]).toEqual([false, true])
    expect((await refresh(crm, app, other.refresh_token)).status).toBe(200)
  })

  test('keeps what it was allowed when its secret is changed', async () => {
    const app = await givenApp(crm)
    const given = await grant(crm, app)

    const { secret } = await rotateAppSecret(here(), app.clientId)

    expect(refused(await refresh(crm, app, given.refresh_token))).toEqual(
      refusal(401, 'invalid_client', 'Invalid client: client is invalid'),
    )
    expect((await refresh(crm, { ...app, clientSecret: secret }, given.refresh_token)).status).toBe(200)
    expect(await works(crm, given.access_token)).toBe(true)
  })

  test('ends everywhere when it is deleted', async () => {
    const app = await givenApp(crm)
    const place = await crm.given.location()
    const [single, whole] = [await grant(crm, app), await grant(crm, app, { location: 'all' })]
    const body = { companyId: whole.companyId, locationId: place.id }
    const derived = (await crm.v2.post('/oauth/locationToken', body, { token: whole.access_token })).body
    const waiting = await codeFor(crm, app)
    const contacts = `/contacts/?locationId=${place.id}`
    expect((await crm.v2.get(contacts, { token: derived.access_token })).status).toBe(200)

    await deleteApp(here(), app.clientId)
    crm.advance(1000)

    expect(await works(crm, single.access_token)).toBe(false)
    expect((await crm.v2.get('/locations/search', { token: whole.access_token })).status).toBe(401)
    expect((await crm.v2.get(contacts, { token: derived.access_token })).status).toBe(401)
    expect((await exchange(crm, app, waiting)).status).toBe(401)
    expect((await listApps(crm.app.store)).map(({ app }) => app.clientId)).not.toContain(app.clientId)
    await expect(deleteApp(here(), app.clientId)).rejects.toThrow('App not found')
  })

  test('is not let in by somebody who was let go between two pages', async () => {
    const app = await givenApp(crm)
    const { id } = await crm.given.location()
    const email = `leaving@${id.toLowerCase()}.example.com`
    const password = 'a good long password'
    const user = await createUser(crm.as(id), { firstName: 'Ann', email, role: 'admin', password })
    // The last admin could not be.
    await createUser(crm.as(id), { firstName: 'Bo', email: `staying@${id.toLowerCase()}.example.com`, role: 'admin' })
    const { browser, address, page } = await signIn(crm, { client_id: app.clientId }, { email, password })

    await deleteUser(crm.as(id), user.id)
    const refused = await browser.submit(address, page, { action: 'allow', location: id })

    expect([refused.status, refused.location]).toEqual([403, null])
    expect(refused.html).toContain('This user is not there any more.')
  })
})

onEveryStore('at the same moment', (crm) => {
  const rounds = 8
  let app: App
  let other: Beside
  beforeAll(async () => {
    app = await givenApp(crm)
    other = await startBeside(crm)
  })
  afterAll(() => other?.stop())

  /** The even ones through one process, the odd ones through the other. */
  const together = (count: number, path: string, body: object, token?: string) =>
    Promise.all(
      Array.from({ length: count }, (_, at) =>
        (at % 2 === 0 ? crm : other).v2.post(path, body, token === undefined ? {} : { token }),
      ),
    )
  const secrets = () => ({ client_id: app.clientId, client_secret: app.clientSecret })

  test('one of several gets something for a code, and what it gave ends, for somebody has a copy', async () => {
    for (let round = 0; round < rounds; round++) {
      const body = { ...secrets(), grant_type: 'authorization_code', code: await codeFor(crm, app) }

      const replies = await together(4, '/oauth/token', body)
      crm.advance(1000)

      const [winner, ...losers] = replies.sort((a, b) => a.status - b.status)
      expect(winner?.status).toBe(200)
      for (const lost of losers) expect(refused(lost)).toEqual(invalidGrant('authorization code is invalid'))
      expect(await works(crm, winner?.body.access_token)).toBe(false)
      expect((await refresh(crm, app, winner?.body.refresh_token)).status).toBe(400)
    }
    expect(await listInstalls()).toEqual([])
  })

  test('one of several gets something for a refresh token, and what it gave ends, for somebody has a copy', async () => {
    for (let round = 0; round < rounds; round++) {
      const given = await grant(crm, app)
      const body = { ...secrets(), grant_type: 'refresh_token', refresh_token: given.refresh_token }

      const replies = await together(4, '/oauth/token', body)
      crm.advance(1000)

      const [winner, ...losers] = replies.sort((a, b) => a.status - b.status)
      expect(winner?.status).toBe(200)
      for (const lost of losers) expect(refused(lost)).toEqual(invalidGrant('refresh token is invalid'))
      for (const { access_token } of [given, winner?.body]) expect(await works(crm, access_token)).toBe(false)
      expect((await refresh(crm, app, winner?.body.refresh_token)).status).toBe(400)
    }
    expect(await listInstalls()).toEqual([])
  })

  test('an app is let in and deleted: nothing that it was given outlives it', async () => {
    const unknown = refusal(401, 'invalid_client', 'Invalid client: client is invalid')
    for (let round = 0; round < rounds; round++) {
      const brief = await givenApp(crm)
      const body = { client_id: brief.clientId, client_secret: brief.clientSecret, grant_type: 'authorization_code' }
      const code = await codeFor(crm, brief)

      const [reply] = await Promise.all([
        other.v2.post('/oauth/token', { ...body, code }),
        pause(round).then(() => deleteApp(crm.as(crm.locationId), brief.clientId)),
      ])
      crm.advance(1000)

      if (reply.status !== 200) expect(refused(reply)).toEqual(unknown)
      else expect(await works(crm, reply.body.access_token)).toBe(false)
      const left = (await listTokens(crm.as(crm.locationId))).filter((token) => token.app?.clientId === brief.clientId)
      expect(left).toEqual([])
    }
  })

  test('several take a token of one location, and each of them works', async () => {
    const { access_token: token, companyId } = await grant(crm, app, { location: 'all' })
    for (let round = 0; round < rounds; round++) {
      const { id: locationId } = await crm.given.location()

      const replies = await together(4, '/oauth/locationToken', { companyId, locationId }, token)

      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200])
      for (const { body } of replies) {
        const found = await crm.v2.get(`/contacts/?locationId=${locationId}`, { token: body.access_token })
        expect(found.status).toBe(200)
      }
      expect((await listTokens(crm.as(locationId))).filter(({ kind }) => kind === 'oauth')).toHaveLength(1)
    }
  })

  test('several find out where the app is, and what is let in meanwhile', async () => {
    const { access_token: token, companyId } = await grant(crm, app, { location: 'all' })
    const path = `/oauth/installedLocations?companyId=${companyId}&appId=${app.appId}&locationId=${crm.locationId}`

    const [before] = (await crm.v2.get(path, { token })).body.locations
    await grant(crm, app)
    const [after] = (await other.v2.get(path, { token })).body.locations

    expect([before.isInstalled, after.isInstalled]).toEqual([true, true])
  })

  /** Of this app, of all that were let in. */
  async function listInstalls() {
    return (await listApps(crm.app.store)).filter(
      ({ app: { clientId }, installs }) => clientId === app.clientId && installs,
    )
  }
})

test('processes that begin together sign with the same key, and so does who comes later', async () => {
  const { db, discard } = await createDatabase()
  const stores = await Promise.all([openStore(db), openStore(db), openStore(db)])

  const keys = await Promise.all(stores.map(keysOf))
  const later = await openStore(db)
  const last = await keysOf(later)

  expect(new Set([...keys, last].map(({ id }) => id)).size).toBe(1)
  expect(new Set([...keys, last].map(({ seal }) => seal('x'))).size).toBe(1)
  await Promise.all([...stores, later].map((store) => store.close()))
  await discard()
})

describe('limits', () => {
  test('are counted for an app in a location, however often it was let in there', async () => {
    const crm = await startCrm({ rateLimit: { burst: 5, intervalMs: 60_000, daily: 1000 } })
    const [app, other] = [await givenApp(crm), await givenApp(crm)]
    const [one, two, theirs] = [await grant(crm, app), await grant(crm, app), await grant(crm, other)]
    const ask = ({ access_token: token }: { access_token: string }) =>
      crm.v2.get(`/opportunities/pipelines?locationId=${crm.locationId}`, { token })

    for (const given of [one, two, one, two, one]) expect((await ask(given)).status).toBe(200)
    const [full, free] = [await ask(two), await ask(theirs)]
    await crm.stop()

    expect([full.status, full.headers.get('x-ratelimit-remaining')]).toEqual([429, '0'])
    expect([free.status, free.headers.get('x-ratelimit-remaining')]).toEqual([200, '4'])
  })
})

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
