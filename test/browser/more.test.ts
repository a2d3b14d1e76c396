import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { onApp } from '../support/pages.ts'
import { addTag, workflowsOf } from '../support/workflows.ts'

/** Long tables: what is behind the first page, beside what changes meanwhile. */
onApp('the next page of a table', (app) => {
  test('does not break off what brings a change', async () => {
    for (let at = 0; at < 130; at++)
      await app.crm.given.contact({ firstName: `Row ${at}`, email: `row${at}@example.com` })
    const page = await app.page({ path: '/app/contacts' })
    const shown = page.getByRole('rowheader').first()
    await rowsOf(page, 100)
    const { body } = await app.crm.v3.post('/contacts/search', {
      locationId: app.crm.locationId,
      pageLimit: 1,
      query: await shown.innerText(),
    })
    const held = await hold(page, '**/contacts/search', (sent) => sent?.searchAfter === undefined)

    await app.crm.v3.put(`/contacts/${body.contacts[0].id}`, { firstName: 'Changed meanwhile' })
    const goOn = await held.found
    await toEnd(page)
    goOn()

    await rowsOf(page, 130)
    await toStart(page)
    await page.getByRole('rowheader', { name: 'Changed meanwhile' }).waitFor()
  })

  test('comes once what was under way has ended', async () => {
    const { id } = await workflowsOf(app.crm).running({
      trigger: { type: 'contact_tag', filters: { tag: 'never' } },
      steps: [addTag('met')],
    })
    for (let at = 0; at < 105; at++) {
      const contact = await app.crm.given.contact({ email: `run${at}@example.com` })
      expect((await app.crm.v3.post(`/contacts/${contact.id}/workflow/${id}`, {})).status).toBe(200)
    }
    const page = await app.page({ path: `/app/automations/${id}/runs` })
    await rowsOf(page, 100)
    const held = await hold(page, '**/console/runs?*', () => true)
    const goOn = await held.found
    await toEnd(page)
    goOn()

    await rowsOf(page, 105)
  })

  test('says so when it could not be had, and is asked for once more', async () => {
    for (let at = 0; at < 80; at++) await app.crm.v2.get(`/contacts/never${at}`)
    const page = await app.page()
    await page.route('**/console/requests?*cursor=*', (route) =>
      route.fulfill({ status: 400, json: { statusCode: 400, message: 'Not now' } }),
    )
    await page.goto('/app/developer/requests?path=/never')
    await page.getByRole('button', { name: 'Hold still' }).click()
    await rowsOf(page, 50)
    await toEnd(page)
    await page.getByText('The rest could not be loaded.').waitFor()

    await page.unroute('**/console/requests?*cursor=*')
    await page.getByRole('button', { name: 'Try again' }).click()

    await rowsOf(page, 80)
    await toEnd(page)
    await page.getByText('/contacts/never0').waitFor()
  })
})

/** Of what a page sends, which page of a list it asks for. */
type Sent = { searchAfter?: unknown } | null

/** From now on the first request of those meant is held, until what it is found by is called. */
async function hold(page: Page, path: string, isMeant: (sent: Sent) => boolean) {
  let find: (goOn: () => void) => void
  let isFound = false
  const found = new Promise<() => void>((resolve) => (find = resolve))
  await page.route(path, async (route) => {
    if (!isFound && isMeant(route.request().postDataJSON())) {
      isFound = true
      await new Promise<void>((goOn) => find(goOn))
    }
    await route.continue()
  })
  return { found }
}

/** Under the header. */
const rowsOf = (page: Page, count: number) => page.locator(`.table[aria-rowcount="${count + 1}"]`).waitFor()
const toEnd = (page: Page) => page.locator('.table').evaluate((table) => table.scrollTo(0, table.scrollHeight))
const toStart = (page: Page) => page.locator('.table').evaluate((table) => table.scrollTo(0, 0))
