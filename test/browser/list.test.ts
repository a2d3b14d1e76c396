import { text } from 'node:stream/consumers'
import type { Locator, Page } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { holdToast, holdUp, narrow, onApp, takesKeys, wide } from '../support/pages.ts'

/** Deals of one test stand apart from those of the others by a word in their names, which the list searches for. */
let word = ''
let number = 0
beforeEach(() => {
  number += 1
  word = `Quarz${number}x`
})

onApp('the list', (app) => {
  const open = async (query = '', options = {}) => {
    const page = await app.page({ path: `/app/list?q=${word}${query}`, ...options })
    await page.getByRole('grid', { name: 'Deals' }).waitFor()
    return page
  }
  const given = (name: string, fields: Record<string, unknown> = {}) =>
    app.crm.given.opportunity({ name: `${word} ${name}`, ...fields })
  const stored = async (id: string) => (await app.crm.v3.get(`/opportunities/${id}`)).body.opportunity
  const ask = async (filters: unknown[] = []) =>
    (
      await app.crm.v3.post('/opportunities/search', {
        locationId: app.crm.locationId,
        query: word,
        filters,
        limit: 500,
      })
    ).body
  /** Named 0000, 0001 and so on. */
  const givenMany = async (count: number) => {
    const { email } = await app.crm.given.contact()
    const nameOf = (at: number) => `${word} ${String(at).padStart(4, '0')}`
    const lines = Array.from(
      { length: count },
      (_, at) => `${nameOf(at)},${app.crm.pipeline.name},${email},${word}${at}`,
    )
    const csv = ['Name,Pipeline,Email,External id', ...lines].join('\n')
    await app.crm.v3.post('/console/opportunities/import', { csv })
  }
  const choose = async (page: Page, menu: string, ...choices: string[]) => {
    await page.getByRole('toolbar').getByRole('button', { name: menu }).click()
    for (const name of choices) await page.getByRole('menuitem', { name, exact: true }).click()
  }

  test('shows what the filters of its address find, in the order of the column that was clicked', async () => {
    for (const [name, monetaryValue] of [
      ['b', 200],
      ['c', 50],
      ['a', 1000],
      ['d', 0.5],
    ] as const) {
      await given(name, { monetaryValue })
    }
    await given('lost', { status: 'lost' })
    const page = await open('&min=1')
    expect(await names(page, 3)).toEqual(['a', 'c', 'b'])

    await page.getByRole('columnheader', { name: 'Value' }).click()
    await page.waitForURL(/sort=value/)
    expect(await names(page, 3, 'c')).toEqual(['c', 'b', 'a'])
    await page.getByRole('columnheader', { name: 'Value' }).click()
    expect(await names(page, 3, 'a')).toEqual(['a', 'b', 'c'])

    await page.getByRole('button', { name: 'status is open' }).click()
    await page.getByRole('option', { name: 'Lost' }).click()
    await page.getByRole('button', { name: 'Remove value over $1' }).click()
    expect(await names(page, 1, 'lost')).toEqual(['lost'])

    await page.goBack()
    await page.goBack()
    expect(await names(page, 3, 'a')).toEqual(['a', 'b', 'c'])
  })

  test('moves what was selected with shift, and puts each back where it was unless it was moved since', async () => {
    const stages = app.crm.stages.map(({ id }) => id)
    const deals: { id: string }[] = []
    for (const [at, name] of ['e', 'd', 'c', 'b', 'a'].entries()) {
      deals.push(await given(name, { pipelineStageId: stages[at % 2] }))
    }
    const page = await open()
    await box(page, 'b').click()
    await box(page, 'd').click({ modifiers: ['Shift'] })
    await page.getByText('3 selected').waitFor()

    await choose(page, 'Move to', app.crm.stages[2]?.name as string)

    await page.getByText(`3 deals moved to ${app.crm.stages[2]?.name}.`).waitFor()
    await holdToast(page)
    const stagesNow = () => Promise.all(deals.map(async ({ id }) => (await stored(id)).pipelineStageId))
    expect(await stagesNow()).toEqual([stages[0], stages[2], stages[2], stages[2], stages[0]])
    await page.getByRole('toolbar').waitFor({ state: 'detached' })

    await app.crm.v3.put(`/opportunities/${deals[2]?.id}`, { pipelineStageId: stages[1] })
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('2 deals are as they were.').waitFor()
    const refused = page.getByRole('alertdialog').filter({ hasText: 'One deal could not be put back.' })
    await refused.getByText('Somebody has changed this since.').waitFor()
    expect(await stagesNow()).toEqual([stages[0], stages[1], stages[1], stages[1], stages[0]])
  })

  test('loses many for one reason, and says of each that was refused why', async () => {
    const { lostReason } = (
      await app.crm.v3.post('/opportunities/lost-reason', { locationId: app.crm.locationId, name: `No money ${word}` })
    ).body
    const [first, second] = [await given('one'), await given('two')]
    const page = await open('&status=all')
    await box(page, 'one').click()
    await box(page, 'two').click()
    await choose(page, 'Status', 'Lost…')
    const question = page.getByRole('dialog', { name: 'Why were 2 deals lost?' })
    await question.getByRole('option', { name: `No money ${word}` }).waitFor()
    await app.crm.v3.delete(`/opportunities/${second.id}`)

    await question.getByRole('option', { name: `No money ${word}` }).click()

    const told = page.getByRole('alertdialog', { name: 'One deal was refused' })
    await told.getByText(`${word} two`).waitFor()
    expect(await told.getByRole('listitem').allInnerTexts()).toEqual([`${word} two\nOpportunity not found`])
    await told.getByRole('button', { name: 'Close' }).last().click()
    expect(await stored(first.id)).toMatchObject({ status: 'lost', lostReasonId: lostReason.id })
    await row(page, 'one').getByText('Lost').waitFor()
    await row(page, 'two').waitFor({ state: 'detached' })
  })

  test('keeps selected what was refused', async () => {
    const user = await app.crm.given.user(`Eve${word}`)
    for (const name of ['one', 'two']) await given(name)
    const page = await open()
    await page.route('**/console/stream', () => {})
    await page.reload()
    await box(page, 'one').click()
    await box(page, 'two').click()
    expect((await app.crm.v3.delete(`/users/${user.id}`)).status).toBe(200)

    await choose(page, 'Assign to', `Eve${word} Hopper`)

    const told = page.getByRole('alertdialog', { name: '2 deals were refused' })
    await told.getByRole('button', { name: 'Close' }).last().click()
    await told.waitFor({ state: 'detached' })
    await page.getByText('2 selected').waitFor()
  })

  test('changes all that the filters find, also what nobody has scrolled to, and deletes it after a question', async () => {
    const user = await app.crm.given.user(`Ida${word}`)
    await givenMany(510)
    const page = await open()
    await page.getByText('510 deals').waitFor()

    await page.getByLabel('Select all rows').click({ force: true })
    await page.getByText('510 selected').waitFor()
    await choose(page, 'Assign to', `Ida${word} Hopper`)
    await page.getByText(`510 deals given to Ida${word} Hopper.`).waitFor({ timeout: 30_000 })
    const owned = await ask([{ field: 'assigned_to', operator: 'eq', value: user.id }])
    expect(owned.total).toBe(510)
    await page.getByRole('toolbar').waitFor({ state: 'detached' })

    await page.getByLabel('Select all rows').click({ force: true })
    await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete 510 deals' }).click()
    await page.getByText('No deal matches').waitFor({ timeout: 30_000 })
    expect((await ask()).total).toBe(0)
  })

  test('scrolls to the end of two thousand, of which only those in sight exist, and changes and opens the last', async () => {
    await givenMany(2_000)
    const { opportunities } = (
      await app.crm.v3.post('/opportunities/search', {
        locationId: app.crm.locationId,
        query: `${word} 1999`,
        limit: 2,
      })
    ).body
    const last = opportunities.find(({ name }: { name: string }) => name === `${word} 1999`)
    const page = await open('&sort=name&status=all')
    await page.getByText('2,000 deals').waitFor()
    const grid = page.getByRole('grid', { name: 'Deals' })
    expect(await names(page, 1, '0000')).toContain('0001')

    await grid.focus()
    const end = async () => {
      await page.keyboard.press('End')
      return grid.getAttribute('aria-rowcount')
    }
    await expect.poll(end, { timeout: 60_000 }).toBe('2001')
    await end()
    await row(page, '1999').and(page.locator(':focus')).waitFor()
    expect(await row(page, '1999').getAttribute('aria-rowindex')).toBe('2001')
    expect(await page.getByRole('row').count()).toBeLessThan(60)

    await box(page, '1999').click()
    await page.keyboard.press('Shift+ArrowUp')
    await page.keyboard.press('Shift+ArrowUp')
    await page.keyboard.press('Shift+ArrowDown')
    await page.getByText('2 selected').waitFor()
    await choose(page, 'Status', 'Won')
    await page.getByRole('toolbar').waitFor({ state: 'detached' })
    const won = await ask([{ field: 'status', operator: 'eq', value: 'won' }])
    const namesOf = (deals: { name: string }[]) => deals.map(({ name }) => name).sort()
    expect(namesOf(won.opportunities)).toEqual([`${word} 1998`, `${word} 1999`])

    await row(page, '1999').getByText('Won').waitFor()
    await row(page, '1999').getByRole('rowheader').click()
    await page.getByRole('dialog', { name: `${word} 1999` }).waitFor()
    expect(new URL(page.url()).searchParams.get('deal')).toBe(last.id)
  })

  test('is walked through by the keyboard, which is never lost', async () => {
    const ids = new Map<string, string>()
    for (const name of ['d', 'c', 'b', 'a']) ids.set(name, (await given(name)).id)
    const page = await open()
    await row(page, 'a').waitFor()
    const isAt = (name: string) => row(page, name).and(page.locator(':focus')).waitFor()

    await page.getByRole('grid', { name: 'Deals' }).focus()
    await isAt('a')
    await page.keyboard.press('ArrowUp')
    await page.getByLabel('Select all rows').and(page.locator(':focus')).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowDown')
    await isAt('b')
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+End')
    await isAt('d')
    await page.getByText('3 selected').waitFor()
    await page.keyboard.press('Shift+ArrowUp')
    await page.getByText('2 selected').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('toolbar').waitFor({ state: 'detached' })
    await isAt('c')

    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Won' }).click()
    await row(page, 'c').waitFor({ state: 'detached' })
    expect(await stored(ids.get('c') as string)).toMatchObject({ status: 'won' })
    await isAt('d')
    await page.keyboard.press('Enter')
    await takesKeys(page.getByRole('dialog', { name: `${word} d` }))
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await isAt('d')

    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Tab')
    await isAt('d')
    await page.keyboard.press('Tab')
    expect(await page.locator('.table :focus').count()).toBe(0)
  })

  test('hears what others change while it is open', async () => {
    const deal = await given('heard', { monetaryValue: 5 })
    const page = await open()
    await row(page, 'heard').getByText('$5', { exact: true }).waitFor()

    await app.crm.v3.put(`/opportunities/${deal.id}`, { monetaryValue: 77 })
    await row(page, 'heard').getByText('$77', { exact: true }).waitFor()
    await given('newer')
    await page.getByText('2 deals').waitFor()
    expect(await names(page, 2, 'newer')).toEqual(['newer', 'heard'])
    await app.crm.v3.put(`/opportunities/${deal.id}`, { status: 'won' })
    await row(page, 'heard').waitFor({ state: 'detached' })
  })

  test('imports a file after it was tried without a trace, and exports what comes back unchanged', async () => {
    await given('there', { monetaryValue: 12.5 })
    const page = await open()
    const file = [
      'What;Worth;Pipeline;E-mail',
      `"${word} brought; in";"4.997,50";${app.crm.pipeline.name};${word}@example.com`,
      `${word} odd;lots;${app.crm.pipeline.name};odd@example.com`,
    ].join('\r\n')
    const dialog = await bring(page, 'deals.csv', file)
    await dialog.getByText('2 to create').waitFor()

    await mean(page, 'What', 'Deal name')
    await mean(page, 'Worth', 'Value')
    await dialog.getByText('1 to create').waitFor()
    await dialog.getByText('must be an amount such as').waitFor()
    expect(await app.axe(page)).toEqual([])
    expect((await ask()).total).toBe(1)

    const goOn = await holdUp(page, '**/console/opportunities/import')
    const start = dialog.getByRole('button', { name: 'Import one row' })
    // There the buttons stay where they are, at the foot, however much less there is above them.
    await page.setViewportSize(narrow)
    await start.click({ trial: true })
    const { x = 0, y = 0 } = (await start.boundingBox()) ?? {}
    await page.mouse.dblclick(x + 20, y + 10)
    await dialog.getByRole('button', { name: 'Stop' }).waitFor()
    goOn()
    await dialog.getByText('1 created').waitFor()
    await page.setViewportSize(wide)
    await dialog.getByRole('button', { name: 'Done' }).click()
    await row(page, 'brought; in').getByText('$4,997.50').waitFor()
    const { opportunities } = await ask()
    expect(opportunities.find(({ name }: { name: string }) => name === `${word} brought; in`)).toMatchObject({
      monetaryValue: 4997.5,
      contact: { email: `${word}@example.com` },
    })

    const waiting = page.waitForEvent('download')
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Export as CSV' }).click()
    const exported = await text(await (await waiting).createReadStream())
    expect(exported.trim().split('\r\n')).toHaveLength(3)
    const again = await bring(page, 'again.csv', exported)
    await again.getByText('2 already so').waitFor()
    expect(await again.getByRole('button', { name: 'Nothing to import' }).isDisabled()).toBe(true)
  })

  test('tells of an import that is stopped every row that was still made', async () => {
    await given('there')
    const page = await open()
    const rows = Array.from({ length: 300 }, (_, at) => `${word} ${at};${app.crm.pipeline.name};${word}@example.com`)
    const dialog = await bring(page, 'twice.csv', 'Name,Name\na,b')
    await dialog.getByText('The file must not have two columns called Name.').waitFor()
    await app.shots(page, 'list-import-refused')
    await dialog.getByRole('button', { name: 'Another file' }).click()
    await give(dialog, 'long.csv', ['Name;Pipeline;Email', ...rows].join('\n'))
    await dialog.getByText('300 to create').waitFor()
    const goOn = await holdUp(page, '**/console/opportunities/import')
    await dialog.getByRole('button', { name: 'Import 300 rows' }).click()
    await dialog.getByRole('button', { name: 'Stop' }).click()
    await dialog.getByText('Stopping: the rows that are under way are still imported.').waitFor()
    expect(await dialog.getByText('created').count()).toBe(0)
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'list-import-stopping')
    goOn()

    await dialog.getByText('Stopped. The rows above were imported; the others were not.').waitFor()
    const made = (await ask()).total - 1
    expect(made).toBeGreaterThan(0)
    expect(made).toBeLessThan(300)
    expect(await dialog.getByText(`${made} created`).count()).toBe(1)
    await app.shots(page, 'list-import-stopped')
    await dialog.getByRole('button', { name: 'Done' }).click()
  })

  test('remembers its columns and shares its views, opens a deal and leads on to the next by the arrows', async () => {
    await given('last', { source: 'Trade fair' })
    await given('first', { source: 'Trade fair' })
    const page = await open()
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByText('Source', { exact: true }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitem', { name: 'Save this view…' }).click()
    await page.getByLabel('Name').fill(`View ${word}`)
    await page.keyboard.press('Enter')
    await page.getByText(`View “View ${word}” is saved.`).waitFor()
    await page.goto('/app/list')
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitem', { name: `View ${word}`, exact: true }).click()
    expect(await names(page, 2, 'first')).toEqual(['first', 'last'])
    await row(page, 'first').getByText('Trade fair').waitFor()

    await row(page, 'first').getByRole('rowheader').click()
    await page.getByRole('dialog', { name: `${word} first` }).waitFor()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('dialog', { name: `${word} last` }).waitFor()
    await page.goBack()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('can be read by everybody, wide and narrow, light and dark', async () => {
    await given('<b>markup</b>', { monetaryValue: 1_234_567.89 })
    await given('a very long name '.repeat(12))
    const page = await open()
    await row(page, '<b>markup</b>').waitFor()
    await box(page, '<b>markup</b>').click()
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'list')

    const phone = await open('', { viewport: narrow, hasTouch: true, colorScheme: 'dark' })
    await box(phone, '<b>markup</b>').tap()
    await phone.getByText('1 selected').waitFor()
    expect(await app.axe(phone)).toEqual([])
    const overflow = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBe(0)
  })
})

const row = (page: Page, name: string) => page.locator('.row[data-row]').filter({ hasText: `${word} ${name}` })
const box = (page: Page, name: string) => row(page, name).locator('.checkbox')

/** What stands in the list, once it has so many rows, and that one on top. */
async function names(page: Page, count: number, first = ''): Promise<string[]> {
  const headers = page.getByRole('rowheader')
  await page.locator('.list[aria-busy=false]').waitFor()
  if (first) await headers.first().getByText(`${word} ${first}`, { exact: true }).waitFor()
  await headers.nth(count - 1).waitFor()
  return (await headers.allInnerTexts()).map((text) => text.trim().slice(word.length + 1))
}

async function bring(page: Page, name: string, csv: string) {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Import from CSV…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import deals' })
  await give(dialog, name, csv)
  return dialog
}

const give = (dialog: Locator, name: string, csv: string) =>
  dialog.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(csv) })

async function mean(page: Page, header: string, meaning: string) {
  await page.getByRole('button', { name: `What “${header}” becomes` }).click()
  await page.getByRole('option', { name: meaning, exact: true }).click()
}
