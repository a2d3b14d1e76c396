import sql from 'sql-template-tag'
import { describe, expect, test } from 'vitest'
import { updateUser } from '../../../src/domain/accounts/users.ts'
import { bare, onEveryStore } from '../../harness.ts'
import { cookieIn, givenPerson, password, signIn, stranger, visitBy, visitOf } from '../../support/people.ts'

const day = 24 * 60 * 60 * 1000
const path = '/console/session'
const unauthorized = { statusCode: 401, message: 'Unauthorized' }
const wrong = { statusCode: 401, message: 'The e-mail address or the password is wrong.' }
const foreign = { statusCode: 403, message: 'This request came from a page of another site.' }
const noToken = { statusCode: 403, message: "The header x-csrf-token is missing, or not this session's." }
const refused = (...message: string[]) => ({ statusCode: 422, message, error: 'Unprocessable Entity' })
const limits = /^x-ratelimit-/

onEveryStore('sessions of the web app', (crm) => {
  describe('signing in', () => {
    test('answers who somebody is, where, and what they may do', async () => {
      const user = await givenPerson(crm, { firstName: 'Ruth', lastName: 'Ost' })

      const reply = await crm.ask('POST', path, { ...stranger, body: { email: user.email, password } })

      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({
        session: {
          user: {
            id: user.id,
            name: 'Ruth Ost',
            firstName: 'Ruth',
            lastName: 'Ost',
            email: user.email,
            role: 'user',
            onlyAssigned: false,
          },
          location: { id: crm.locationId, name: 'My Business', timezone: 'UTC', currency: 'USD', country: 'US' },
          scopes: expect.arrayContaining(['opportunities.write']),
          csrfToken: expect.stringMatching(/^[\w-]{43}$/),
        },
      })
    })

    test('leaves a cookie that no script reads and no other site has sent', async () => {
      const user = await givenPerson(crm)

      const reply = await crm.ask('POST', path, { ...stranger, body: { email: user.email, password } })

      expect(reply.headers.getSetCookie()).toEqual([
        expect.stringMatching(
          /^pipewright_session=[0-9A-Za-z]{43}; Path=\/; Max-Age=34560000; HttpOnly; SameSite=Strict$/,
        ),
      ])
      expect(reply.text).not.toContain(cookieIn(reply).split('=')[1])
    })

    test('does not mind capitals and blanks around the address', async () => {
      const user = await givenPerson(crm)

      expect((await signIn(crm, { email: ` ${user.email.toUpperCase()} ` })).session.user).toMatchObject({
        id: user.id,
      })
    })

    test('fails alike with a wrong password and an unknown address, and leaves no cookie', async () => {
      const user = await givenPerson(crm)

      for (const body of [
        { email: user.email, password: 'wrong' },
        { email: 'nobody@example.com', password },
      ]) {
        const reply = await crm.ask('POST', path, { ...stranger, body })
        expect([reply.status, bare(reply), reply.headers.getSetCookie()]).toEqual([401, wrong, []])
      }
    })

    test('names the field that is missing', async () => {
      const reply = await crm.ask('POST', path, { ...stranger, body: { password } })

      expect(bare(reply)).toEqual(refused('email should not be empty', 'email must be a string'))
    })

    test('keeps only hashes: a copy of the data lets nobody in', async () => {
      const { cookie, session } = await visitOf(crm)
      const secret = cookie.split('=')[1] as string

      const kept = JSON.stringify(await crm.app.store.all(sql`select * from sessions`))

      expect(kept).not.toContain(secret)
      expect(kept).not.toContain(session.csrfToken)
    })
  })

  describe('the cookie', () => {
    test('is who asks, at the console and v3', async () => {
      const visit = await visitOf(crm)

      expect(bare(await visit.ask('GET', path))).toEqual({ session: visit.session })
      expect((await visit.ask('GET', `/opportunities/search?locationId=${crm.locationId}`)).status).toBe(200)
    })

    test('has other cookies beside it', async () => {
      const { cookie, session } = await visitOf(crm)

      const reply = await crm.ask('GET', path, { ...stranger, headers: { cookie: `theme=dark; ${cookie}; a=b` } })

      expect(bare(reply)).toEqual({ session })
    })

    test.each(['', 'pipewright_session=', `pipewright_session=${'A'.repeat(43)}`, 'pipewright_session=short'])(
      'lets nobody in where it is "%s"',
      async (cookie) => {
        const headers = { version: 'v3', cookie }

        for (const place of [path, `/opportunities/search?locationId=${crm.locationId}`]) {
          const reply = await crm.ask('GET', place, { token: '', headers })
          expect([reply.status, bare(reply)]).toEqual([401, unauthorized])
        }
      },
    )

    test('is nothing to v1, v2, OAuth and the tools', async () => {
      const { ask } = await visitOf(crm)
      const v2 = { headers: { version: '2021-07-28' } }

      const replies = [
        await ask('GET', '/v1/pipelines/'),
        await ask('GET', `/opportunities/search?location_id=${crm.locationId}`, undefined, v2),
        await ask('GET', '/oauth/installedLocations?companyId=a&appId=b'),
        await ask('POST', '/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/list' }),
      ]

      expect(replies.map(({ status }) => status)).toEqual([401, 401, 401, 401])
    })

    test('counts for nothing beside a token', async () => {
      const { cookie } = await visitOf(crm)
      const headers = { version: 'v3', cookie }
      const place = `/opportunities/search?locationId=${crm.locationId}`

      expect((await crm.ask('GET', place, { headers })).headers.get('x-ratelimit-max')).not.toBeNull()
      expect((await crm.ask('GET', place, { headers, token: 'pit-unknown' })).status).toBe(401)
    })

    test('reaches no other location', async () => {
      const { ask } = await visitOf(crm)
      const other = await crm.given.location()

      const reply = await ask('GET', `/opportunities/search?locationId=${other.id}`)

      expect([reply.status, bare(reply)]).toEqual([
        403,
        { statusCode: 403, message: 'The token does not have access to this location.' },
      ])
    })

    test('is kept out of every cache', async () => {
      const { ask } = await visitOf(crm)

      expect((await ask('GET', path)).headers.get('cache-control')).toBe('no-store')
    })

    test('makes a change one of the user', async () => {
      const { user, ask } = await visitOf(crm)
      const deal = await crm.given.opportunity()

      await ask('PUT', `/opportunities/${deal.id}/status`, { status: 'won' })

      const rows = await crm.app.store.all(sql`
        select caller_kind as "kind", caller_id as "id" from events where record_id = ${deal.id} order by seq`)
      expect(rows[1]).toEqual({ kind: 'user', id: user.id })
    })
  })

  test('a token has no session to tell of, or to end', async () => {
    const none = { statusCode: 401, message: 'Sign in first: there is no session.' }
    const change = { currentPassword: password, newPassword: 'another long one' }

    const replies = [
      await crm.v3.get(path),
      await crm.v3.delete(path),
      await crm.v3.delete('/console/sessions'),
      await crm.v3.put('/console/session/password', change),
    ]

    expect(replies.map(bare)).toEqual([none, none, none, none])
  })

  test('large replies come packed to browsers that take it, and to nobody else', async () => {
    const visit = await visitOf(crm)
    for (let left = 30; left > 0; left--) await crm.given.opportunity({ name: 'a long name '.repeat(20) })
    const search = { locationId: crm.locationId, limit: 50 }
    const as = (encoding: string) => ({ headers: { 'accept-encoding': encoding } })
    const find = (encoding: string) => visit.ask('POST', '/opportunities/search', search, as(encoding))

    const [packed, plain, unwilling] = [await find('br;q=1, gzip'), await find('identity'), await find('gzip;q=0')]
    const byToken = await crm.v3.post('/opportunities/search', search, as('gzip'))
    const small = await visit.ask('GET', path, undefined, as('gzip'))

    const replies = [packed, plain, unwilling, byToken, small]
    expect(replies.map(({ headers }) => headers.get('content-encoding'))).toEqual(['gzip', null, null, null, null])
    expect(packed.headers.get('vary')).toBe('accept-encoding')
    const sizes = [packed, plain].map(({ headers }) => Number(headers.get('content-length')))
    expect(sizes[0]).toBeLessThan((sizes[1] ?? 0) / 5)
    expect(bare(plain).opportunities.length).toBeGreaterThanOrEqual(30)
    expect(bare(packed)).toEqual(bare(plain))
    expect(bare(byToken)).toEqual(bare(plain))
  })

  describe('a change', () => {
    const attempts: [string, Record<string, string>, object][] = [
      ['without the token', { 'x-csrf-token': '' }, noToken],
      ['with another token', { 'x-csrf-token': 'A'.repeat(43) }, noToken],
      ['from another site', { origin: 'https://evil.example.com' }, foreign],
      ['from a page without an origin', { origin: 'null' }, foreign],
      ['that the browser says came from elsewhere', { 'sec-fetch-site': 'cross-site' }, foreign],
      ['that the browser says came from beside us', { 'sec-fetch-site': 'same-site' }, foreign],
    ]

    test.each(attempts)('%s changes nothing', async (_, headers, body) => {
      const { ask } = await visitOf(crm)
      const deal = await crm.given.opportunity()

      for (const method of ['PUT', 'DELETE']) {
        const sent = method === 'PUT' ? { name: 'Forged' } : undefined
        const reply = await ask(method, `/opportunities/${deal.id}`, sent, { headers })
        expect([reply.status, bare(reply)]).toEqual([403, body])
      }

      expect((await crm.v2.get(`/opportunities/${deal.id}`)).body.opportunity.name).toBe('A deal')
    })

    test("with another session's token changes nothing", async () => {
      const [one, other] = [await visitOf(crm), await visitOf(crm)]

      const reply = await one.ask('DELETE', path, undefined, {
        headers: { 'x-csrf-token': other.session.csrfToken },
      })

      expect(bare(reply)).toEqual(noToken)
      expect((await one.ask('GET', path)).status).toBe(200)
    })

    test('from a page of our own is made', async () => {
      const { ask } = await visitOf(crm)
      const deal = await crm.given.opportunity()
      const headers = { origin: crm.url, 'sec-fetch-site': 'same-origin' }

      expect((await ask('PUT', `/opportunities/${deal.id}`, { name: 'Ours' }, { headers })).status).toBe(200)
    })

    test('by who came from elsewhere to sign in is refused, too', async () => {
      const user = await givenPerson(crm)
      const headers = { origin: 'https://evil.example.com' }

      const reply = await crm.ask('POST', path, { token: '', headers, body: { email: user.email, password } })

      expect([reply.status, bare(reply), reply.headers.getSetCookie()]).toEqual([403, foreign, []])
    })
  })

  test('a look needs no token', async () => {
    const { ask } = await visitOf(crm)

    expect((await ask('GET', path, undefined, { headers: { 'x-csrf-token': '' } })).status).toBe(200)
  })

  describe('a session', () => {
    test('ends when nobody used it for thirty days', async () => {
      const { ask } = await visitOf(crm)

      crm.advance(30 * day)

      expect(bare(await ask('GET', path))).toEqual(unauthorized)
    })

    test('goes on for as long as it is used', async () => {
      const { ask } = await visitOf(crm)

      for (let month = 0; month < 3; month++) {
        crm.advance(29 * day)
        expect((await ask('GET', path)).status).toBe(200)
      }
    })

    test('is written once a day at most, however often it is used', async () => {
      const { ask, cookie } = await visitOf(crm)
      const ends = async () => await crm.app.store.all(sql`select expires_at from sessions order by expires_at desc`)
      const before = await ends()

      crm.advance(day / 2)
      await ask('GET', path)

      expect(await ends()).toEqual(before)
      expect(cookie).not.toBe('')
    })

    test('ends by signing out, and its cookie with it; others of the same person go on', async () => {
      const user = await givenPerson(crm)
      const [one, other] = [await signIn(crm, user), await signIn(crm, user)]

      const reply = await one.ask('DELETE', path)

      expect(bare(reply)).toEqual({ signedOut: true })
      expect(reply.headers.getSetCookie()).toEqual([
        'pipewright_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict',
      ])
      expect((await one.ask('GET', path)).status).toBe(401)
      expect((await other.ask('GET', path)).status).toBe(200)
    })

    test('ends when the browser that keeps it signs in anew, as whomever', async () => {
      const user = await givenPerson(crm)
      const [one, elsewhere] = [await signIn(crm, user), await signIn(crm, user)]
      const asking = { ...stranger, headers: { ...stranger.headers, cookie: one.cookie } }

      const refused = await crm.ask('POST', path, { ...asking, body: { email: user.email, password: 'wrong' } })
      expect([refused.status, (await one.ask('GET', path)).status]).toEqual([401, 200])
      const { email } = await givenPerson(crm)
      const next = visitBy(crm, await crm.ask('POST', path, { ...asking, body: { email, password } }))

      crm.advance(1_000)
      const after = [await one.ask('GET', path), await next.ask('GET', path), await elsewhere.ask('GET', path)]
      expect(after.map(({ status }) => status)).toEqual([401, 200, 200])
    })

    test('ends everywhere at once, but for those of other people', async () => {
      const user = await givenPerson(crm)
      const [one, other, theirs] = [await signIn(crm, user), await signIn(crm, user), await visitOf(crm)]

      const reply = await one.ask('DELETE', '/console/sessions')

      expect(bare(reply)).toEqual({ signedOut: true })
      expect(cookieIn(reply)).toBe('pipewright_session=')
      const after = [await one.ask('GET', path), await other.ask('GET', path), await theirs.ask('GET', path)]
      expect(after.map(({ status }) => status)).toEqual([401, 401, 200])
    })

    test('ends with its user', async () => {
      const { user, ask } = await visitOf(crm)

      await crm.v2.delete(`/users/${user.id}`)

      expect(bare(await ask('GET', path))).toEqual(unauthorized)
    })

    test('ends when somebody else gives its user a password', async () => {
      const { user, ask } = await visitOf(crm)

      await crm.v2.put(`/users/${user.id}`, { password: 'another long one' })

      expect(bare(await ask('GET', path))).toEqual(unauthorized)
      expect((await signIn(crm, { email: user.email, password: 'another long one' })).session.user).toMatchObject({
        id: user.id,
      })
    })

    test('has what its user may do now', async () => {
      const { user, ask } = await visitOf(crm)

      await updateUser(crm.as(crm.locationId), user.id, { role: 'admin', lastName: 'West' })

      const { session } = (await ask('GET', path)).body
      expect(session.user).toMatchObject({ name: 'Ruth West', role: 'admin' })
      expect(session.scopes).toContain('users.write')
    })

    test('is one of a hundred at most, and the oldest end', async () => {
      const { user, ask } = await visitOf(crm)
      const { locationId } = crm
      const count = async () =>
        Number(
          (
            await crm.app.store.one<{ count: number }>(sql`
              select count(*) as count from sessions where location_id = ${locationId} and user_id = ${user.id}`)
          )?.count,
        )
      await crm.app.store.transaction(async (tx) => {
        for (let at = 0; at < 99; at++) {
          const ends = Date.now() + 400 * day + at
          await tx.run(sql`insert into sessions (hash, location_id, user_id, expires_at)
            values (${`${user.id} ${at}`}, ${locationId}, ${user.id}, ${ends})`)
        }
      })
      expect(await count()).toBe(100)

      await signIn(crm, user)

      expect(await count()).toBe(100)
      crm.advance(1000)
      expect((await ask('GET', path)).status).toBe(401)
    })
  })

  describe('changing the own password', () => {
    const change = (
      visit: { ask: Awaited<ReturnType<typeof visitOf>>['ask'] },
      newPassword: string,
      current = password,
    ) => visit.ask('PUT', '/console/session/password', { currentPassword: current, newPassword })

    test('ends every other session, and gives this browser a new one', async () => {
      const user = await givenPerson(crm)
      const [one, other] = [await signIn(crm, user), await signIn(crm, user)]

      const reply = await change(one, 'another long one')

      expect(reply.status).toBe(200)
      const next = visitBy(crm, reply)
      expect(next.session).toEqual({ ...one.session, csrfToken: expect.stringMatching(/^[\w-]{43}$/) })
      expect(next.session.csrfToken).not.toBe(one.session.csrfToken)
      const after = [await one.ask('GET', path), await other.ask('GET', path), await next.ask('GET', path)]
      expect(after.map(({ status }) => status)).toEqual([401, 401, 200])
      expect((await crm.events(user.id)).at(-1)).toMatchObject({ types: ['UserUpdate'], callerId: user.id })
    })

    test('lets in by the new one alone', async () => {
      const visit = await visitOf(crm)
      await change(visit, 'another long one')
      const { email } = visit.user

      const old = await crm.ask('POST', path, { ...stranger, body: { email, password } })

      expect(bare(old)).toEqual(wrong)
      expect((await signIn(crm, { email, password: 'another long one' })).session.user).toMatchObject({ email })
    })

    test('needs the old one, and eight characters of a new one', async () => {
      const visit = await visitOf(crm)

      expect(bare(await change(visit, 'another long one', 'wrong'))).toEqual(refused('currentPassword is wrong'))
      expect(bare(await change(visit, 'short'))).toEqual(
        refused('newPassword must be longer than or equal to 8 characters'),
      )
      expect((await visit.ask('GET', path)).status).toBe(200)
    })

    test('guesses at the old one are counted', async () => {
      const visit = await visitOf(crm)
      const guesses = await Promise.all(Array.from({ length: 11 }, () => change(visit, 'another long one', 'wrong')))

      expect(guesses.map(({ status }) => status).sort()).toEqual([...Array(10).fill(422), 429])
      crm.advance(15 * 60 * 1000)
    })
  })

  describe('tries to sign in', () => {
    const attempt = (email: string, shown: string) =>
      crm.ask('POST', path, { ...stranger, body: { email, password: shown } })

    test('as one person are refused after ten, right ones too, for a quarter of an hour', async () => {
      const { email } = await givenPerson(crm)
      const tries = await Promise.all(Array.from({ length: 10 }, () => attempt(email, 'wrong')))

      const late = await attempt(email.toUpperCase(), password)

      expect(tries.map(({ status }) => status)).toEqual(Array(10).fill(401))
      const message = 'Too many tries. Wait a quarter of an hour, then try again.'
      expect([late.status, bare(late)]).toEqual([429, { statusCode: 429, message, error: message }])
      expect(late.headers.get('retry-after')).toBe('900')
      crm.advance(15 * 60 * 1000)
      expect((await attempt(email, password)).status).toBe(200)
    })

    test('begin anew for who got in', async () => {
      const { email } = await givenPerson(crm)
      await Promise.all(Array.from({ length: 9 }, () => attempt(email, 'wrong')))

      expect((await attempt(email, password)).status).toBe(200)

      expect((await attempt(email, 'wrong')).status).toBe(401)
      expect((await attempt(email, password)).status).toBe(200)
    })
  })
})

onEveryStore(
  'people and the rate limit',
  (crm) => {
    test('are not counted, and told of no limit, not even when they fail', async () => {
      const { ask } = await visitOf(crm)

      const replies = await Promise.all(Array.from({ length: 20 }, () => ask('GET', path)))
      const missing = await ask('GET', '/opportunities/none')

      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]))
      expect(missing.status).toBe(404)
      const told = [...replies, missing].flatMap(({ headers }) => [...headers.keys()])
      expect(told.filter((name) => limits.test(name))).toEqual([])
    })
  },
  { rateLimit: { burst: 5, intervalMs: 10_000, daily: 100 } },
)

onEveryStore(
  'behind https',
  (crm) => {
    test('the cookie travels encrypted only, and pages come from the public address', async () => {
      const user = await givenPerson(crm)
      const body = { email: user.email, password }
      const headers = { origin: 'https://crm.example.com', 'sec-fetch-site': 'same-origin' }

      const reply = await crm.ask('POST', path, { token: '', headers, body })

      expect(reply.headers.getSetCookie()[0]).toMatch(/; HttpOnly; SameSite=Strict; Secure$/)
      expect((await visitBy(crm, reply).ask('DELETE', path, undefined, { headers })).status).toBe(200)
    })
  },
  { publicUrl: 'https://crm.example.com' },
)
