import { expect, test } from 'vitest'
import { narrow, onApp } from '../support/pages.ts'
import { givenPerson, password } from '../support/people.ts'

onApp('the page for developers', (app) => {
  test('shows a request as it comes: what it met, why it was refused, and its body without secrets', async () => {
    const page = await app.page({ path: '/app/developer' })
    const token = await app.crm.given.token(['contacts.readonly'])
    await page.getByRole('heading', { name: 'Developer' }).waitFor()
    const body = { locationId: app.crm.locationId, name: 'Big roof', apiKey: 'nobody may read this' }
    const invalid = await app.crm.v2.post('/opportunities/', body)
    await app.crm.v2.post('/opportunities/', body, { token })
    await app.crm.v2.get('/nowhere', { token })

    const row = page.getByRole('row').filter({ hasText: 'create-opportunity' }).filter({ hasText: '401' })
    await row.waitFor()
    await page.getByRole('row').filter({ hasText: '/nowhere' }).getByText('No such route').waitFor()
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'developer-requests')
    await row.click()
    const panel = page.getByRole('dialog', { name: 'POST /opportunities/' })
    await panel.getByText(/lacks opportunities.write/).waitFor()
    await panel.getByText('Not read: it was refused before.').waitFor()
    await page.keyboard.press('ArrowRight')
    await panel.getByText(/has opportunities.write/).waitFor()
    expect(await panel.textContent()).toContain('"name": "Big roof"')
    expect(await panel.textContent()).toContain('property apiKey should not exist')
    expect(await page.content()).not.toContain('nobody may read this')
    expect(new URL(page.url()).searchParams.get('request')).toBe(invalid.body.traceId)
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'developer-request')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('narrows the log by path and status, and keeps that in its address', async () => {
    await app.crm.v2.get('/opportunities/missing')
    await app.crm.v2.get(`/opportunities/pipelines?locationId=${app.crm.locationId}`)
    const page = await app.page({ path: '/app/developer/requests' })
    await page.getByRole('row').filter({ hasText: 'get-pipelines' }).first().waitFor()

    await page.getByRole('button', { name: 'status' }).click()
    await page.getByRole('option', { name: '404 Not found' }).click()
    await page.getByRole('row').filter({ hasText: 'get-pipelines' }).waitFor({ state: 'detached' })
    await page.keyboard.press('/')
    await page.keyboard.type('MISSING')
    await page.waitForURL('**/requests?status=404&path=MISSING')

    await page.getByRole('row').filter({ hasText: '/opportunities/missing' }).waitFor()
    await page.reload()
    await page.getByRole('row').filter({ hasText: '/opportunities/missing' }).waitFor()
    expect(await page.getByRole('row').count()).toBe(2)
  })

  test('gives lines that work as they are, once the token is set', async () => {
    const page = await app.page({ path: '/app/developer/connect', viewport: narrow, hasTouch: true })
    await page.getByRole('radio', { name: 'Pipelines and stages' }).tap()
    const line = (await page.getByText(/^curl/).textContent()) ?? ''
    const filled = line
      .replace('$PIPEWRIGHT_URL', app.crm.url)
      .replace('$LOCATION_ID', app.crm.locationId)
      .replace('$GHL_TOKEN', app.crm.token)
    const [, url = ''] = /"(http[^"]*)"/.exec(filled) ?? []
    const headers = [...filled.matchAll(/-H "([^:]+): ([^"]+)"/g)].map(([, name, value]) => [name, value])
    const reply = await fetch(url, { headers: Object.fromEntries(headers) })

    expect(await reply.json()).toMatchObject({ pipelines: [{ id: app.crm.pipeline.id }] })
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'developer-connect')
  })

  test('keeps the log from those who may not read it, and still tells them how to connect', async () => {
    const person = await givenPerson(app.crm)
    const page = await app.page({ as: { email: person.email, password }, path: '/app/developer' })

    await page.getByText(app.crm.locationId).first().waitFor()
    expect(new URL(page.url()).pathname).toBe('/app/developer/connect')
    await page.goto('/app/developer/requests')
    await page.getByRole('heading', { name: 'You do not have access to this page' }).waitFor()
  })
})
