import type { Page, Request } from 'playwright-core'
import { expect, test } from 'vitest'
import {
  cardIn,
  cardOn,
  closingOn,
  columnOn,
  columnsIn,
  columnsOn,
  drag,
  givenBoard,
  givenDeals,
  shownOn,
} from '../support/boards.ts'
import { onApp } from '../support/pages.ts'

/** What the server answered before a change, and what arrives after the change was heard, must not hide it. */
onApp('an answer that comes late', (app) => {
  test('leaves a card where it went while the column that it left was asked for', async () => {
    const { pipelineId, first, second } = await givenStages('Left meanwhile')
    const [moved, stays] = (await givenDeals(app.crm, 2, { pipelineId })) as Two
    const page = await openBoard(pipelineId)
    const column = await hold(page, isPageOf(first))
    await page.reload()
    await column.isAnswered

    await app.crm.v3.put(`/opportunities/${moved}`, { pipelineStageId: second })
    await cardIn(page, second, moved).waitFor()
    column.letGo()
    await cardIn(page, first, stays).waitFor()

    expect(await columnsOn(page)).toEqual({ [first]: [stays], [second]: [moved] })
  })

  test('leaves it there too where the column comes in pages, of which the first is late', async () => {
    const { pipelineId, first, second } = await givenStages('Page by page')
    await givenDeals(app.crm, 40, { pipelineId })
    const [moved, renamed] = (await columnsIn(app.crm, pipelineId))[first] as Two
    const page = await openBoard(pipelineId)
    await scrollTo(page, first, 40)
    await scrollTo(page, first, 1)
    const column = await hold(page, isPageOf(first))
    await app.crm.v3.put(`/opportunities/pipelines/${pipelineId}`, { name: 'Asked anew' })
    await column.isAnswered

    await app.crm.v3.put(`/opportunities/${moved}`, { pipelineStageId: second })
    await cardIn(page, second, moved).waitFor()
    const again = await hold(page, isAbout(moved))
    const rest = page.waitForResponse((reply) => isPageOf(first)(reply.request()) && isRest(reply.request()))
    column.letGo()
    await (await rest).finished()
    await drawn(page)

    expect([await cardIn(page, second, moved).count(), await cardIn(page, first, moved).count()]).toEqual([1, 0])
    again.letGo()
    await heardAfterThat(page, renamed)
    expect([await cardIn(page, second, moved).count(), await cardIn(page, first, moved).count()]).toEqual([1, 0])
  })

  test('leaves a card where somebody has put it since', async () => {
    const { pipelineId, first, second } = await givenStages('Carried meanwhile')
    const [carried, other] = (await givenDeals(app.crm, 2, { pipelineId })) as Two
    const page = await openBoard(pipelineId)
    const about = await hold(page, isAbout(carried))
    const saving = await hold(page, isChange)
    await app.crm.v3.put(`/opportunities/${carried}`, { name: 'Named meanwhile' })
    await about.isAnswered

    await drag(page, carried, columnOn(page, second))
    await cardIn(page, second, carried).waitFor()
    about.letGo()
    await heardAfterThat(page, other)

    expect(await columnsOn(page)).toEqual({ [first]: [other], [second]: [carried] })
    saving.letGo()
    await cardIn(page, second, carried).getByText('Named meanwhile').waitFor()
  })

  test('leaves it there too where the column that it was taken from comes before the change is saved', async () => {
    const { pipelineId, first, second } = await givenStages('Carried off')
    const [carried, other] = (await givenDeals(app.crm, 2, { pipelineId })) as Two
    const page = await openBoard(pipelineId)
    const [column, saving] = [await hold(page, isPageOf(first)), await hold(page, isChange)]
    await app.crm.v3.put(`/opportunities/pipelines/${pipelineId}`, { name: 'Asked anew' })
    await column.isAnswered

    await drag(page, carried, columnOn(page, second))
    await cardIn(page, second, carried).waitFor()
    column.letGo()
    await heardAfterThat(page, other)

    expect(await columnsOn(page)).toEqual({ [first]: [other], [second]: [carried] })
    saving.letGo()
    await page.getByText('moved to Qualified.').waitFor()
  })

  test('shows a card that has come back while nothing was heard', async () => {
    const { pipelineId, first } = await givenStages('Back again')
    const [won, other] = (await givenDeals(app.crm, 2, { pipelineId })) as Two
    const page = await openBoard(pipelineId)
    const hear = await deafen(page)
    await page.reload()
    await cardOn(page, won).waitFor()
    const asked = page.waitForResponse((reply) => isAbout(won)(reply.request()))
    await drag(page, won, closingOn(page, 'won'))
    await (await asked).finished()
    await cardOn(page, won).waitFor({ state: 'detached' })

    await app.crm.v3.put(`/opportunities/${won}/status`, { status: 'open' })
    hear()
    await cardIn(page, first, won).waitFor()

    await heardAfterThat(page, other)
    expect(Object.keys(await shownOn(page)).sort()).toEqual([won, other].sort())
  })

  test('shows it too where it was asked about before that, and this is answered last', async () => {
    const { pipelineId, first } = await givenStages('Asked about before')
    const [won, other] = (await givenDeals(app.crm, 2, { pipelineId })) as Two
    const page = await openBoard(pipelineId)
    const hear = await deafen(page)
    await page.reload()
    await cardOn(page, won).waitFor()
    const about = await hold(page, isAbout(won))
    await drag(page, won, closingOn(page, 'won'))
    await about.isAnswered

    await app.crm.v3.put(`/opportunities/${won}/status`, { status: 'open' })
    hear()
    await cardIn(page, first, won).waitFor()
    about.letGo()

    await heardAfterThat(page, other)
    expect(Object.keys(await shownOn(page)).sort()).toEqual([won, other].sort())
  })

  test('is asked for again by the next change, where a column could not be had', async () => {
    const { pipelineId, first } = await givenStages('Not to be had')
    const [other] = (await givenDeals(app.crm, 1, { pipelineId })) as One
    const page = await openBoard(pipelineId)
    const hear = await deafen(page)
    await page.reload()
    await cardOn(page, other).waitFor()
    const [missed] = (await givenDeals(app.crm, 1, { pipelineId })) as One
    let refused = 0
    await page.route('**/opportunities/search', (route) => {
      if (refused === 3) return route.fallback()
      refused += 1
      return route.fulfill({ status: 422, json: { statusCode: 422, message: ['Not now'] } })
    })

    hear()
    await expect.poll(() => refused).toBe(3)
    await heardAfterThat(page, other)

    await cardIn(page, first, missed).waitFor()
  })

  test('leaves the sums of a board as they are by then', async () => {
    const { pipelineId, first } = await givenStages('Summed up')
    await givenDeals(app.crm, 1, { pipelineId })
    const page = await openBoard(pipelineId)
    await page.clock.install()
    const sums = await hold(page, (request) => request.url().includes('/console/board?'))
    await page.reload()
    await sums.isAnswered

    const [added] = (await givenDeals(app.crm, 1, { pipelineId })) as One
    await cardIn(page, first, added).waitFor()
    await page.clock.fastForward(1_000)
    sums.letGo()

    await columnOn(page, first).getByRole('heading', { name: 'New 2' }).waitFor()
  })

  test('leaves a deal and its history as they are by then', async () => {
    const { pipelineId } = await givenStages('One deal')
    const [id] = (await givenDeals(app.crm, 1, { pipelineId })) as One
    const page = await openBoard(pipelineId)
    const [deal, history] = [await hold(page, isGetOf(`/opportunities/${id}`)), await hold(page, isHistory)]
    await page.goto(`/app/board?pipeline=${pipelineId}&deal=${id}`)
    await deal.isAnswered

    await app.crm.v3.put(`/opportunities/${id}`, { name: 'Renamed once' })
    await cardOn(page, id).getByText('Renamed once').waitFor()
    deal.letGo()
    await page.getByRole('dialog', { name: 'Renamed once' }).waitFor()

    await history.isAnswered
    await app.crm.v3.put(`/opportunities/${id}`, { name: 'Renamed twice' })
    await page.getByRole('dialog', { name: 'Renamed twice' }).waitFor()
    history.letGo()
    await page.locator('.timeline').getByText('Renamed twice').waitFor()
  })

  test('leaves the notes and tasks of a contact as they are by then', async () => {
    const { id: contactId } = await app.crm.given.contact()
    const { id } = await app.crm.given.opportunity({ contactId })
    const page = await app.page({ path: '/app/contacts' })
    const [notes, tasks] = [
      await hold(page, isGetOf(`/contacts/${contactId}/notes`)),
      await hold(page, isGetOf(`/contacts/${contactId}/tasks`)),
    ]
    await page.goto(`/app/opportunities/${id}`)
    await Promise.all([notes.isAnswered, tasks.isAnswered])

    await app.crm.v3.post(`/contacts/${contactId}/notes`, { body: 'Written meanwhile' })
    const dueDate = '2030-01-01T00:00:00Z'
    await app.crm.v3.post(`/contacts/${contactId}/tasks`, { title: 'Wanted meanwhile', dueDate, completed: false })
    for (const text of ['Written meanwhile', 'Wanted meanwhile'])
      await page.locator('.timeline').getByText(text).waitFor()
    notes.letGo()
    tasks.letGo()

    await page.locator('.notes').getByText('Written meanwhile').waitFor()
    await page.locator('.tasks').getByText('Wanted meanwhile').waitFor()
  })

  async function givenStages(name: string) {
    const { id: pipelineId, stages } = await givenBoard(app.crm, name)
    const [first, second] = stages.map(({ id }) => id) as Two
    return { pipelineId, first, second }
  }

  async function openBoard(pipelineId: string) {
    const page = await app.page({ path: `/app/board?pipeline=${pipelineId}`, reducedMotion: 'reduce' })
    await page.locator('[data-card]').first().waitFor()
    return page
  }

  /** What is heard later is drawn later. */
  async function heardAfterThat(page: Page, id: string) {
    await app.crm.v3.put(`/opportunities/${id}`, { name: 'Heard after that' })
    await cardOn(page, id).getByText('Heard after that').waitFor()
  }
})

type One = [string]
type Two = [string, string]

/** The first such request is answered at once, and the answer arrives when it is let go. */
async function hold(page: Page, isMeant: (request: Request) => boolean) {
  const [answered, gate] = [later(), later()]
  let isHeld = false
  await page.route('**/*', async (route) => {
    if (isHeld || !isMeant(route.request())) return route.fallback()
    isHeld = true
    const response = await route.fetch()
    answered.come()
    await gate.promise
    await route.fulfill({ response })
  })
  return { isAnswered: answered.promise, letGo: gate.come }
}

function later() {
  let come = () => {}
  const promise = new Promise<void>((resolve) => {
    come = resolve
  })
  return { promise, come }
}

/** Nothing is heard of what happens on the page that is loaded next, until the stream may begin. */
async function deafen(page: Page): Promise<() => void> {
  const gate = later()
  await page.route('**/console/stream', (route) => gate.promise.then(() => route.continue()))
  return gate.come
}

const isSearchFor = (request: Request, text: string) =>
  request.url().endsWith('/opportunities/search') && (request.postData() ?? '').includes(text)

/** Of a column of the board. */
const isPageOf = (stageId: string) => (request: Request) => isSearchFor(request, stageId)

/** Any but the first. */
const isRest = (request: Request) => (request.postData() ?? '').includes('searchAfter')

/** Where a card is now. */
const isAbout = (id: string) => (request: Request) => isSearchFor(request, id)

const isGetOf = (path: string) => (request: Request) =>
  request.method() === 'GET' && new URL(request.url()).pathname === path

const isChange = (request: Request) => request.method() === 'PUT'

const isHistory = (request: Request) => request.url().includes('/console/history?')

/** Whatever had come by then. */
const drawn = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))

async function scrollTo(page: Page, stageId: string, place: number) {
  const cards = columnOn(page, stageId).locator('.column-cards')
  const card = columnOn(page, stageId).locator(`[aria-posinset="${place}"]`)
  await expect
    .poll(async () => {
      await cards.evaluate((element, isFirst) => element.scrollTo(0, isFirst ? 0 : element.scrollHeight), place === 1)
      return card.count()
    })
    .toBe(1)
}
