import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { type Crm, startCrm } from '../harness.ts'
import { cardOn, givenBoard } from '../support/boards.ts'
import { shots } from '../support/pages.ts'
import { type Relay, startRelay } from '../support/relay.ts'
import { saveData, signIn, takesKeys, usual, wide } from '../support/visit.ts'

const soon = { timeout: 60_000 }
const notLoaded = 'This part has not been loaded yet.'

describe('a part of the web app', () => {
  let crm: Crm
  let relay: Relay
  let browser: Browser
  let context: BrowserContext
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
  beforeEach(async () => {
    context = await browser.newContext({ viewport: wide, ...usual })
  })
  afterEach(() => context.close())

  /** A board of two deals. Where data is saved, nothing but the command menu is fetched before it is wanted. */
  async function openBoard(name: string, { at = crm.url, savesData = true } = {}) {
    const { id } = await givenBoard(crm, name)
    const first = await crm.given.opportunity({ name: 'Fleet tablets', pipelineId: id })
    const second = await crm.given.opportunity({ name: 'Ten phones', pipelineId: id })
    if (savesData) await saveData(context)
    const page = await context.newPage()
    await page.goto(new URL(`/app/board?pipeline=${id}`, at).href)
    await signIn(page, crm.first.admin)
    await cardOn(page, second.id).waitFor()
    return { page, first: first.id, second: second.id }
  }

  test('that was not loaded before the network went opens by itself when it is back', async () => {
    const { page, first } = await openBoard('Without a network')
    await goOffline(page)

    await menuOf(page, 'Fleet tablets').click()
    await page.getByText(notLoaded).waitFor()
    await shots(page, 'part-away')
    expect(await cardOn(page, first).isVisible()).toBe(true)
    await context.setOffline(false)

    await page.getByRole('menuitem', { name: 'Won' }).click()
    await expect.poll(async () => (await crm.v3.get(`/opportunities/${first}`)).body.opportunity.status).toBe('won')
  })

  test('is left by Escape where it is a menu, and keeps nothing else from opening', async () => {
    const { page } = await openBoard('Left')
    const menuCame = context.waitForEvent('requestfinished', { predicate: isOf('CardMenu'), ...soon })
    await goOffline(page)
    await menuOf(page, 'Fleet tablets').click()
    await page.getByText(notLoaded).waitFor()

    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Bin' }).click()
    await context.setOffline(false)

    await takesKeys(page.getByRole('dialog'))
    await menuCame
    expect(await page.getByRole('menu').count()).toBe(0)
  })

  test('of a page that was left is not opened', async () => {
    const { page } = await openBoard('Gone on')
    const binCame = context.waitForEvent('requestfinished', { predicate: isOf('BinDialog'), ...soon })
    await goOffline(page)
    await page.getByRole('button', { name: 'Bin' }).click()
    await page.getByText(notLoaded).waitFor()

    await page.getByRole('link', { name: 'List' }).click()
    await page.getByRole('heading', { name: 'List' }).waitFor()
    await shots(page, 'page-away')
    await context.setOffline(false)

    await page
      .getByRole('row', { name: /Ten phones/ })
      .first()
      .waitFor(soon)
    await binCame
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  test('that is asked of a server which has just gone away comes when that is there again', async () => {
    const { page } = await openBoard('Server away', { at: relay.url })
    relay.refuse(true)

    await page.getByText('Ten phones').click()
    await page.getByText(notLoaded).waitFor(soon)
    await page.getByText('Offline.').first().waitFor()
    expect(await page.getByText('Something went wrong').count()).toBe(0)
    relay.refuse(false)

    const panel = page.getByRole('dialog', { name: 'Deal Ten phones' })
    await panel.getByLabel('Name', { exact: true }).waitFor(soon)
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
  })

  test('whose style could not be fetched once comes with it all the same', async () => {
    const { page } = await openBoard('Bare')
    await page.route(/ListPage-[^/]*\.css$/, (route) => route.abort(), { times: 1 })

    await page.getByRole('link', { name: 'List' }).click()

    await page
      .getByRole('row', { name: /Ten phones/ })
      .first()
      .waitFor(soon)
    const styles = '[...document.styleSheets].filter(({ href }) => /ListPage/.test(href))'
    expect(await page.evaluate(`${styles}.map(({ cssRules }) => cssRules.length > 0)`)).toEqual([true])
    expect(await page.getByText(notLoaded).count()).toBe(0)
  })

  test('is there without a network once the page has been at rest', async () => {
    const fetched = new Set<string>()
    context.on('requestfinished', (request) => {
      // What the page had loaded for itself before counts as little as it does for the page.
      if (request.resourceType() === 'fetch') fetched.add(new URL(request.url()).pathname)
    })
    const { page } = await openBoard('Fetched ahead', { savesData: false })
    const names: string[] = await (await fetch(new URL('/app/parts.json', crm.url))).json()
    const missing = () => names.filter((name) => !fetched.has(`/app/${name}`))
    await expect.poll(missing, soon).toEqual([])
    await goOffline(page)

    await menuOf(page, 'Fleet tablets').click()
    await takesKeys(page.getByRole('menu'))
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
    await page.getByText('Ten phones').click()
    const panel = page.getByRole('dialog', { name: /^Deal/ })
    await takesKeys(panel)
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Reports' }).click()
    await page.getByRole('tab', { name: 'Funnel' }).waitFor()
    expect(await page.getByText(notLoaded).count()).toBe(0)
  })

  /** Until the page knows it. */
  async function goOffline(page: Page) {
    await context.setOffline(true)
    await page.getByText(/^Offline/).waitFor()
  }
})

const menuOf = (page: Page, deal: string) => page.getByRole('button', { name: `Actions for ${deal}` })

const isOf = (part: string) => (request: Request) => request.url().includes(`/assets/${part}-`)
