import { expect, test } from 'vitest'
import { createApp } from '../../../src/app.ts'
import { bare, base, type Crm, onEveryStore, startCrm } from '../../harness.ts'
import { givenApp, signIn as signInOnPage } from '../../support/oauth.ts'
import { givenPerson, password, signIn, stranger } from '../../support/people.ts'
import { createDatabase } from '../../support/postgres.ts'

const path = '/console/session'
const message = 'Too many tries. Wait a quarter of an hour, then try again.'

const attempt = (crm: Crm, email: string, shown = 'wrong') =>
  crm.ask('POST', path, { ...stranger, body: { email, password: shown } })

onEveryStore('tries from one place', (crm) => {
  test('are refused after sixty, whomever they are for', async () => {
    const [victim, other] = [await givenPerson(crm), await givenPerson(crm)]
    const tries = await Promise.all(Array.from({ length: 60 }, () => attempt(crm, victim.email)))

    const late = await attempt(crm, other.email, password)

    // The first ten were looked at; the others were too many for one person, and count for the place.
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(10)
    expect([late.status, bare(late)]).toEqual([429, { statusCode: 429, message, error: message }])
    crm.advance(15 * 60 * 1000)
    expect((await attempt(crm, other.email, password)).status).toBe(200)
  })

  test('count for the page where apps are let in, too', async () => {
    const app = await givenApp(crm)
    const { email } = await givenPerson(crm, { role: 'admin' })
    const query = { client_id: app.clientId }
    await Promise.all(Array.from({ length: 10 }, () => attempt(crm, email)))

    const { page } = await signInOnPage(crm, query, { email, password })

    expect([page.status, page.html.includes(message)]).toEqual([429, true])
    crm.advance(15 * 60 * 1000)
    expect((await signInOnPage(crm, query, { email, password })).page.status).toBe(200)
    // Who got in there begins anew: one try more than these would be too many.
    await Promise.all(Array.from({ length: 9 }, () => attempt(crm, email)))
    expect((await signInOnPage(crm, query, { email, password })).page.status).toBe(200)
  })
})

test('a session that ends in one process ends in the others, as soon as they hear of it', async () => {
  const { db, discard } = await createDatabase()
  const crm = await startCrm({ db })
  const stopped = Date.now()
  // Its time stands still: what it remembers it believes until it hears otherwise.
  const beside = await createApp({ ...base, db }, () => stopped)
  const url = await beside.listen()
  const user = await givenPerson(crm)
  const visit = await signIn(crm, user)
  const status = async () => (await fetch(url + path, { headers: { cookie: visit.cookie } })).status
  expect(await status()).toBe(200)

  await visit.ask('DELETE', '/console/sessions')

  await expect.poll(status, { timeout: 20_000 }).toBe(401)
  await beside.close()
  await crm.stop()
  await discard()
})
