import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { givenBoard } from '../support/boards.ts'
import { onApp, takesKeys } from '../support/pages.ts'

onApp('Escape', (app) => {
  test('closes the dialog that lies on top, though what had the focus has just gone', async () => {
    const page = await openBin()

    const closed = await page.evaluate(() => {
      ;(document.activeElement as HTMLElement).blur()
      const event = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true })
      const target = document.activeElement
      target?.dispatchEvent(event)
      return target === document.body
    })

    expect(closed).toBe(true)
    await isClosed(page)
  })

  test('closes a dialog at once while a tooltip is shown, and the tooltip with it', async () => {
    const page = await openBin()

    const close = page.getByRole('dialog').getByRole('button', { name: 'Close' })
    while (!(await close.evaluate((button) => button === document.activeElement))) await page.keyboard.press('Tab')
    await page.getByRole('tooltip', { name: 'Close' }).waitFor()
    await page.keyboard.press('Escape')

    await isClosed(page)
    await page.getByRole('tooltip', { name: 'Close' }).waitFor({ state: 'detached' })
  })

  test('closes one thing after the other, the one on top first', async () => {
    const { id } = await app.crm.given.opportunity({ name: 'On top' })
    const page = await app.page({ path: `/app/board?deal=${id}` })
    const panel = page.getByRole('dialog', { name: 'Deal On top' })
    await panel.getByRole('button', { name: 'Actions for this deal' }).click()
    await takesKeys(page.getByRole('menu'))

    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
    await takesKeys(panel)
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
  })

  async function openBin(): Promise<Page> {
    const { crm } = app
    const { id: pipelineId } = await givenBoard(crm, 'In the bin')
    const gone = await crm.given.opportunity({ name: 'Thrown away', pipelineId })
    await crm.given.opportunity({ name: 'Still there', pipelineId })
    await crm.v3.delete(`/opportunities/${gone.id}`)
    const page = await app.page({ path: `/app/board?pipeline=${pipelineId}` })
    await page.getByRole('button', { name: 'Bin', exact: true }).click()
    await page.getByRole('button', { name: 'Restore Thrown away' }).first().waitFor()
    await takesKeys(page.getByRole('dialog'))
    return page
  }

  async function isClosed(page: Page) {
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.waitForFunction(() => document.querySelector('[inert]') === null)
  }
})
