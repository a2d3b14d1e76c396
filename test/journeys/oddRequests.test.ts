import { expect, test } from 'vitest'
import { onEveryStore } from '../harness.ts'

onEveryStore('odd requests', (crm) => {
  test('that cannot even be read leave the metrics whole', async () => {
    expect((await fetch(`${crm.url}/%zz`)).status).toBe(400)

    expect((await fetch(`${crm.url}/metrics`)).status).toBe(200)
  })

  test('to no route are 404, whatever was sent along', async () => {
    const reply = await fetch(`${crm.url}/nonesuch`, { method: 'POST', body: new URLSearchParams({ a: 'b' }) })

    expect(reply.status).toBe(404)
    expect(await reply.json()).toMatchObject({ statusCode: 404, message: 'Cannot POST /nonesuch' })
  })

  test('to the base URL lead a browser to the web app, and a program nowhere', async () => {
    const browser = await fetch(crm.url, { headers: { accept: 'text/html' }, redirect: 'manual' })
    const program = await fetch(crm.url)

    expect([browser.status, browser.headers.get('location')]).toEqual([302, '/app'])
    expect(program.status).toBe(404)
  })

  test('by way of a proxy that names no server are not linked to what it names', async () => {
    await crm.given.opportunity()
    await crm.given.opportunity()
    const path = `/opportunities/search?location_id=${crm.locationId}&limit=1`

    const { body } = await crm.v2.get(path, { headers: { 'x-forwarded-proto': 'javascript' } })

    expect(body.meta.nextPageUrl).toMatch(new RegExp(`^${crm.url}/opportunities/search`))
  })
})
