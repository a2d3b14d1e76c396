import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { columnOn, givenBoard, givenDeals } from '../support/boards.ts'
import { onApp } from '../support/pages.ts'

onApp('on paper', (app) => {
  test('a list has every row that is loaded, over as many pages as that takes', async () => {
    const { id: pipelineId } = await givenBoard(app.crm, 'Printed list')
    await givenDeals(app.crm, 45, { pipelineId })
    const page = await app.page({ path: `/app/list?pipeline=${pipelineId}` })
    await page.getByText('45 deals').waitFor()
    await page.locator('.row').nth(18).waitFor()
    const [before, heads] = [await rowsOn(page), await headsOn(page)]
    expect(before.length).toBeLessThan(45)
    await tellWhenPrinted(page, '.row')

    const { pages, rows } = await print(page)

    expect(await toldOf(page)).toBe(45)
    expect(rows).toBe(45)
    expect(pages).toBeGreaterThan(2)
    await expect.poll(() => rowsOn(page)).toEqual(before)
    expect(await page.getByText('There are more.').count()).toBe(0)
    await expectAllOnPaper(page, '.row', 45)
    await page.setViewportSize({ width: 560, height: 800 })
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
    expect(await headsOn(page)).toEqual(heads)
  })

  test('contacts have theirs, however far down one was, and say that there are more', async () => {
    const made = Array.from({ length: 120 }, (_, at) => app.crm.given.contact({ firstName: `Number ${at}` }))
    await Promise.all(made)
    const page = await app.page({ path: '/app/contacts' })
    await page.locator('.row').first().waitFor()
    const loaded = Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1
    expect(loaded).toBeLessThan(120)
    await page.locator('.table').evaluate((table: Scrolled) => table.scrollTo(0, 400))
    await expect.poll(() => page.locator('.row').first().getAttribute('aria-rowindex')).not.toBe('2')
    await tellWhenPrinted(page, '.row')
    const asked: string[] = []
    page.on('request', (request) => request.postData()?.includes('searchAfter') && asked.push(request.url()))

    const { rows } = await print(page)

    expect(await toldOf(page)).toBe(loaded)
    expect(rows).toBe(loaded)
    expect(asked).toEqual([])
    expect(await page.locator('.table').evaluate(({ scrollTop }: Scrolled) => scrollTop)).toBe(400)
    await page.emulateMedia({ media: 'print' })
    await page.getByText(`The first ${loaded}. There are more.`).waitFor()
    await expectAllOnPaper(page, '.row', loaded)
  })

  test('a board has each stage with its cards, one below the other', async () => {
    const { id: pipelineId, stages } = await givenBoard(app.crm, 'Printed board', [
      'One',
      'Two',
      'Three',
      'Four',
      'Five',
    ])
    for (const { id: pipelineStageId } of stages) await givenDeals(app.crm, 20, { pipelineId, pipelineStageId })
    const page = await app.page({ path: `/app/board?pipeline=${pipelineId}` })
    for (const { id } of stages) await columnOn(page, id).locator('.card').first().waitFor()
    await tellWhenPrinted(page, '.card')

    const { pages } = await print(page)

    expect(await toldOf(page)).toBe(100)
    expect(pages).toBeGreaterThan(2)
    await expectAllOnPaper(page, '.card', 100)
  })

  /** As wide as A4 is, upright and across, without its margins: nothing is cut at the right, or within itself. */
  async function expectAllOnPaper(page: Page, what: string, count: number) {
    await page.emulateMedia({ media: 'print' })
    for (const width of [703, 1032]) {
      await page.setViewportSize({ width, height: 900 })
      await expect.poll(() => page.locator(what).count()).toBe(count)
      expect(await cutOn(page)).toEqual([])
    }
  }
})

type Scrolled = { scrollTop: number; scrollTo: (left: number, top: number) => void }
type Row = { dataset: { row: string } }

const rowsOn = (page: Page) =>
  page.locator('.row').evaluateAll((rows: unknown) => (rows as Row[]).map(({ dataset }) => dataset.row))

const headsOn = (page: Page) => page.locator('.heading').allTextContents()

/** What stands there when the browser takes it, which is once everybody has heard of it. */
const tellWhenPrinted = (page: Page, what: string) =>
  page.evaluate(`addEventListener('beforeprint', () => {
    document.documentElement.dataset.printed = document.querySelectorAll('${what}').length
  })`)

const toldOf = async (page: Page) => Number(await page.locator('html').getAttribute('data-printed'))

/** What the browser makes of it: pages, and rows of tables by their tags without the heads. */
async function print(page: Page) {
  const pdf = (await page.pdf({ format: 'A4', tagged: true })).toString('latin1')
  const count = (what: RegExp) => pdf.match(what)?.length ?? 0
  return { pages: count(/\/Type \/Page\b/g), rows: count(/\/S \/TR\b/g) - 1 }
}

/** What reaches beyond the paper, or is not shown whole. */
const cutOn = (page: Page) =>
  page.evaluate<string[]>(`[...document.querySelectorAll('.page *')]
    .filter((one) => one.checkVisibility() && !one.closest('.unseen, svg'))
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5 || (
      getComputedStyle(one).overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1))
    .slice(0, 10)
    .map((one) => one.className + ': ' + one.textContent.slice(0, 40))`)
