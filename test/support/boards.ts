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

/** The deals of a pipeline, by the API, in its order: a hundred at most, unless more are asked for. */
export async function dealsIn(
  crm: Crm,
  pipelineId: string,
  { limit = 100, status = '' } = {},
): Promise<{ id: string; pipelineStageId: string }[]> {
  const filters = [
    { field: 'pipeline_id', operator: 'eq', value: pipelineId },
    ...(status ? [{ field: 'status', operator: 'eq', value: status }] : []),
  ]
  return (await crm.v3.post('/opportunities/search', { locationId: crm.locationId, limit, filters })).body.opportunities
}

/** Stage → its deals, in order. A stage without any is not there. */
export type Columns = Record<string, string[]>

/** The open deals of a pipeline as a board is to show them, by the API's search. */
export async function columnsIn(crm: Crm, pipelineId: string): Promise<Columns> {
  const columns: Columns = {}
  for (const deal of await dealsIn(crm, pipelineId, { limit: 500, status: 'open' }))
    columns[deal.pipelineStageId] = [...(columns[deal.pipelineStageId] ?? []), deal.id]
  return columns
}

/** The same as the page shows it, from the top to the bottom, whatever order its elements have. */
export const columnsOn = (page: Page) =>
  page.evaluate<Columns>(`Object.fromEntries(
    [...document.querySelectorAll('[data-column]')].flatMap((column) => {
      const cards = [...column.querySelectorAll('[data-card]')].map((card) => [card.getBoundingClientRect().top, card.dataset.card])
      const ids = cards.sort(([a], [b]) => a - b).map(([, id]) => id)
      return ids.length > 0 ? [[column.dataset.column, ids]] : []
    }),
  )`)

/** So many deals in a stage, which are made at once. */
export async function givenDeals(crm: Crm, count: number, fields: Record<string, unknown>): Promise<string[]> {
  const { id: contactId } = await crm.given.contact()
  const make = (at: number) => crm.given.opportunity({ contactId, ...fields, name: `Deal ${at + 1}` })
  const made = await Promise.all(Array.from({ length: count }, (_, at) => make(at)))
  return made.map(({ id }) => id)
}

/** A change of many by one call. */
export async function changeMany(crm: Crm, ids: string[], action: Record<string, unknown>): Promise<void> {
  const reply = await crm.ask('POST', '/console/opportunities/bulk', { body: { ids, ...action } })
  if (reply.body.done !== ids.length) throw new Error(reply.text)
}

export const columnOn = (page: Page, stageId: string) => page.locator(`[data-column="${stageId}"]`)
export const cardOn = (page: Page, id: string) => page.locator(`[data-card="${id}"]`)
export const cardIn = (page: Page, stageId: string, id: string) =>
  columnOn(page, stageId).locator(`[data-card="${id}"]`)

/** Carries a card with the pointer and lets it go over a column, or over a target of the strip that rises meanwhile. */
export async function drag(page: Page, id: string, to: Locator) {
  await cardOn(page, id).hover({ position: { x: 60, y: 20 } })
  const card = await cardOn(page, id).boundingBox()
  if (!card) throw new Error('The card is not to be seen')
  await page.mouse.down()
  await page.mouse.move(card.x + 80, card.y + 60, { steps: 3 })
  await to.waitFor()
  await settled(page.locator('.closing-strip'))
  const target = await to.boundingBox()
  if (!target) throw new Error('There is nothing to let go over')
  await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 8 })
  await to.and(page.locator('[data-target]')).waitFor()
  await page.mouse.up()
}

/** What is still moving would be missed. */
const settled = (locator: Locator) =>
  locator.evaluate(async (element: { getAnimations: () => { finished: Promise<unknown> }[] }) => {
    await Promise.all(element.getAnimations().map(({ finished }) => finished))
  })

export const closingOn = (page: Page, status: string) => page.locator(`[data-status-target="${status}"]`)

/** Which stage each card stands in, as the page shows it. */
export const shownOn = (page: Page) =>
  page.evaluate<Record<string, string>>(`Object.fromEntries(
    [...document.querySelectorAll('[data-card]')].map((card) => [
      card.dataset.card,
      card.closest('[data-column]').dataset.column,
    ]),
  )`)
