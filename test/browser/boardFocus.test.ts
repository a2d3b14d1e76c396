import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { cardIn, cardOn, columnOn, drag, givenBoard, placeOf } from '../support/boards.ts'
import { fetchAhead, narrow, onApp, wide } from '../support/pages.ts'

const long = 'A name that somebody has pasted out of a letter, with all that stood around it, '.repeat(3).trim()

onApp('the board', (app) => {
  test('keeps the focus on the card that is moved, taken back and moved again', async () => {
    const { page, id, first, second } = await openDeal('Focused', 'Fleet tablets')
    const { keyboard } = page
    const button = (name: string) => page.getByRole('button', { name, exact: true })

    await cardOn(page, id).locator('.card-link').focus()
    await focusedIn(page, first, id)
    for (const key of ['Space', 'ArrowRight', 'Space']) await keyboard.press(key)
    await focusedIn(page, second, id)
    await button('Undo').waitFor()
    await keyboard.press('Control+z')
    await focusedIn(page, first, id)
    await page.getByText('Fleet tablets is as it was.').waitFor()

    await button('Redo').click()
    await focusedIn(page, second, id)
    await page.getByText('Fleet tablets is changed again.').waitFor()
    await button('Undo').click()
    await focusedIn(page, first, id)
    await button('Redo').waitFor()
    await drag(page, id, columnOn(page, second))
    await page.getByText('Fleet tablets moved to Qualified.').waitFor()
    await focusedIn(page, second, id)
    await keyboard.press('Shift+ArrowRight')
    await page.getByText('Fleet tablets moved to Offer.').waitFor()
  })

  test('puts the focus on the next card where one has left it, and back on that one once it is restored', async () => {
    const { page, id, first, pipelineId } = await openDeal('Left', 'Fleet tablets')
    const older = await app.crm.given.opportunity({ name: 'Van trackers', pipelineId })
    const { keyboard } = page

    await cardIn(page, first, older.id).waitFor()
    await cardOn(page, id).locator('.card-link').focus()
    await keyboard.press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByText('Fleet tablets is deleted.').waitFor()
    await focusedIn(page, first, older.id)
    await keyboard.press('Control+z')
    await focusedIn(page, first, id)
  })

  test('says what happened to a deal of whatever length', async () => {
    const { page, id, second } = await openDeal('Long', long)
    await drag(page, id, columnOn(page, second))

    const toast = page.getByRole('alertdialog')
    await toast.getByText(/^A name that somebody .+ … .+ moved to Qualified\.$/).waitFor()
    await app.shots(page, 'stranger-toast')
  })

  test('paints what is late, not how long the deal has been in its stage', async () => {
    const at = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10)
    const { page, id, first } = await openDeal('Late', 'Fleet tablets', { monetaryValue: 1_234_567.89 })
    await app.crm.v3.put(`/opportunities/${id}`, { forecastExpectedCloseDate: at })

    const late = cardIn(page, first, id).locator('.card-age.stale')
    await late.filter({ hasText: / d late/ }).waitFor()
    expect(await late.getAttribute('title')).toMatch(/^Expected to close on/)
    expect(await cardOn(page, id).locator('.card-age:not(.stale)').count()).toBe(1)
    await app.shots(page, 'stranger-late')
  })

  test('shows the whole of what is said while it is offline, above an open deal, of which the board shows what waits', async () => {
    const { page, id, first, second } = await openDeal('Offline', 'Fleet tablets')
    await fetchAhead(page)
    await cardIn(page, first, id).click()
    const panel = page.getByRole('dialog', { name: /^Deal (Fleet|Ten) tablets$/ })
    await panel.waitFor()

    await page.context().setOffline(true)
    const bar = page.locator('.connection-bar')
    await bar.waitFor()
    await app.shots(page, 'stranger-offline')
    for (const size of [wide, narrow]) {
      await page.setViewportSize(size)
      await expect.poll(async () => bottomOf(await bar.boundingBox()) === (await panel.boundingBox())?.y).toBe(true)
    }
    await page.setViewportSize(wide)
    await panel.getByRole('radio', { name: 'Qualified' }).click()
    await cardIn(page, second, id).waitFor()
    expect(await placeOf(app.crm, id)).toMatchObject({ stageId: first })
    await panel.getByLabel('Name', { exact: true }).fill('Ten tablets')
    await panel.getByLabel('Value', { exact: true }).fill('1250')
    await page.keyboard.press('Enter')
    await cardIn(page, second, id).getByText('Ten tablets').waitFor()
    await cardIn(page, second, id).getByText('$1,250').waitFor()
    await page.context().setOffline(false)
    await page.getByText('Fleet tablets moved to Qualified.').waitFor()
    expect(await placeOf(app.crm, id)).toMatchObject({ stageId: second })
    const saved = async () => (await app.crm.v3.get(`/opportunities/${id}`)).body.opportunity
    await expect.poll(saved).toMatchObject({ name: 'Ten tablets', monetaryValue: 1250 })
    await cardIn(page, second, id).getByText('Ten tablets').waitFor()
    await bar.waitFor({ state: 'detached' })
    await expect.poll(async () => (await panel.boundingBox())?.y).toBe(0)
  })

  test('writes keys in one way, and nothing in money as money', async () => {
    const { page, pipelineId } = await openDeal('Written', 'Fleet tablets')
    await page.keyboard.press('?')
    const help = page.getByRole('dialog')
    await help.waitFor()
    const caps = await help.locator('kbd').allTextContents()
    expect(caps.filter((cap) => cap.length > 1 && cap === cap.toUpperCase() && !/^F\d+$/.test(cap))).toEqual([])
    expect(caps).toEqual(expect.arrayContaining(['Space', 'Shift', 'Ctrl', 'Esc', 'N', '→']))
    await app.shots(page, 'stranger-keys')

    await page.goto(`/app/reports/funnel?pipeline=${pipelineId}&range=all`)
    const row = page.getByRole('row', { name: /^Qualified/ })
    await row.waitFor()
    expect((await row.getByRole('cell').allTextContents()).filter((text) => text.startsWith('$'))).toEqual([
      '$0.00',
      '$0.00',
    ])
    await app.shots(page, 'stranger-report')
  })

  async function openDeal(pipeline: string, name: string, fields: Record<string, unknown> = {}) {
    const { id: pipelineId, stages } = await givenBoard(app.crm, pipeline)
    const [first, second] = stages.map(({ id }) => id) as [string, string]
    const { id } = await app.crm.given.opportunity({ name, pipelineId, ...fields })
    const page = await app.page({ path: `/app/board?pipeline=${pipelineId}`, reducedMotion: 'reduce' })
    await cardOn(page, id).waitFor()
    return { page, pipelineId, id, first, second }
  }
})

const focusedIn = (page: Page, stageId: string, id: string) => cardIn(page, stageId, id).locator(':focus').waitFor()

const bottomOf = (box: { y: number; height: number } | null) => box && box.y + box.height
