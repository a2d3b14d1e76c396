import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import {
  cardIn,
  cardOn,
  changeMany,
  closingOn,
  columnOn,
  columnsIn,
  columnsOn,
  drag,
  givenBoard,
  givenDeals,
  placeOf,
} from '../support/boards.ts'
import { fetchAhead, holdUp, onApp, takesKeys } from '../support/pages.ts'
import { workflowsOf } from '../support/workflows.ts'

const soon = { timeout: 60_000 }

onApp('an open board', (app) => {
  test('shows what a workflow does', async () => {
    const { crm } = app
    const { pipelineId, first, second, third } = await givenStages('By a workflow')
    const { id } = await crm.given.opportunity({ name: 'Goes by itself', pipelineId })
    await workflowsOf(crm).running({
      name: 'Straight on',
      trigger: { type: 'pipeline_stage_updated', filters: { to: second } },
      steps: [
        {
          type: 'internal_update_opportunity',
          settings: { pipelineId, pipelineStageId: third, name: 'Went by itself' },
        },
      ],
    })
    const page = await openBoard(pipelineId)
    await cardIn(page, first, id).waitFor()

    await crm.v3.put(`/opportunities/${id}`, { pipelineStageId: second })

    await cardIn(page, third, id).getByText('Went by itself').waitFor(soon)
    await columnOn(page, third).getByRole('heading', { name: 'Offer 1' }).waitFor()
    await columnOn(page, second).getByRole('heading', { name: 'Qualified 0' }).waitFor()
    expect(await columnsOn(page)).toEqual(await columnsIn(crm, pipelineId))
  })

  test.each([
    ['a few deals', 30],
    ['more deals than are asked about one by one', 400],
  ])('misses nothing of %s that change while it is cut off', async (_which, count) => {
    const { crm } = app
    const { pipelineId, first, second, third } = await givenStages(`Cut off ${count}`)
    const others = await givenDeals(crm, count, { pipelineId, pipelineStageId: third })
    const [wonAndBack, renamed, gone] = (await givenDeals(crm, 3, { pipelineId })) as [string, string, string]
    const page = await openBoard(pipelineId)
    await cardOn(page, renamed).waitFor()
    await crm.v3.put(`/opportunities/${wonAndBack}/status`, { status: 'won' })
    await cardOn(page, wonAndBack).waitFor({ state: 'detached' })

    await cutOff(page)
    await changeMany(crm, others.slice(1, count / 2), { action: 'move', pipelineStageId: second })
    await crm.v3.put(`/opportunities/${wonAndBack}/status`, { status: 'open' })
    await crm.v3.put(`/opportunities/${renamed}`, { name: 'Another name' })
    await crm.v3.delete(`/opportunities/${gone}`)
    await changeMany(crm, others.slice(count / 2), { action: 'move', pipelineStageId: second })
    const late = await crm.given.opportunity({ name: 'Late', pipelineId })
    await page.context().setOffline(false)

    await columnOn(page, second)
      .getByRole('heading', { name: `Qualified ${count - 1}` })
      .waitFor(soon)
    const kept = await columnsIn(crm, pipelineId)
    expect(kept[first]?.toSorted()).toEqual([late.id, renamed, wonAndBack].sort())
    await expect.poll(() => columnsOn(page), soon).toSatisfy((shown: typeof kept) => isBeginningOf(shown, kept))
    await cardOn(page, renamed).getByText('Another name').waitFor(soon)
  })

  test('hears on after its stream was cut in the middle of an event', async () => {
    const { crm } = app
    const { pipelineId, first, second } = await givenStages('Cut in two')
    const { id } = await crm.given.opportunity({ name: 'Still heard', pipelineId })
    const page = await openBoard(pipelineId)
    await cardIn(page, first, id).waitFor()
    let streams = 0
    await page.route('**/console/stream', async (route) => {
      streams += 1
      if (streams > 1) return route.continue()
      const body = `event: change\nid: ${route.request().headers()['last-event-id']}\ndata: {"se`
      await route.fulfill({ contentType: 'text/event-stream', body })
    })

    await cutOff(page)
    await page.context().setOffline(false)
    await expect.poll(() => streams, soon).toBe(2)
    await crm.v3.put(`/opportunities/${id}`, { pipelineStageId: second })
    await cardIn(page, second, id).waitFor(soon)

    expect(streams).toBe(2)
  })

  test('takes a card out of the hand that lifted it by keys, once that has let it go', async () => {
    const { crm } = app
    const { pipelineId, first, second } = await givenStages('Lifted')
    const [stays, leaves] = (await givenDeals(crm, 2, { pipelineId })) as [string, string]
    const page = await openBoard(pipelineId)
    const lift = async (id: string) => {
      await cardOn(page, id).locator('.card-link').focus()
      await takesKeys(cardOn(page, id))
      await page.keyboard.press('Space')
      await closingOn(page, 'won').waitFor()
    }
    const isDown = () => closingOn(page, 'won').waitFor({ state: 'detached' })

    await lift(stays)
    await page.keyboard.press('Escape')
    await isDown()
    await lift(stays)
    await columnOn(page, second).locator('.column-cards').click()
    await isDown()
    await lift(leaves)
    await crm.v3.put(`/opportunities/${leaves}/status`, { status: 'won' })
    await isDown()
    await page.getByRole('link', { name: 'Contacts' }).click()
    await page.getByRole('heading', { name: 'Contacts' }).waitFor()
    await page.goBack()
    await lift(stays)
    await page.goForward()
    await page.getByRole('heading', { name: 'Contacts' }).waitFor()
    await page.goBack()
    await cardIn(page, first, stays).waitFor()
    expect(await closingOn(page, 'won').count()).toBe(0)

    await drag(page, stays, columnOn(page, second))
    await page.getByText('moved to Qualified.').waitFor()
    expect(await placeOf(crm, stays)).toEqual({ stageId: second, status: 'open', lostReasonId: null })
  })

  test('is right with other filters too, when a change made before them was refused', async () => {
    const { crm } = app
    const { pipelineId, first, second } = await givenStages('Filtered meanwhile')
    const [deleted, other] = (await givenDeals(crm, 2, { pipelineId })) as [string, string]
    const page = await openBoard(pipelineId)
    await cardIn(page, first, deleted).waitFor()
    const letGo = await holdUp(page, `**/opportunities/${deleted}`)

    await drag(page, deleted, columnOn(page, second))
    await cardIn(page, second, deleted).waitFor()
    await page.getByRole('button', { name: 'status is Open' }).click()
    await page.getByRole('option', { name: 'All' }).click()
    await page.getByRole('button', { name: 'status is any' }).waitFor()
    await cardIn(page, second, deleted).waitFor()
    await crm.v3.delete(`/opportunities/${deleted}`)
    letGo()

    await page.getByRole('alertdialog').filter({ hasText: 'stays where it was.' }).waitFor()
    await cardOn(page, deleted).waitFor({ state: 'detached' })
    await columnOn(page, second).getByRole('heading', { name: 'Qualified 0' }).waitFor()
    expect(await columnsOn(page)).toEqual({ [first]: [other] })
  })

  test('marks as stale the deals that the report counts as stale, and says why', async () => {
    const { crm } = app
    const { pipelineId, first } = await givenStages('Stale')
    const day = 86_400_000
    crm.advance(-20 * day)
    const [idle, touched] = (await givenDeals(crm, 2, { pipelineId })) as [string, string]
    crm.advance(7 * day)
    await crm.v3.put(`/opportunities/${touched}`, { name: 'Touched since' })
    crm.advance(13 * day)
    const page = await openBoard(pipelineId)

    const age = (id: string) => cardIn(page, first, id).locator('.card-age')
    await age(idle).and(page.getByTitle('Untouched for 20 days')).waitFor()
    await age(touched)
      .and(page.getByTitle(/^In this stage since/))
      .waitFor()
    const { stages } = (await crm.ask('GET', `/console/reports/time-in-stage?pipelineId=${pipelineId}`)).body
    expect(await page.locator('.card-age.stale').count()).toBe(stages[0].now.staleCount)
  })

  async function givenStages(name: string) {
    const { id: pipelineId, stages } = await givenBoard(app.crm, name)
    const [first, second, third] = stages.map(({ id }) => id) as [string, string, string]
    return { pipelineId, first, second, third }
  }

  async function openBoard(pipelineId: string) {
    const page = await app.page({ path: `/app/board?pipeline=${pipelineId}`, reducedMotion: 'reduce' })
    await page.locator('[data-card]').first().waitFor()
    return page
  }
})

/** Until the page knows it. */
async function cutOff(page: Page) {
  await fetchAhead(page)
  await page.context().setOffline(true)
  await page.getByText(/^Offline/).waitFor()
}

/** A column shows no more than what is in sight. */
function isBeginningOf(shown: Record<string, string[]>, kept: Record<string, string[]>): boolean {
  const cut = Object.entries(kept).map(([stage, ids]) => [stage, ids.slice(0, shown[stage]?.length ?? 0)])
  return JSON.stringify(Object.fromEntries(cut)) === JSON.stringify(shown)
}
