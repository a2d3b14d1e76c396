import type { CDPSession, Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import {
  cardIn,
  cardOn,
  closingOn,
  columnOn,
  columnsIn,
  columnsOn,
  givenBoard,
  givenDeals,
  placeOf,
} from '../support/boards.ts'
import { narrow, onApp } from '../support/pages.ts'

/** Of a column that is 900 px high no more than these exist at a time, however many there are. */
const most = 30

onApp('a board', (app) => {
  test('with a long column loads what is scrolled to, holds only what is in sight, and stays right while it changes', async () => {
    const { crm } = app
    const { pipelineId, first, second } = await givenStages('Long')
    await givenDeals(crm, 140, { pipelineId })
    const kept = await idsIn(pipelineId, first)
    const page = await app.page({ path: `/app/board?pipeline=${pipelineId}`, reducedMotion: 'reduce' })
    await cardOn(page, kept[0]).waitFor()
    await columnOn(page, first).getByRole('heading', { name: 'New 140' }).waitFor()

    const { order, held } = await scrollThrough(page, first, kept.length)
    expect(order).toEqual(kept)
    expect(held).toBeLessThanOrEqual(most)

    const [renamed, moved, last] = kept.slice(-3) as [string, string, string]
    await crm.v3.put(`/opportunities/${renamed}`, { name: 'Renamed far down' })
    await cardIn(page, first, renamed).getByText('Renamed far down').waitFor()
    await crm.v3.put(`/opportunities/${moved}`, { pipelineStageId: second })
    await cardIn(page, second, moved).waitFor()
    await crm.given.opportunity({ name: 'On top, out of sight', pipelineId })
    await crm.given.opportunity({ name: 'And one more', pipelineId })
    await columnOn(page, first).getByRole('heading', { name: 'New 141' }).waitFor()
    const after = await idsIn(pipelineId, first)
    await expect.poll(() => placesOn(page, first)).toMatchObject({ [last]: 141, [renamed]: 140 })
    const places = Object.entries(await placesOn(page, first))
    expect(
      places.map(([id, place]) => [id, after.indexOf(id) + 1, place]).filter(([, is, told]) => is !== told),
    ).toEqual([])
    expect(places.length).toBeLessThanOrEqual(most)

    await scrollUp(page, first)
    await cardOn(page, after[0]).getByText('And one more').waitFor()
    expect((await columnsOn(page))[first]?.slice(0, 5)).toEqual(after.slice(0, 5))
  })

  test.each([
    ['tablet', { width: 800, height: 1000 }],
    ['phone', narrow],
  ])('on a %s lets a finger that rests carry a card, and one that moves at once scroll', async (name, viewport) => {
    const { crm } = app
    // A finger at the edge of a phone scrolls the board on: the second stage stands there until it is let go.
    const { pipelineId, first, second } = await givenStages(`By finger on a ${name}`, ['New', 'Qualified'])
    await givenDeals(crm, 15, { pipelineId })
    const [id = ''] = await idsIn(pipelineId, first)
    const page = await app.page({ path: `/app/board?pipeline=${pipelineId}`, viewport, hasTouch: true })
    const finger = await fingerOn(page)
    await cardIn(page, first, id).waitFor()

    const scrolled = await scrollEnd(page, first)
    await finger.fling(cardOn(page, id), -400)
    // What a finger has set going goes on for a while without it.
    await scrolled()
    expect(await scrolledBy(page, first)).toBeGreaterThan(200)
    expect(await closingOn(page, 'won').count()).toBe(0)
    await scrollUp(page, first)

    await finger.down(cardOn(page, id))
    await closingOn(page, 'won').waitFor()
    await finger.moveTo(columnOn(page, second))
    await page.locator(`[data-column="${second}"][data-target]`).waitFor()
    await finger.up()
    await page.getByText('moved to Qualified.').waitFor()
    expect(await placeOf(crm, id)).toEqual({ stageId: second, status: 'open', lostReasonId: null })
  })

  async function givenStages(name: string, called?: string[]) {
    const { id: pipelineId, stages } = await givenBoard(app.crm, name, called)
    const [first, second] = stages.map(({ id }) => id) as [string, string]
    return { pipelineId, first, second }
  }

  const idsIn = async (pipelineId: string, stageId: string) =>
    (await columnsIn(app.crm, pipelineId))[stageId] as [string, ...string[]]
})

const cardsOf = (page: Page, stageId: string) => columnOn(page, stageId).locator('.column-cards')
const scrolledBy = (page: Page, stageId: string) => cardsOf(page, stageId).evaluate(({ scrollTop }) => scrollTop)
const scrollUp = (page: Page, stageId: string) => cardsOf(page, stageId).evaluate((element) => element.scrollTo(0, 0))

/** Listens from now on; what it answers waits until the next scrolling has come to rest. */
async function scrollEnd(page: Page, stageId: string) {
  const column = cardsOf(page, stageId)
  await column.evaluate((element) =>
    element.addEventListener('scrollend', () => element.setAttribute('data-rested', ''), { once: true }),
  )
  return () => column.and(page.locator('[data-rested]')).waitFor()
}

/** Card → its place in the column, as it is told to those who do not see it. */
const placesOn = (page: Page, stageId: string) =>
  cardsOf(page, stageId).evaluate((column) => {
    const cards = [...column.querySelectorAll<HTMLElement>('[data-card]')]
    return Object.fromEntries(cards.map(({ dataset, ariaPosInSet }) => [dataset.card ?? '', Number(ariaPosInSet)]))
  })

/** By the wheel, a screen at a time, until the last card was seen: all in their order, and the most there were at once. */
async function scrollThrough(page: Page, stageId: string, count: number) {
  const order: string[] = []
  let held = 0
  let seen = 0
  const box = await cardsOf(page, stageId).boundingBox()
  await page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 200)
  await expect
    .poll(
      async () => {
        const places = Object.entries(await placesOn(page, stageId))
        for (const [id, place] of places) order[place - 1] = id
        held = Math.max(held, places.length)
        // Two screens at once would pass some by.
        if (order.length > seen) await page.mouse.wheel(0, 500)
        seen = order.length
        return seen
      },
      { timeout: 60_000, interval: 20 },
    )
    .toBe(count)
  return { order, held }
}

/** One finger, as the browser hears it from the screen. */
async function fingerOn(page: Page) {
  const screen: CDPSession = await page.context().newCDPSession(page)
  let at = { x: 0, y: 0 }
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd') =>
    screen.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [at] })
  async function over(on: Locator) {
    const box = await on.boundingBox()
    if (!box) throw new Error('There is nothing to touch')
    at = { x: box.x + 60, y: box.y + 30 }
  }
  /** One after the other; nobody waits in between. */
  async function move(dx: number, dy: number) {
    const from = at
    const sent: Promise<unknown>[] = []
    for (let step = 1; step <= 10; step++) {
      at = { x: from.x + (dx * step) / 10, y: from.y + (dy * step) / 10 }
      sent.push(send('touchMove'))
    }
    await Promise.all(sent)
  }
  return {
    async down(on: Locator) {
      await over(on)
      await send('touchStart')
    },
    /** Without the moment of rest that a slow machine would put between touching and moving. */
    async fling(on: Locator, dy: number) {
      await over(on)
      await Promise.all([send('touchStart'), move(0, dy), send('touchEnd')])
    },
    /** To what is to be seen of it at the side. */
    async moveTo(target: Locator) {
      const box = await target.boundingBox()
      const edge = page.viewportSize()?.width ?? 0
      if (!box) throw new Error('There is nothing to carry it to')
      const x = Math.min(box.x + box.width / 2, (box.x + edge) / 2)
      await move(x - at.x, 0)
    },
    up: () => send('touchEnd'),
  }
}
