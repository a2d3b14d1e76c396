import { beforeAll, describe, expect, test } from 'vitest'
import { allScopes } from '../../../src/domain/tokens/scopes.ts'
import { createToken } from '../../../src/domain/tokens/tokens.ts'
import { bare, onEveryStore } from '../../harness.ts'
import { givenApp, signIn } from '../../support/oauth.ts'
import { visitOf } from '../../support/people.ts'

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const refused = (...message: unknown[]) => ({ statusCode: 422, message, error: 'Unprocessable Entity' })

onEveryStore('the log of requests', (crm) => {
  const path = '/console/requests'
  let reader: { token: string }
  let program: { id: string; secret: string }
  beforeAll(async () => {
    reader = { token: await crm.given.token(['requests.readonly']) }
    const scopes = ['opportunities.readonly', 'contacts.write']
    const { token, secret } = await createToken(crm.as(crm.locationId), { name: 'Program', scopes })
    program = { id: token.id, secret }
    // From now on somebody looks.
    await crm.v2.get(path, reader)
  })

  const list = async (query = '') => (await crm.v2.get(path + query, reader)).body.requests
  const read = async (traceId: string) => (await crm.v2.get(`${path}/${traceId}`, reader)).body.request
  const asProgram = () => ({ token: program.secret })
  const shownToken = () => ({ id: program.id, name: 'Program', kind: 'pit', hint: program.secret.slice(-4) })

  test('tells of each which row it met, who came, and how long it took', async () => {
    const { id } = await crm.given.opportunity()
    const reply = await crm.v3.get(`/opportunities/${id}?locationId=${crm.locationId}`, asProgram())

    const [latest] = await list()

    expect(latest).toEqual({
      traceId: reply.body.traceId,
      at: time,
      ms: expect.any(Number),
      method: 'GET',
      path: `/opportunities/${id}`,
      query: `locationId=${crm.locationId}`,
      status: 200,
      row: { operation: 'get-opportunity', dialect: 'v3' },
      auth: {
        ...{ outcome: 'allowed', token: shownToken(), reason: null },
        ...{ scope: 'opportunities.readonly', hasScope: true },
      },
    })
    expect(latest.ms).toBeGreaterThan(0)
  })

  test('tells what a change sent, and what it was answered', async () => {
    const sent = { locationId: crm.locationId, email: 'logged@example.com', firstName: 'Ada' }
    const reply = await crm.v2.post('/contacts/', sent, asProgram())

    const request = await read(reply.body.traceId)

    expect(JSON.parse(request.requestBody)).toEqual(sent)
    expect(JSON.parse(request.responseBody)).toEqual(reply.body)
    expect(request).toMatchObject({ method: 'POST', path: '/contacts/', status: 201, query: '' })
  })

  test('tells why somebody was refused', async () => {
    const { id } = await crm.given.opportunity()
    const replies = [
      await crm.v2.delete(`/opportunities/${id}`, undefined, asProgram()),
      await crm.v2.get(`/opportunities/${id}`, { token: 'pit-00000000-0000-4000-8000-000000000000' }),
      await crm.v2.post('/contacts/', { firstName: 5 }, asProgram()),
      await crm.v2.get('/no/such/path'),
    ]

    const told = await Promise.all(replies.map(({ body }) => read(body.traceId)))

    const none = { token: null, hasScope: null }
    expect(told.map(({ auth }) => auth)).toEqual([
      {
        ...{ outcome: 'refused', token: shownToken(), scope: 'opportunities.write', hasScope: false },
        reason: 'The token is not authorized for this scope.',
      },
      { ...none, outcome: 'refused', scope: 'opportunities.readonly', reason: 'Invalid Private Integration token' },
      { outcome: 'allowed', token: shownToken(), scope: 'contacts.write', hasScope: true, reason: null },
      { ...none, outcome: 'open', scope: null, reason: null },
    ])
    expect(told.map(({ status, row }) => [status, row?.operation])).toEqual([
      [401, 'delete-opportunity'],
      [401, 'get-opportunity'],
      [422, 'create-contact'],
      [404, undefined],
    ])
    expect(told[2].requestBody).toBe('{"firstName":5}')
    expect(JSON.parse(told[2].responseBody)).toEqual(replies[2]?.body)
    expect(told[3].row).toBeNull()
  })

  test('shows what was sent even where it is no JSON, and no more than the beginning of what is long', async () => {
    const broken = await crm.v2.post('/contacts/', '{"firstName":', asProgram())
    const long = await crm.v2.post('/contacts/', { colour: 'x'.repeat(10_000) }, asProgram())

    expect((await read(broken.body.traceId)).requestBody).toBe('{"firstName":')
    expect((await read(long.body.traceId)).requestBody).toBe(`{"colour":"${'x'.repeat(4085)}…`)
  })

  describe('shows no secret', () => {
    test('of a body, nor the token that came', async () => {
      const keeper = { token: await crm.given.token(allScopes) }
      const made = await crm.v2.post('/console/tokens', { name: 'Hidden', scopes: ['users.readonly'] }, keeper)
      const body = { url: 'https://example.com', types: ['ContactCreate'], headers: { 'X-Mine': 'theirs' } }
      const hook = await crm.v2.post('/console/webhooks', body)

      const told = [await read(made.body.traceId), await read(hook.body.traceId)]

      expect(told[0].responseBody).toContain('"secret":"•••"')
      expect(told[1].requestBody).toBe('{"url":"https://example.com","types":["ContactCreate"],"headers":"•••"}')
      expect(told[1].responseBody).toContain('"secret":"•••"')
      const text = JSON.stringify([told, await list()])
      for (const secret of [made.body.secret, hook.body.secret, keeper.token, crm.token, 'theirs']) {
        expect(text).not.toContain(secret)
      }
    })

    test('of an address', async () => {
      await crm.v2.post('/hooks/AbCdEfGhIjKlMnOp', {}, { token: '' })
      await crm.v2.get('/no/path?access_token=abc&x=1')

      const [asked, hooked] = await list()

      expect([asked.path, asked.query]).toEqual(['/no/path', 'access_token=•••&x=1'])
      expect(hooked.path).toBe('/hooks/•••')
    })

    test('of who signs in', async () => {
      const before = (await list('?path=/console/session')).length

      await crm.v2.post('/console/session', { email: 'a@example.com', password: 'wrong' }, { token: '' })

      expect(await list('?path=/console/session')).toHaveLength(before)
    })

    test('of who signs in to let an app in', async () => {
      const { clientId } = await givenApp(crm)

      const { page } = await signIn(crm, { client_id: clientId }, { email: 'a@example.com', password: 'wrong' })

      expect(page.status).toBe(401)
      expect(await list('?path=/oauth')).toEqual([])
    })
  })

  test('leaves out what a page of this server asked, but for what is tried there with a token', async () => {
    const ofPage = { version: 'v3', 'sec-fetch-site': 'same-origin' }
    const ask = async (headers: Record<string, string>, token: string) => {
      const reply = await crm.ask('GET', `/users/?locationId=${crm.locationId}`, { token, headers })
      return { status: reply.status, isTold: (await list('?path=/users/')).at(0)?.traceId === reply.body.traceId }
    }
    const visit = await visitOf(crm)
    const ended = { ...ofPage, cookie: visit.cookie, 'x-csrf-token': visit.session.csrfToken }
    // An older browser does not say which page asks.
    expect(await ask({ version: 'v3', cookie: visit.cookie }, '')).toEqual({ status: 200, isTold: false })
    await visit.ask('DELETE', '/console/session')

    expect(await ask(ended, '')).toEqual({ status: 401, isTold: false })
    expect(await ask(ofPage, '')).toEqual({ status: 401, isTold: false })
    expect(await ask(ofPage, crm.token)).toEqual({ status: 200, isTold: true })
    expect(await ask(ofPage, 'pit-00000000-0000-4000-8000-000000000000')).toEqual({ status: 401, isTold: true })
    expect(await ask({ ...ofPage, 'sec-fetch-site': 'cross-site' }, '')).toEqual({ status: 401, isTold: true })
    expect(await ask({ version: 'v3' }, '')).toEqual({ status: 401, isTold: true })

    const guess = await crm.ask('POST', '/hooks/guessed', { token: '', headers: ofPage, body: {} })
    expect([guess.status, (await list('?path=/hooks')).at(0)?.traceId]).toEqual([404, guess.body.traceId])
  })

  test('leaves out what was answered well until somebody looks, and for ten minutes from then', async () => {
    const { id } = await crm.given.opportunity()
    const ask = async () => (await crm.v2.get(`/opportunities/${id}`)).body.traceId
    crm.advance(10 * 60_000)

    const unwatched = await ask()
    expect((await read(unwatched)).responseBody).toBeNull()

    const watched = await ask()
    expect(JSON.parse((await read(watched)).responseBody).opportunity.id).toBe(id)
  })

  test('is searched by status, method and path, and read page by page', async () => {
    for (let at = 0; at < 5; at++) await crm.v2.get(`/contacts/paged${at}`)
    await crm.v2.delete('/contacts/paged5')

    const paths = (requests: { path: string }[]) => requests.map((one) => one.path.slice('/contacts/'.length))
    expect(paths(await list('?path=PAGED&method=get&status=4xx'))).toEqual([
      'paged4',
      'paged3',
      'paged2',
      'paged1',
      'paged0',
    ])
    expect(paths(await list('?path=paged&status=404&method=DELETE'))).toEqual(['paged5'])
    expect(await list('?path=paged&status=200')).toEqual([])

    const first = await crm.v2.get(`${path}?path=paged&limit=4`, reader)
    const second = await crm.v2.get(`${path}?path=paged&limit=4&cursor=${first.body.nextCursor}`, reader)
    expect(paths([...first.body.requests, ...second.body.requests])).toEqual(
      [5, 4, 3, 2, 1, 0].map((at) => `paged${at}`),
    )
    expect(second.body.nextCursor).toBeNull()
  })

  test.each([
    ['?status=40', 'status must be a status such as 404, or a kind such as 4xx'],
    ['?cursor=x', 'cursor must be the nextCursor of a page before'],
    ['?limit=0', 'limit must not be less than 1'],
  ])('%s is refused', async (query, message) => {
    await crm.v2.get('/contacts/somebody')

    expect(bare(await crm.v2.get(path + query, reader))).toEqual(refused(message))
  })

  test('remembers a thousand, and none of them is pushed out by who has no token', async () => {
    const flood = async (count: number, token: string) => {
      for (let at = 0; at < count; at += 50) {
        const asked = Array.from({ length: 50 }, (_, one) => crm.v2.get(`/contacts/flood${at + one}`, { token }))
        await Promise.all(asked)
      }
    }
    await flood(1000, crm.token)
    await flood(300, 'pit-00000000-0000-4000-8000-000000000000')

    const count = async (status: number) => {
      let [found, cursor] = [0, '']
      do {
        const { body } = await crm.v2.get(`${path}?path=flood&status=${status}&limit=200${cursor}`, reader)
        found += body.requests.length
        cursor = body.nextCursor && `&cursor=${body.nextCursor}`
      } while (cursor)
      return found
    }
    // Those who read it here are remembered as well.
    const known = await count(404)
    expect(known).toBeGreaterThan(980)
    expect(known).toBeLessThanOrEqual(1000)
    expect(await count(401)).toBe(200)
  })

  test('shows each location its own', async () => {
    const other = await crm.given.location()
    const theirs = await createToken(crm.as(other.id), { name: 'Reader', scopes: ['requests.readonly'] })
    const mine = await crm.v2.get('/contacts/mine')
    const claimed = await crm.v2.get(`/contacts/claimed?locationId=${other.id}`, { token: 'pit-00000000' })
    const nobodys = await crm.v2.get('/contacts/nobodys', { token: 'pit-00000000' })
    const look = async (traceId: string, token: string) => (await crm.v2.get(`${path}/${traceId}`, { token })).status

    expect(await look(mine.body.traceId, reader.token)).toBe(200)
    expect(await look(mine.body.traceId, theirs.secret)).toBe(404)
    expect(await look(claimed.body.traceId, theirs.secret)).toBe(200)
    expect(await look(claimed.body.traceId, reader.token)).toBe(404)
    expect(await look(nobodys.body.traceId, reader.token)).toBe(404)
    const missing = await crm.v2.get(`${path}/x`, reader)
    const notFound = { statusCode: 404, error: 'Not Found', message: 'Request not found', code: 'REQUEST_NOT_FOUND' }
    expect(bare(missing)).toEqual(notFound)
  })

  test('is for whoever may read it', async () => {
    expect((await crm.v2.get(path)).status).toBe(401)
  })
})
