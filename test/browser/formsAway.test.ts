import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Crm, startCrm } from '../harness.ts'
import { dealsIn, givenBoard } from '../support/boards.ts'
import { onApp, takesKeys } from '../support/pages.ts'
import { type Relay, startRelay } from '../support/relay.ts'
import { signIn, usual, wide } from '../support/visit.ts'

describe('a server that dies', () => {
  let crm: Crm
  let relay: Relay
  let browser: Browser
  beforeAll(async () => {
    crm = await startCrm()
    relay = await startRelay(crm.url)
    browser = await chromium.connect(inject('browser'))
  })
  afterAll(async () => {
    await browser?.close()
    await relay?.close()
    await crm?.stop()
  })

  /** By the relay: a page of a deal, signed in. */
  async function openDeal(id: string): Promise<Page> {
    const context = await browser.newContext({ baseURL: relay.url, viewport: wide, ...usual })
    const page = await context.newPage()
    await page.goto(`/app/opportunities/${id}`)
    await signIn(page, crm.first.admin)
    return page
  }

  /** Has the next such request done by the server, but the page never hears of it. */
  async function loseAnswer(page: Page, method: string, path: string) {
    let isLost = false
    await page.route(new URL(path, relay.url).href, async (route) => {
      if (isLost || route.request().method() !== method) return route.fallback()
      isLost = true
      await route.fetch()
      await route.abort('connectionreset')
    })
  }

  test('gets what was saved in that moment once it is back, like what is saved later', async () => {
    const { id } = await crm.given.opportunity({ name: 'Saved just then' })
    const page = await openDeal(id)
    const source = page.getByLabel('Source', { exact: true })
    const name = page.getByLabel('Name', { exact: true })
    await source.fill('Trade fair')

    const died = relay.cutAt(`PUT /opportunities/${id}`, 'before').then(() => relay.refuse(true))
    await source.press('Enter')
    await died
    await page.getByText('Offline. One change waits').waitFor()
    await source.press('Escape')
    await name.fill('Saved later')
    await name.press('Enter')
    await page.getByText('Offline. 2 changes wait').waitFor()
    expect(await source.inputValue()).toBe('Trade fair')
    expect(await page.getByText('could not be reached').count()).toBe(0)
    relay.refuse(false)

    await page.getByText('Offline.').waitFor({ state: 'detached' })
    const saved = { name: 'Saved later', source: 'Trade fair' }
    await expect.poll(async () => (await crm.v3.get(`/opportunities/${id}`)).body.opportunity).toMatchObject(saved)
    expect(await source.inputValue()).toBe('Trade fair')
    const asked: string[] = []
    page.on('dialog', (dialog) => {
      asked.push(dialog.type())
      void dialog.accept()
    })
    await page.reload()
    expect(asked).toEqual([])
  })

  test('before it has answered is not told again to make something; what it was told to delete is gone', async () => {
    const { id, contactId } = await crm.given.opportunity({ name: 'Gone unheard' })
    const page = await openDeal(id)
    const note = page.getByRole('textbox', { name: 'Write a note' })
    await note.fill('Made unheard')
    await loseAnswer(page, 'POST', `/contacts/${contactId}/notes`)

    await note.press('Control+Enter')

    await page.getByText('The server could not be reached.').first().waitFor()
    expect(await note.inputValue()).toBe('Made unheard')
    await loseAnswer(page, 'DELETE', `/opportunities/${id}`)
    await page.getByRole('button', { name: 'Actions for this deal' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByText('Gone unheard is deleted.').waitFor()
    const { notes } = (await crm.v3.get(`/contacts/${contactId}/notes`)).body
    expect(notes).toMatchObject([{ bodyText: 'Made unheard' }])
    expect((await crm.v3.get(`/opportunities/${id}`)).status).toBe(404)
  })
})

onApp('a form of the web app', (app) => {
  test('says of what it brings back that it is not saved yet, and throws it away', async () => {
    const { id, stages } = await givenBoard(app.crm, 'Half edited')
    const page = await app.page({ path: `/app/settings/pipelines/${id}` })
    const ofBefore = page.getByRole('status').filter({ hasText: 'Brought back from before, not saved yet.' })
    const discard = ofBefore.getByRole('button', { name: 'Discard' })
    await page.getByRole('button', { name: `More about ${stages[1]?.name}` }).click()
    await page.getByRole('menuitem', { name: 'Delete stage' }).click()
    await page.getByText('Goes when you save').waitFor()
    expect(await ofBefore.count()).toBe(0)

    await page.reload()
    await ofBefore.waitFor()
    expect(await page.getByText('Goes when you save').count()).toBe(1)
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'pipeline-of-before')
    await discard.click()
    await page.getByText('Goes when you save').waitFor({ state: 'detached' })
    await ofBefore.waitFor({ state: 'detached' })

    await page.goto(`/app/board?pipeline=${id}`)
    const { dialog, name, open } = deal(page)
    await open()
    await name.fill('Half a deal')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await open()
    await ofBefore.waitFor()
    expect(await name.inputValue()).toBe('Half a deal')
    await app.shots(page, 'deal-of-before')
    await discard.click()
    await expect.poll(() => name.inputValue()).toBe('')
    await takesKeys(name)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await open()
    await name.waitFor()
    expect(await ofBefore.count()).toBe(0)
  })

  test('says of all that is missing at once, and goes to the first', async () => {
    const { id } = await givenBoard(app.crm, 'Nothing filled in')
    const page = await app.page({ path: `/app/board?pipeline=${id}` })
    const { dialog, name, open } = deal(page)
    await open()

    await dialog.getByRole('button', { name: 'Create', exact: true }).click()

    await dialog.getByText('Fill in “Name”.').waitFor()
    await dialog.getByText('Choose a contact, or type a name to create one.').waitFor()
    await takesKeys(name)
    await app.shots(page, 'deal-missing')
    await name.fill('Named')
    await name.press('Enter')
    await takesKeys(dialog.getByRole('combobox', { name: 'Contact' }))
    expect(await dealsIn(app.crm, id)).toEqual([])
  })

  test('goes to the field that the server finds wrong', async () => {
    await app.crm.given.contact({ firstName: 'Ada', email: 'ada@example.com' })
    const page = await app.page({ path: '/app/contacts' })
    await page.getByRole('button', { name: 'New contact' }).first().click()
    const dialog = page.getByRole('dialog')
    const email = dialog.getByLabel('E-mail')
    await email.fill('ada@example.com')
    await dialog.getByLabel('First name').fill('Another Ada')

    await dialog.getByLabel('First name').press('Enter')

    await dialog.getByRole('button', { name: /^Open/ }).waitFor()
    await takesKeys(email)
  })

  test('is sent by Enter in a date as in a text', async () => {
    const { id } = await givenBoard(app.crm, 'By Enter')
    const page = await app.page({ path: `/app/board?pipeline=${id}` })
    const { dialog, name, open } = deal(page)
    await open()
    await name.fill('Dated')
    await dialog.getByRole('combobox', { name: 'Contact' }).fill('Somebody new')
    await dialog.getByRole('combobox', { name: 'Contact' }).press('Tab')
    const [month, , year] = await dialog.getByRole('group', { name: 'Expected close' }).getByRole('spinbutton').all()
    await month?.click()
    await page.keyboard.type('12312030')

    await year?.filter({ hasText: '2030' }).waitFor()
    await year?.press('Enter')

    await page.getByText('Dated is created.').waitFor()
    const [made] = await dealsIn(app.crm, id)
    expect(made).toMatchObject({ name: 'Dated' })
    const { opportunity } = (await app.crm.v3.get(`/opportunities/${made?.id}`)).body
    expect(opportunity.forecastExpectedCloseDate).toMatch(/^2030-12-31/)
  })
})

/** The form for a new deal, of a board. */
function deal(page: Page) {
  const dialog = page.getByRole('dialog', { name: 'Create opportunity' })
  const open = () => page.getByRole('button', { name: 'Create opportunity' }).first().click()
  return { dialog, name: dialog.getByLabel('Name', { exact: true }), open }
}
