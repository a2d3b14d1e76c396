import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { narrow, onApp } from '../support/pages.ts'

onApp('with a thumb on a phone, 360 px wide,', (app) => {
  let page: Page
  beforeAll(async () => {
    page = await app.page({ viewport: narrow, hasTouch: true })
  })

  test('a deal is created, opened from its card, and won', async () => {
    await go('Board')
    await tap('Create opportunity')
    await fill({ Name: 'Tapped', Value: '12' })
    await dialog().getByRole('combobox', { name: 'Contact' }).fill('Ada Tapper')
    await page.getByRole('option', { name: 'Create “Ada Tapper”' }).tap()
    await dialog().getByRole('button', { name: 'Create', exact: true }).tap()
    await page.getByRole('link', { name: /^Tapped/ }).tap()
    await dialog().getByRole('button', { name: 'Won', exact: true }).tap()
    await page.getByText('Tapped is won.').waitFor()

    expect(await found('Tapped')).toMatchObject([{ status: 'won', monetaryValue: 12 }])
  })

  test('a row of the list is opened and the deal given another value', async () => {
    await app.crm.given.opportunity({ name: 'Listed', monetaryValue: 5 })
    await go('List')
    await page.getByRole('rowheader', { name: 'Listed' }).tap()
    const value = dialog().getByLabel('Value', { exact: true })
    await value.fill('77')
    await dialog().getByRole('heading', { name: 'History' }).tap()
    await page.locator('.happening', { hasText: '$77' }).first().waitFor()

    expect(await found('Listed')).toMatchObject([{ monetaryValue: 77 }])
  })

  test('a contact is created and given a tag', async () => {
    await go('Contacts')
    await tap('New contact')
    await fill({ 'First name': 'Thumb', 'E-mail': 'thumb@example.com' })
    await dialog().getByRole('button', { name: 'Create contact' }).tap()
    await page.getByRole('button', { name: 'Add tag' }).tap()
    await page.getByRole('combobox', { name: 'Tag' }).fill('tapped')
    await page.getByRole('option', { name: 'Create “tapped”' }).tap()
    await page.getByRole('button', { name: 'Remove tag tapped' }).waitFor()

    const wanted = { locationId: app.crm.locationId, query: 'thumb@example.com' }
    const { contacts } = (await app.crm.v3.post('/contacts/search', wanted)).body
    expect(contacts).toMatchObject([{ firstName: 'Thumb', tags: ['tapped'] }])
  })

  test('a workflow is begun and given a step', async () => {
    await go('Automations')
    await tap('Create workflow')
    await fill({ Name: 'By thumb' })
    await dialog().getByRole('button', { name: 'Create workflow' }).tap()
    await tap('Add the first step')
    await page.getByRole('menuitem', { name: 'Add Tag', exact: true }).tap()
    await page.getByRole('combobox', { name: 'Tags' }).fill('stepped')
    await page.keyboard.press('Enter')
    await page.locator('.editor-saving').getByText('Saved', { exact: true }).waitFor()

    const [{ id }] = (await app.crm.v2.get('/console/workflows')).body.workflows
    const { workflow } = (await app.crm.v2.get(`/console/workflows/${id}`)).body
    expect(workflow).toMatchObject({ name: 'By thumb', draft: { steps: [{ settings: { tags: ['stepped'] } }] } })
  })

  test('a webhook is made and paused', async () => {
    await go('Webhooks')
    await tap('New webhook')
    await fill({ Address: 'https://example.com/hooks', Name: 'Thumbs' })
    await dialog().getByText('All events', { exact: true }).tap()
    // The events one by one are gone, and the button has come to where it stays.
    await dialog().getByText('Everything that happens, and what later versions tell.').waitFor()
    await dialog().getByRole('button', { name: 'Create webhook' }).tap()
    await dialog().getByRole('button', { name: 'Done' }).tap()
    await page.getByRole('link', { name: 'Thumbs' }).tap()
    await page.getByRole('button', { name: 'Actions for Thumbs' }).tap()
    await page.getByRole('menuitem', { name: 'Pause' }).tap()
    await page.getByText('Thumbs is paused.').waitFor()

    expect((await app.crm.v2.get('/console/webhooks')).body.webhooks).toMatchObject([{ state: 'paused' }])
  })

  test('a report is read and followed to its deals', async () => {
    await go('Reports')
    await page.getByRole('tab', { name: 'Won and lost' }).tap()
    await page.locator('.report-figures a').first().tap()
    await page.getByRole('rowheader', { name: 'Tapped' }).waitFor()
  })

  test('a request is looked at', async () => {
    await app.crm.v2.get('/opportunities/tapped')
    await go('Developer')
    await page.getByRole('row').filter({ hasText: '/opportunities/tapped' }).tap()
    await page.getByRole('dialog', { name: 'GET /opportunities/tapped' }).getByText('404').first().waitFor()
  })

  test('a part of the settings is reached, and a reason added', async () => {
    await go('Settings')
    await page.getByRole('link', { name: 'Lost reasons' }).tap()
    await page.getByLabel('New reason').fill('Too small a screen')
    await page.getByRole('button', { name: 'Add', exact: true }).tap()
    await page.getByText('Too small a screen is added.').waitFor()

    const path = `/opportunities/lost-reason?locationId=${app.crm.locationId}`
    expect((await app.crm.v3.get(path)).body.lostReasons).toMatchObject([{ name: 'Too small a screen' }])
  })

  /** By the bar at the bottom, or from its menu; whatever is open is left. */
  async function go(to: string) {
    await page.goto('/app/nowhere')
    const bar = page.getByRole('navigation', { name: 'Main' })
    await bar.getByRole('button', { name: 'More' }).waitFor()
    const link = bar.getByRole('link', { name: to })
    if ((await link.count()) > 0) return link.tap()
    await bar.getByRole('button', { name: 'More' }).tap()
    await page.getByRole('menuitem', { name: to }).tap()
  }

  const tap = (name: string) => page.getByRole('button', { name, exact: true }).first().tap()
  const dialog = () => page.locator('[role=dialog], [role=alertdialog]').last()

  async function fill(fields: Record<string, string>) {
    for (const [label, text] of Object.entries(fields)) await dialog().getByLabel(label, { exact: true }).fill(text)
  }

  async function found(query: string) {
    const { body } = await app.crm.v3.post('/opportunities/search', { locationId: app.crm.locationId, query, limit: 5 })
    return body.opportunities
  }
})
