import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { onApp, takesKeys } from '../support/pages.ts'

onApp('contacts', (app) => {
  test('are created by keyboard, and one that is there already is shown the way to', async () => {
    const page = await app.page({ path: '/app/contacts' })
    await page.getByText('No contacts yet').waitFor()
    await app.shots(page, 'contacts-none')

    await page.keyboard.press('n')
    await fillIn(page, { 'First name': 'Grace', 'Last name': 'Hopper', 'E-mail': 'grace@navy.example' })
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Contact Grace Hopper' }).waitFor()
    const [contact] = await contactsOf('grace@navy.example')
    expect(contact).toMatchObject({ firstName: 'Grace', lastName: 'Hopper', email: 'grace@navy.example' })
    expect(new URL(page.url()).pathname).toBe(`/app/contacts/${contact.id}`)

    await takesKeys(page.getByRole('dialog', { name: 'Contact Grace Hopper' }))
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('n')
    await fillIn(page, { 'First name': 'Another', 'E-mail': 'grace@navy.example' })
    await page.keyboard.press('Enter')
    await page.getByText('This location does not allow duplicated contacts.').waitFor()
    await app.shots(page, 'contacts-duplicate')
    await page.getByRole('button', { name: 'Open Grace Hopper' }).click()
    await page.getByRole('dialog', { name: 'Contact Grace Hopper' }).waitFor()
    expect(await contactsOf('grace@navy.example')).toHaveLength(1)
  })

  test('are found by text and by tag, and the address says so', async () => {
    await app.crm.given.contact({ firstName: 'Tomas', lastName: 'Novak', tags: ['vip', 'south'] })
    await app.crm.given.contact({ firstName: 'Toma', lastName: 'Berg', tags: ['south'] })
    await app.crm.given.contact({ firstName: 'Zoe', lastName: 'Chen', tags: ['vip'] })
    const page = await app.page({ path: '/app/contacts' })

    await page.getByRole('searchbox', { name: 'Search contacts' }).fill('toma')
    await page.getByText('2 found').waitFor()
    await page.getByRole('button', { name: 'tag', exact: true }).click()
    await page.getByRole('option', { name: 'vip' }).click()
    await page.keyboard.press('Escape')

    await page.getByText('1 found').waitFor()
    await page.getByRole('row', { name: /Tomas Novak/ }).waitFor()
    expect(new URL(page.url()).search).toBe('?q=toma&tag=vip')
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'contacts')
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByRole('row', { name: /Zoe Chen/ }).waitFor()
  })

  test('are changed in place: fields, tags; what the server refuses stays at its field', async () => {
    await app.crm.given.contact({ firstName: 'Ada', email: 'taken@example.com' })
    const { id } = await app.crm.given.contact({ firstName: 'Rosa', lastName: 'Deo', tags: ['old'] })
    await app.crm.given.opportunity({ contactId: id, name: 'Site tablets', monetaryValue: 1200 })
    const page = await app.page({ path: `/app/contacts/${id}` })
    const panel = page.getByRole('dialog', { name: /^Contact / })

    await panel.getByLabel('E-mail').fill('taken@example.com')
    await panel.getByLabel('E-mail').press('Enter')
    await panel.getByText('This location does not allow duplicated contacts.').waitFor()
    expect(await panel.getByLabel('E-mail').inputValue()).toBe('taken@example.com')
    await panel.getByLabel('E-mail').fill('rosa@example.com')
    await panel.getByLabel('First name').fill('Rosan')
    await panel.getByRole('heading', { name: 'Rosan Deo' }).waitFor({ state: 'hidden' })
    await panel.getByLabel('First name').press('Enter')
    await panel.getByRole('heading', { name: 'Rosan Deo' }).waitFor()

    await panel.getByRole('button', { name: 'Remove tag old' }).click()
    await panel.getByRole('button', { name: 'Add tag' }).click()
    await takesKeys(page.getByRole('combobox', { name: 'Tag' }))
    await page.keyboard.type('Very Important')
    await page.getByRole('option', { name: 'Create “very important”' }).click()
    await panel.getByRole('button', { name: 'Remove tag very important' }).waitFor()
    await panel.getByText('changed tags').first().waitFor()

    const { body } = await app.crm.v3.get(`/contacts/${id}`)
    expect(body.contact).toMatchObject({ firstName: 'Rosan', email: 'rosa@example.com', tags: ['very important'] })
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'contact')
    await panel.getByRole('link', { name: /Site tablets/ }).click()
    await page.getByRole('textbox', { name: 'Name' }).waitFor()
  })

  test('are written to at their address alone, whatever it holds', async () => {
    const { id } = await app.crm.given.contact({ email: 'ada@shop.example?bcc=spy%40evil.example' })
    const page = await app.page({ path: `/app/contacts/${id}` })

    const link = page.locator('a[href^="mailto:"]')
    await link.waitFor()
    expect(await link.getAttribute('href')).toBe('mailto:ada@shop.example%3Fbcc%3Dspy%2540evil.example')
  })

  test('are deleted with their deals, which is said before', async () => {
    const { id } = await app.crm.given.contact({ firstName: 'Kai', lastName: 'Kumar' })
    const deal = await app.crm.given.opportunity({ contactId: id })
    const page = await app.page({ path: `/app/contacts/${id}` })

    await page.getByRole('button', { name: 'Actions for this contact' }).click()
    await page.getByRole('menuitem', { name: 'Delete…' }).click()
    await page.getByText('its tasks and its deal are deleted').waitFor()
    await page.getByRole('button', { name: 'Delete contact' }).click()

    await page.getByText('Kai Kumar is deleted.').waitFor()
    expect((await app.crm.v3.get(`/contacts/${id}`)).status).toBe(404)
    expect((await app.crm.v3.get(`/opportunities/${deal.id}`)).status).toBe(404)
  })

  async function contactsOf(email: string) {
    const { body } = await app.crm.v3.post('/contacts/search', { locationId: app.crm.locationId, query: email })
    return body.contacts
  }
})

async function fillIn(page: Page, fields: Record<string, string>) {
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(text)
}
