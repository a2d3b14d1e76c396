import { isDeepStrictEqual } from 'node:util'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type Columns, cardOn, columnsIn, columnsOn, givenBoard } from '../support/boards.ts'
import { onApp } from '../support/pages.ts'
import { givenPerson, password } from '../support/people.ts'
import { type Random, randomFrom } from '../support/random.ts'

const moves = 200

onApp('two people on one board', (app) => {
  test('see the same in the same order in the end, after 200 random moves by each, and no move is lost', async () => {
    const { crm } = app
    const { id: pipelineId, stages } = await givenBoard(crm, 'Shared', ['One', 'Two', 'Three', 'Four'])
    const ids: string[] = []
    for (let at = 0; at < 12; at++) {
      const pipelineStageId = stages[at % 4]?.id
      ids.push((await crm.given.opportunity({ name: `Deal ${at}`, pipelineId, pipelineStageId })).id)
    }
    const person = await givenPerson(crm)
    const boards = [
      await openBoard(pipelineId, ids),
      await openBoard(pipelineId, ids, { email: person.email, password }),
    ] as const

    await Promise.all(boards.map((board, at) => moveAbout(board, ids, randomFrom(at + 1))))

    // A change may wait for the one before it of the same deal, so that all is sent only once all agree.
    const places = async () => ({
      isAtRest: await Promise.all(boards.map(isAtRest)),
      shown: await Promise.all(boards.map(columnsOn)),
      kept: await columnsIn(crm, pipelineId),
    })
    await expect.poll(places, { timeout: 60_000 }).toSatisfy(agree)
    const kept = await columnsIn(crm, pipelineId)
    expect(Object.values(kept).flat().sort()).toEqual([...ids].sort())
    for (const [end, column] of Object.entries(kept))
      for (const id of column) expect(await pathOf(id)).toEqual({ isWhole: true, end })
  }, 240_000)

  async function openBoard(pipelineId: string, ids: string[], as?: { email: string; password: string }) {
    const path = `/app/board?pipeline=${pipelineId}`
    const page = await app.page({ path, reducedMotion: 'reduce', ...(as && { as }) })
    for (const id of ids) await cardOn(page, id).waitFor()
    await page.evaluate(countChanges)
    return page
  }

  /** Every change of its stage begins where the one before ended. */
  async function pathOf(recordId: string) {
    const { events } = (await crmHistory(recordId)).body
    const steps: { before: Named; after: Named }[] = events
      .flatMap(({ changes }: { changes: { field: string }[] }) => changes)
      .filter(({ field }: { field: string }) => field === 'pipelineStageId')
      .reverse()
    const isWhole = steps.every(({ before }, at) => at === 0 || before.id === steps[at - 1]?.after.id)
    return { isWhole, end: steps.at(-1)?.after.id }
  }
  const crmHistory = (recordId: string) =>
    app.crm.ask('GET', `/console/history?record=opportunity&recordId=${recordId}&limit=100`)
})

const agree = (told: { isAtRest: boolean[]; shown: Columns[]; kept: Columns }) =>
  told.isAtRest.every(Boolean) && told.shown.every((shown) => isDeepStrictEqual(shown, told.kept))

interface Named {
  id: string
}

/** By keys, as fast as the page takes them. At the edge of the board, or under the other's hands, there is no move. */
async function moveAbout(page: Page, ids: string[], random: Random): Promise<void> {
  let sent = 0
  while (sent < moves) {
    const id = random.one(ids)
    sent = await page.evaluate<number>(`(() => {
      document.querySelector('[data-card="${id}"] .card-link')?.focus({ preventScroll: true })
      return changes.sent
    })()`)
    await page.keyboard.press(random.chance(0.5) ? 'Shift+ArrowLeft' : 'Shift+ArrowRight')
  }
}

const isAtRest = (page: Page) => page.evaluate<boolean>('changes.sent === changes.answered')

/** How many changes the page has sent, and how many of them the server has answered. */
const countChanges = `
  window.changes = { sent: 0, answered: 0 }
  const send = window.fetch
  window.fetch = (address, options) => {
    if (options?.method !== 'PUT') return send(address, options)
    changes.sent += 1
    return send(address, options).finally(() => { changes.answered += 1 })
  }`
