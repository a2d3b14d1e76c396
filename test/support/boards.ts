import type { Locator, Page } from 'playwright-core'
import type { Crm } from '../harness.ts'

/** A pipeline of its own for a test, so that nothing else is on its board. */
export const givenBoard = (crm: Crm, name: string, stages = ['New', 'Qualified', 'Offer']) =>
  crm.given.pipeline(name, stages)

/** What the API says of a deal: where it is. */
export async function placeOf(crm: Crm, id: string) {
  const { opportunity } = (await crm.v3.get(`/opportunities/${id}`)).body
  return {
    stageId: opportunity.pipelineStageId as string,
    status: opportunity.status as string,
    lostReasonId: opportunity.lostReasonId as string | null,
  }
}

/** The deals of a pipeline, by the API. */
export async function dealsIn(crm: Crm, pipelineId: string): Promise<{ id: string; pipelineStageId: string }[]> {
  const filters = [{ field: 'pipeline_id', operator: 'eq', value: pipelineId }]
  const body = { locationId: crm.locationId, limit: 100, filters }
  return (await crm.v3.post('/opportunities/search', body)).body.opportunities
}

export const columnOn = (page: Page, stageId: string) => page.locator(`[data-column="${stageId}"]`)
export const cardOn = (page: Page, id: string) => page.locator(`[data-card="${id}"]`)
export const cardIn = (page: Page, stageId: string, id: string) =>
  columnOn(page, stageId).locator(`[data-card="${id}"]`)

/** Carries a card with the pointer and lets it go over a column, or over a target of the strip that rises meanwhile. */
export async function drag(page: Page, id: string, to: Locator) {
  const card = await cardOn(page, id).boundingBox()
  if (!card) throw new Error('The card is not to be seen')
  await page.mouse.move(card.x + 60, card.y + 20)
  await page.mouse.down()
  await page.mouse.move(card.x + 80, card.y + 60, { steps: 3 })
  await to.waitFor()
  await settled(page.locator('.closing-strip'))
  const target = await to.boundingBox()
  if (!target) throw new Error('There is nothing to let go over')
  await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 8 })
  await page.locator('[data-column][data-target], [data-status-target][data-target]').waitFor()
  await page.mouse.up()
}

/** What is still moving would be missed. */
const settled = (locator: Locator) =>
  locator.evaluate(`(element) =>
  Promise.all(element.getAnimations().map(({ finished }) => finished)).then(() => undefined)`)

export const closingOn = (page: Page, status: string) => page.locator(`[data-status-target="${status}"]`)

/** Which stage each card stands in, as the page shows it. */
export const shownOn = (page: Page) =>
  page.evaluate<Record<string, string>>(`Object.fromEntries(
    [...document.querySelectorAll('[data-card]')].map((card) => [
      card.dataset.card,
      card.closest('[data-column]').dataset.column,
    ]),
  )`)
