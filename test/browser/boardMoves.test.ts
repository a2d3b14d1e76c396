import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { cardIn, cardOn, columnOn, drag, givenBoard, givenDeals, placeOf } from '../support/boards.ts'
import { holdToast, onApp } from '../support/pages.ts'

onApp('a card on the board', (app) => {
  test('is carried by its own pointer, whatever another does meanwhile', async () => {
    const { page, id, first, second, third } = await boardOfOne('By two pointers')
    const [home, middle, end] = [columnOn(page, first), columnOn(page, second), columnOn(page, third)]
    await cardOn(page, id).hover({ position: { x: 60, y: 20 } })
    const elsewhere = await below(home)

    await page.mouse.down()
    await carryTo(page, middle)
    await page.touchscreen.tap(elsewhere.x, elsewhere.y)
    await tellOfAnother(page, 'pointercancel', elsewhere)
    await carryTo(page, end)
    await tellOfAnother(page, 'pointermove', elsewhere)
    await page.mouse.up()

    await page.getByText('moved to Offer.').waitFor()
    expect(await placeOf(app.crm, id)).toEqual({ stageId: third, status: 'open', lostReasonId: null })
  })

  test('is not put back by undo once somebody else has moved it', async () => {
    const { page, id, second, third } = await boardOfOne('Moved since')
    await drag(page, id, columnOn(page, second))
    await page.getByText('moved to Qualified.').waitFor()
    await holdToast(page)
    await app.crm.v3.put(`/opportunities/${id}`, { pipelineStageId: third })

    await page.getByRole('button', { name: 'Undo' }).click()

    const toast = page.getByRole('alertdialog').filter({ hasText: 'Deal 1 was not put back.' })
    await toast.getByText('It has been changed since.').waitFor()
    await cardIn(page, third, id).waitFor()
    expect(await placeOf(app.crm, id)).toEqual({ stageId: third, status: 'open', lostReasonId: null })
  })

  /** A board with a card in its first column. */
  async function boardOfOne(name: string) {
    const { id: pipelineId, stages } = await givenBoard(app.crm, name)
    const [first, second, third] = stages.map(({ id }) => id) as [string, string, string]
    const [id = ''] = await givenDeals(app.crm, 1, { pipelineId })
    const page = await app.page({ path: `/app/board?pipeline=${pipelineId}`, hasTouch: true })
    await cardIn(page, first, id).waitFor()
    return { page, id, first, second, third }
  }
})

/** Where in a column there is no card. */
async function below(column: Locator) {
  const box = await column.boundingBox()
  if (!box) throw new Error('The column is not to be seen')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

async function carryTo(page: Page, column: Locator) {
  const { x, y } = await below(column)
  await page.mouse.move(x, y, { steps: 5 })
  await column.and(page.locator('[data-target]')).waitFor()
}

/** What the browser says of a pointer that carries nothing. */
const tellOfAnother = (page: Page, type: string, { x, y }: { x: number; y: number }) =>
  page.evaluate(`dispatchEvent(new PointerEvent('${type}', { pointerId: 4711, clientX: ${x}, clientY: ${y} }))`)
