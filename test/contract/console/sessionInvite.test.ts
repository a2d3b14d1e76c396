import { describe, expect, test } from 'vitest'
import { createUser } from '../../../src/domain/accounts/users.ts'
import { bare, onEveryStore } from '../../harness.ts'
import { cookieIn, givenPerson, password, signIn, stranger, visitBy, visitOf } from '../../support/people.ts'

const day = 24 * 60 * 60 * 1000
const notFound = {
  statusCode: 404,
  error: 'Not Found',
  message: 'Invitation not found',
  code: 'INVITATION_NOT_FOUND',
}
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

onEveryStore('invitations', (crm) => {
  const invite = (userId: string) => crm.v3.post(`/console/users/${userId}/invite`)
  const secretIn = (url: string) => url.split('#')[1] as string
  const look = (secret: string) => crm.ask('POST', '/console/join/look', { ...stranger, body: { secret } })
  const join = (secret: string, chosen = password) =>
    crm.ask('POST', '/console/join', { ...stranger, body: { secret, password: chosen } })
  async function invited() {
    const user = await crm.given.user('Grace')
    return { user, secret: secretIn((await invite(user.id)).body.url) }
  }

  test('are links for an admin to copy, good for a week', async () => {
    const { id } = await crm.given.user()

    const reply = await invite(id)

    expect(reply.status).toBe(201)
    expect(bare(reply)).toEqual({
      url: expect.stringMatching(new RegExp(`^${crm.url}/app/join#[0-9A-Za-z]{43}$`)),
      expiresAt: time,
    })
    const left = Date.parse(reply.body.expiresAt) - Date.now()
    expect(left).toBeGreaterThan(7 * day - 60_000)
    expect(left).toBeLessThan(7 * day + 60_000)
  })

  test('say whom they are for and where to, as often as somebody looks', async () => {
    const { user, secret } = await invited()

    for (let looked = 0; looked < 2; looked++) {
      const reply = await look(secret)
      expect([reply.status, bare(reply)]).toEqual([
        200,
        { email: user.email, firstName: 'Grace', locationName: 'My Business' },
      ])
    }
  })

  test('give a password, and let in at once', async () => {
    const { user, secret } = await invited()

    const reply = await join(secret)

    expect(reply.status).toBe(200)
    const visit = visitBy(crm, reply)
    expect(visit.session.user).toEqual({
      id: user.id,
      name: 'Grace Hopper',
      firstName: 'Grace',
      lastName: 'Hopper',
      email: user.email,
      role: 'user',
      onlyAssigned: false,
    })
    expect(bare(await visit.ask('GET', '/console/session'))).toEqual({ session: visit.session })
    expect((await signIn(crm, user)).session.user).toEqual(visit.session.user)
    expect((await crm.events(user.id)).at(-1)).toMatchObject({ types: ['UserUpdate'], callerId: user.id })
  })

  test('are good once, also for two who come at the same moment', async () => {
    const { secret } = await invited()

    const replies = await Promise.all([join(secret, 'the first password'), join(secret, 'the other password')])
    const late = await join(secret)

    expect(replies.map(({ status }) => status).sort()).toEqual([200, 404])
    expect(bare(late)).toEqual(notFound)
    expect(bare(await look(secret))).toEqual(notFound)
  })

  test('end when another one is made', async () => {
    const { user, secret } = await invited()
    const next = secretIn((await invite(user.id)).body.url)

    expect(bare(await join(secret))).toEqual(notFound)
    expect((await join(next)).status).toBe(200)
  })

  test('end after a week', async () => {
    const { secret } = await invited()

    crm.advance(7 * day)

    expect(bare(await look(secret))).toEqual(notFound)
    expect(bare(await join(secret))).toEqual(notFound)
  })

  test.each([
    ['is deleted', (id: string) => crm.v2.delete(`/users/${id}`)],
    ['has another e-mail address', (id: string) => crm.v2.put(`/users/${id}`, { email: `new${id}@example.com` })],
    ['is given a password', (id: string) => crm.v2.put(`/users/${id}`, { password })],
  ])('end when the user %s', async (_, happen) => {
    const { user, secret } = await invited()

    expect((await happen(user.id)).status).toBe(200)

    expect(bare(await look(secret))).toEqual(notFound)
    expect(bare(await join(secret))).toEqual(notFound)
  })

  test('for somebody who has a password end what it opened', async () => {
    const { user, ask } = await visitOf(crm)
    const secret = secretIn((await invite(user.id)).body.url)
    expect((await ask('GET', '/console/session')).status).toBe(200)

    await join(secret, 'another long one')

    expect((await ask('GET', '/console/session')).status).toBe(401)
  })

  test('cannot be guessed, and say which field is wrong', async () => {
    const { secret } = await invited()

    expect(bare(await join('A'.repeat(43)))).toEqual(notFound)
    expect(bare(await join(secret, 'short'))).toEqual({
      statusCode: 422,
      message: ['password must be longer than or equal to 8 characters'],
      error: 'Unprocessable Entity',
    })
    expect((await look(secret)).status).toBe(200)
  })

  test('from a page of another site let nobody in', async () => {
    const { secret } = await invited()

    const reply = await crm.ask('POST', '/console/join', {
      token: '',
      headers: { origin: 'https://evil.example.com' },
      body: { secret, password },
    })

    expect([reply.status, cookieIn(reply)]).toEqual([403, ''])
    expect((await look(secret)).status).toBe(200)
  })

  describe('are made', () => {
    test('by admins, and not by users', async () => {
      const { id } = await crm.given.user()
      const [admin, user] = [await visitOf(crm, { role: 'admin' }), await visitOf(crm)]
      const path = `/console/users/${id}/invite`

      expect((await admin.ask('POST', path)).status).toBe(201)
      const reply = await user.ask('POST', path)
      expect([reply.status, bare(reply)]).toEqual([403, { statusCode: 403, message: 'Your role does not allow this.' }])
    })

    test('for nobody of another location, and nobody who is gone', async () => {
      const other = await crm.given.location()
      const theirs = await createUser(crm.as(other.id), { firstName: 'Theo', email: 'theo@example.com' })
      const gone = await givenPerson(crm)
      await crm.v2.delete(`/users/${gone.id}`)

      for (const id of [theirs.id, gone.id, 'none']) {
        expect((await invite(id)).body).toMatchObject({ statusCode: 404, message: 'User not found' })
      }
    })

    test('for no address that signs in to another location already', async () => {
      const other = await crm.given.location()
      await createUser(crm.as(other.id), { firstName: 'Theo', email: 'taken@example.com', password })
      const { id } = await createUser(crm.as(crm.locationId), { firstName: 'Thea', email: 'taken@example.com' })

      const reply = await invite(id)

      expect([reply.status, bare(reply)]).toEqual([
        400,
        { statusCode: 400, message: 'Somebody signs in with this e-mail address already.' },
      ])
    })
  })
})
