import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { givenBoard } from '../support/boards.ts'
import { narrow, onApp, wide } from '../support/pages.ts'

const count = 45
const headHeight = 32

onApp('the grid of the list', (app) => {
  test('is walked through by the keys of a grid, and what has the focus is always in sight', async () => {
    const page = await openList('Walked through')
    const isAt = async (at: number) => {
      const row = rowOf(page, at).and(page.locator(':focus'))
      await row.waitFor()
      expect(await isInSight(page, row)).toBe(true)
    }
    const press = (key: string) => page.keyboard.press(key)
    const rows = Math.floor(((await gridOf(page).boundingBox())?.height ?? 0) - headHeight)
    const step = Math.floor(rows / 40) - 1

    await gridOf(page).focus()
    await isAt(0)
    await press('PageDown')
    await isAt(step)
    await press('PageDown')
    await isAt(2 * step)
    await press('PageUp')
    await isAt(step)
    await press('End')
    await isAt(count - 1)
    await press('PageUp')
    await isAt(count - 1 - step)
    await press('Home')
    await isAt(0)
    await press('PageUp')
    await isAt(0)

    await press('Control+a')
    await page.getByText(`${count} selected`).waitFor()
    await page.locator('.unseen[role=status]', { hasText: `${count} rows selected` }).waitFor({ state: 'attached' })
    await press('Escape')
    await page.getByRole('toolbar').waitFor({ state: 'detached' })

    await press('ArrowRight')
    await tickOf(page, 0).and(page.locator(':focus')).waitFor()
    await press('End')
    await menuOf(page, 0).and(page.locator(':focus')).waitFor()
    await press('ArrowDown')
    await menuOf(page, 1).and(page.locator(':focus')).waitFor()
    await press('Home')
    await tickOf(page, 1).and(page.locator(':focus')).waitFor()
    await press('Space')
    await page.getByText('1 selected').waitFor()
  })

  test('is sorted by keys on a head, which says so', async () => {
    const page = await openList('Sorted by keys')
    await gridOf(page).focus()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowRight')
    const head = page.getByRole('columnheader', { name: 'Deal', exact: true })
    await head.and(page.locator(':focus')).waitFor()

    await page.keyboard.press('Enter')

    await rowOf(page, count - 1)
      .and(page.locator('[aria-rowindex="2"]'))
      .waitFor()
    expect(await head.getAttribute('aria-sort')).toBe('descending')
    await page.locator('.unseen[role=status]', { hasText: 'Sorted by Deal, descending' }).waitFor({ state: 'attached' })
    await head.and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Space')
    await rowOf(page, 0).and(page.locator('[aria-rowindex="2"]')).waitFor()
  })

  test('opens the row that is clicked, or selects it once any is selected', async () => {
    const page = await openList('Clicked')
    const cell = (at: number) => rowOf(page, at).getByRole('rowheader')
    await cell(2).click({ modifiers: ['Control'] })
    await page.getByText('1 selected').waitFor()
    await cell(5).click()
    await page.getByText('2 selected').waitFor()
    await cell(7).click({ modifiers: ['Shift'] })
    await page.getByText('4 selected').waitFor()
    await cell(2).click()
    await page.getByText('3 selected').waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)

    await page.keyboard.press('Escape')
    await cell(3).click()
    await page.getByRole('dialog', { name: 'Clicked 03' }).waitFor()
  })

  test.each([
    ['a desk', { viewport: wide }, 40],
    ['a tablet', { viewport: { width: 800, height: 1000 }, hasTouch: true }, 48],
    ['a phone', { viewport: narrow, hasTouch: true }, 48],
  ])('on %s has rows of one height, and columns that stand below their heads', async (name, visit, height) => {
    const page = await openList(`On ${name}`, visit)
    await gridOf(page).evaluate((grid) => grid.scrollBy(10_000, 400))
    await rowOf(page, 12).waitFor()

    const { heads, rows } = await gridOf(page).evaluate(measure)

    expect(rows.length).toBeGreaterThan(10)
    for (const { at, row, cells } of rows) {
      expect([row.height, row.top - (rows[0]?.row.top ?? 0)]).toEqual([height, (at - (rows[0]?.at ?? 0)) * height])
      expect(cells.map(({ left, width }) => ({ left, width }))).toEqual(heads)
      expect(row.right).toBeGreaterThanOrEqual(cells.at(-1)?.right ?? 0)
    }
  })

  test('asks once for more of it that cannot be had, and again when it is told to', async () => {
    const pipelineId = await givenRows('Cut short', 130)
    let asked = 0
    const page = await app.page({ path: '/app/contacts' })
    await page.route('**/opportunities/search', (route) => {
      if (!route.request().postData()?.includes('searchAfter')) return route.fallback()
      asked += 1
      if (asked > 1) return route.fallback()
      return route.fulfill({ status: 422, json: { statusCode: 422, message: ['Not now'] } })
    })
    await page.goto(`/app/list?pipeline=${pipelineId}&sort=name`)
    await rowOf(page, 0).waitFor()

    await gridOf(page).focus()
    await page.keyboard.press('End')
    const retry = page.getByRole('row').getByRole('button', { name: 'Try again' })
    await retry.waitFor()
    for (const key of ['ArrowUp', 'ArrowUp', 'Space', 'End']) await page.keyboard.press(key)
    await page.getByText('1 selected').waitFor()
    expect(asked).toBe(1)

    await retry.click()
    await expect.poll(() => gridOf(page).getAttribute('aria-rowcount')).toBe('131')
    expect(asked).toBe(2)
  })

  async function givenRows(name: string, most = count) {
    const { id: pipelineId } = await givenBoard(app.crm, name)
    const { id: contactId } = await app.crm.given.contact()
    const make = (at: number) => app.crm.given.opportunity({ contactId, pipelineId, name: `${name} ${numbered(at)}` })
    await Promise.all(Array.from({ length: most }, (_, at) => make(at)))
    return pipelineId
  }

  async function openList(name: string, visit = {}) {
    const page = await app.page({ path: `/app/list?pipeline=${await givenRows(name)}&sort=name`, ...visit })
    await rowOf(page, 0).waitFor()
    return page
  }
})

const numbered = (at: number) => String(at).padStart(2, '0')
const gridOf = (page: Page) => page.getByRole('grid', { name: 'Deals' })
const rowOf = (page: Page, at: number) => page.locator('.row[data-row]', { hasText: new RegExp(` ${numbered(at)}`) })
const tickOf = (page: Page, at: number) => rowOf(page, at).getByRole('checkbox')
const menuOf = (page: Page, at: number) => rowOf(page, at).getByRole('button').last()

/** Whole, and not below the head. */
async function isInSight(page: Page, row: Locator): Promise<boolean> {
  const [inner, outer] = [await row.boundingBox(), await gridOf(page).boundingBox()]
  if (!inner || !outer) return false
  return inner.y >= outer.y + headHeight && inner.y + inner.height <= outer.y + outer.height
}

/** Where the heads, the rows and their cells stand, row by row. */
function measure(grid: Element) {
  const span = (element: Element) => {
    const { left, width } = element.getBoundingClientRect()
    return { left, width }
  }
  const rows = [...grid.querySelectorAll('.row[data-row]')].map((element) => {
    const { top, height, right } = element.getBoundingClientRect()
    const cells = [...element.children].map((cell) => ({ ...span(cell), right: cell.getBoundingClientRect().right }))
    return { at: Number(element.getAttribute('aria-rowindex')), row: { top, height, right }, cells }
  })
  return { heads: [...grid.querySelectorAll('.heading')].map(span), rows: rows.sort((a, b) => a.at - b.at) }
}
