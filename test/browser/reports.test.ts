import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { conditionsOf } from '../../web/filters/ask.ts'
import { readFilters } from '../../web/filters/filters.ts'
import { liveThrough } from '../support/deals.ts'
import { narrow, onApp } from '../support/pages.ts'

const reports = ['funnel', 'forecast', 'outcomes', 'time'] as const

onApp('the reports of the web app', (app) => {
  let page: Page

  beforeAll(async () => {
    // Where a day begins at another time than in the browser, and than in UTC.
    await app.crm.v2.put(`/locations/${app.crm.locationId}`, { companyId: 'any', timezone: 'America/New_York' })
    await liveThrough(app.crm, 40)
    page = await app.page()
  })

  test.each(reports)('open as many deals as they count, behind every figure and every bar: %s', async (report) => {
    await page.goto(`/app/reports/${report}?range=all`)
    await shown(page)

    const links = await page.evaluate(readLinks)

    expect(links.some(({ isBar }) => isBar)).toBe(true)
    expect(links.some(({ isBar }) => !isBar)).toBe(true)
    for (const { href, count } of links) expect([href, await countOf(href)]).toEqual([href, count])
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, `report-${report}`)
  })

  test('lead from a bar to its deals in the list', async () => {
    const { lostReason } = (
      await app.crm.v2.post('/opportunities/lost-reason', {
        locationId: app.crm.locationId,
        name: 'Moved to the <moon>',
      })
    ).body
    const lost = { status: 'lost', lostReasonId: lostReason.id }
    await app.crm.given.opportunity({ name: 'The only one of its reason', ...lost })
    await page.goto('/app/reports/outcomes?range=all')
    await shown(page)

    await page.locator('.chart a', { hasText: 'Moved to the <moon>' }).click()

    await page.getByRole('row', { name: 'The only one of its reason' }).waitFor()
    expect(await page.getByRole('row').count()).toBe(2)
    await page.getByRole('button', { name: 'lost reason is Moved to the <moon>', exact: true }).waitFor()
    expect(await app.axe(page)).toEqual([])
  })

  test('are about what somebody chooses, keep it in the URL, and change by themselves', async () => {
    const pipeline = await app.crm.given.pipeline('Chosen', ['Begun', 'Ended'])
    await page.goto('/app/reports')
    await shown(page)
    await choose(page, /^pipeline/, 'Chosen')
    await page.getByRole('heading', { name: 'No deal was created in these days' }).waitFor()
    expect(await app.axe(page)).toEqual([])

    await app.crm.given.opportunity({ pipelineId: pipeline.id, pipelineStageId: pipeline.stages[0]?.id })
    await page.getByRole('link', { name: 'Begun, Reached: 1' }).waitFor()
    await choose(page, /^created/, 'This year')
    await page.getByRole('tab', { name: 'Time in stage' }).click()
    await page.getByRole('heading', { name: 'How long deals stay' }).waitFor()

    const { pathname, searchParams } = new URL(page.url())
    expect([pathname, ...searchParams]).toEqual(['/app/reports/time', ['pipeline', pipeline.id], ['range', 'year']])
    await page.reload()
    await page.getByRole('link', { name: 'Begun, There now: 1' }).waitFor()
  })

  test('say what went wrong where the pipeline is gone', async () => {
    await page.goto('/app/reports/funnel?pipeline=gone')

    await page.getByRole('alert').getByText('Pipeline not found').waitFor()
    expect(await app.axe(page)).toEqual([])
  })

  test('fit on a phone', async () => {
    const page = await app.page({ path: '/app/reports/funnel?range=all', viewport: narrow, hasTouch: true })
    for (const name of ['Funnel', 'Forecast', 'Won and lost', 'Time in stage']) {
      await page.getByRole('tab', { name }).tap()
      await page.getByRole('tabpanel', { name }).locator('.chart svg').first().waitFor()

      expect(await page.evaluate(`document.querySelector('.page').scrollWidth`)).toBeLessThanOrEqual(narrow.width)
      expect(await app.axe(page)).toEqual([])
    }
  })

  /** How many deals the list asks the server for behind such a link. */
  async function countOf(href: string): Promise<number> {
    const filters = readFilters(new URL(href, app.crm.url).searchParams)
    const { body } = await app.crm.v3.post('/opportunities/search', {
      locationId: app.crm.locationId,
      limit: 1,
      filters: conditionsOf(filters),
    })
    return body.total
  }
})

const shown = (page: Page) => page.locator('.chart svg').first().waitFor()

async function choose(page: Page, chip: RegExp, choice: string): Promise<void> {
  await page.getByRole('button', { name: chip }).click()
  await page.getByRole('option', { name: choice, exact: true }).click()
}

interface Found {
  href: string
  count: number
  isBar: boolean
}

/** Every link of a report with the number of deals that it speaks of; run in the page. */
function readLinks(): Found[] {
  const numberIn = (text = '') => Number(/([\d,]+)(?: deals?)?/.exec(text)?.[1]?.replaceAll(',', ''))
  return [...document.querySelectorAll('.report a')].map((link) => {
    const isBar = link.closest('.chart') !== null
    const words = (isBar ? link.querySelector('title') : link)?.textContent ?? ''
    const detail = link.closest('.report-figures > div')?.querySelector('.report-detail')?.textContent ?? ''
    // A sum of money has the number of its deals beside it.
    const said = [words, detail].find((text) => /[\d,]+ deals?/.test(text)) ?? words
    const count = numberIn(/[\d,]+ deals?/.exec(said)?.[0] ?? said)
    return { href: link.getAttribute('href') ?? '', count, isBar }
  })
}
