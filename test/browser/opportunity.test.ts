import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { givenBoard } from '../support/boards.ts'
import { holdToast, onApp, takesKeys, wide } from '../support/pages.ts'
import { givenPerson, onlyAssigned, password } from '../support/people.ts'

onApp('an opportunity', (app) => {
  test('is changed where it stands, and its history tells who did what, before and after', async () => {
    const { id, pipelineId } = await app.crm.given.opportunity({ name: 'Fleet tablets', monetaryValue: 100 })
    await goByOwnProbability(pipelineId, true)
    const { body } = await app.crm.v3.post(`/locations/${app.crm.locationId}/customFields`, {
      name: 'Interests',
      dataType: 'MULTIPLE_OPTIONS',
      model: 'opportunity',
      options: ['Phones', 'Vans'],
    })
    const page = await app.page({ path: `/app/opportunities/${id}` })
    const [, second] = app.crm.stages as [{ id: string }, { id: string; name: string }]

    await type(page, 'Name', 'Fleet tablets for 40 vans')
    await type(page, 'Value', '4,997.50')
    await type(page, 'Probability', '45')
    await type(page, 'Source', 'Trade fair')
    await choose(page, 'Owner', 'Admin')
    await page.getByRole('radio', { name: second.name }).click()
    await page.getByText(`${second.name} for`).waitFor()
    await page.getByRole('button', { name: 'Interests: Empty' }).click()
    await page.locator('.checkbox', { hasText: 'Vans' }).click()
    await page.keyboard.press('Escape')

    await page.getByText('changed Interests').waitFor()
    await happened(page, 'Admin changed value from $100 to $4,997.50')
    await happened(page, `Admin moved it from New Lead to ${second.name}`)
    expect(await dealOf(id)).toMatchObject({
      name: 'Fleet tablets for 40 vans',
      monetaryValue: 4997.5,
      pipelineId,
      pipelineStageId: second.id,
      forecastProbability: 45,
      source: 'Trade fair',
      customFields: [{ id: body.customField.id, fieldValue: ['Vans'] }],
    })
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'deal')
  })

  test('is won, lost with a reason and reopened, and undo takes it back', async () => {
    const { body } = await app.crm.v3.post('/opportunities/lost-reason', {
      locationId: app.crm.locationId,
      name: 'Price',
    })
    const { id } = await app.crm.given.opportunity({ name: 'Till system' })
    const page = await app.page({ path: `/app/opportunities/${id}` })

    await press(page, 'Won')
    await page.getByText('Till system is won.').waitFor()
    await holdToast(page)
    expect(await dealOf(id)).toMatchObject({ status: 'won' })
    await press(page, 'Undo')
    await page.getByText('Till system is as it was.').waitFor()
    expect(await dealOf(id)).toMatchObject({ status: 'open' })

    await press(page, 'Lost…')
    await page.getByRole('option', { name: 'Price' }).click()
    await page.getByText('Till system is lost.').waitFor()
    expect(await dealOf(id)).toMatchObject({ status: 'lost', lostReasonId: body.lostReason.id })
    await app.shots(page, 'deal-lost')
    await press(page, 'Reopen')
    await page.getByText('Till system is open again.').waitFor()
    expect(await dealOf(id)).toMatchObject({ status: 'open', lostReasonId: null })
  })

  test('is not taken back by undo once somebody else has changed the same', async () => {
    const { id } = await app.crm.given.opportunity({ name: 'Kiosk rollout' })
    const page = await app.page({ path: `/app/opportunities/${id}` })
    await press(page, 'Won')
    await page.getByText('Kiosk rollout is won.').waitFor()
    await holdToast(page)
    await app.crm.v3.put(`/opportunities/${id}/status`, { status: 'abandoned' })

    await press(page, 'Undo')

    const toast = page.getByRole('alertdialog').filter({ hasText: 'Kiosk rollout was not put back.' })
    await toast.getByText('It has been changed since.').waitFor()
    await page.locator('.deal-standing', { hasText: 'Abandoned' }).waitFor()
    expect(await dealOf(id)).toMatchObject({ status: 'abandoned' })
  })

  test('stands in the end where it was moved last, however long the move before it takes', async () => {
    const { id } = await app.crm.given.opportunity({ name: 'Loyalty app' })
    const page = await app.page({ path: `/app/opportunities/${id}` })
    const [, second, third] = app.crm.stages as [unknown, Stage, Stage]
    const held = await holdChanges(page, `**/opportunities/${id}`)

    await page.getByRole('radio', { name: second.name }).click()
    await expect.poll(() => held).toHaveLength(1)
    await page.getByRole('radio', { name: third.name }).click()
    await page.getByText(`${third.name} for`).waitFor()
    expect(held).toHaveLength(1)
    held[0]?.()

    await page.getByText(`Loyalty app moved to ${second.name}.`).waitFor()
    await expect.poll(() => held).toHaveLength(2)
    expect(await page.getByText(`${third.name} for`).count()).toBe(1)
    held[1]?.()
    await page.getByText(`Loyalty app moved to ${third.name}.`).waitFor()
    expect(await dealOf(id)).toMatchObject({ pipelineStageId: third.id })
  })

  test('keeps what others have written into the boxes of a field beside one’s own', async () => {
    const { body } = await app.crm.v3.post(`/locations/${app.crm.locationId}/customFields`, {
      name: 'Branches',
      dataType: 'TEXTBOX_LIST',
      model: 'opportunity',
      textBoxListOptions: [{ label: 'North' }, { label: 'South' }, { label: 'West' }],
    })
    const [north, south, west] = body.customField.textBoxListOptions.map((box: { id: string }) => box.id)
    const { id } = await app.crm.given.opportunity()
    const page = await app.page({ path: `/app/opportunities/${id}` })
    await page.route('**/console/stream', () => {})
    await page.reload()
    await page.getByLabel('Branches: North', { exact: true }).waitFor()
    const theirs = { [south]: 'theirs' }
    await app.crm.v3.put(`/opportunities/${id}`, { customFields: [{ id: body.customField.id, fieldValue: theirs }] })
    const held = await holdChanges(page, `**/opportunities/${id}`)

    await type(page, 'Branches: North', 'mine')
    await expect.poll(() => held).toHaveLength(1)
    await type(page, 'Branches: West', 'mine too')
    held[0]?.()
    await expect.poll(() => held).toHaveLength(2)
    held[1]?.()

    const all = { [north]: 'mine', [south]: 'theirs', [west]: 'mine too' }
    await expect.poll(() => dealOf(id)).toMatchObject({ customFields: [{ fieldValue: all }] })
  })

  test('closes on the same day everywhere, also where midnight in UTC is the day before', async () => {
    const { id: pipelineId } = await givenBoard(app.crm, 'Pacific')
    const { id } = await app.crm.given.opportunity({ name: 'Pacific depots', pipelineId })
    const at = new Date(Date.now() - 3 * 86_400_000)
    const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(at)
    await app.crm.v3.put(`/opportunities/${id}`, { forecastExpectedCloseDate: at.toISOString().slice(0, 10) })
    const timezoneId = 'America/Los_Angeles'

    const page = await app.page({ path: `/app/board?pipeline=${pipelineId}`, timezoneId })
    const age = page.locator(`[data-card="${id}"] .card-age.stale`)
    await age.waitFor()
    expect(await age.getAttribute('title')).toBe(`Expected to close on ${day}`)
    await page.goto('/app/list?q=Pacific')
    await page.locator('.list-overdue', { hasText: day }).waitFor()
    await page.goto(`/app/opportunities/${id}`)
    await happened(page, `changed expected close to ${day}`)
    const field = page.getByRole('group', { name: 'Expected close' }).first()
    expect(await field.getByRole('spinbutton').allInnerTexts()).toEqual([
      String(at.getUTCMonth() + 1),
      String(at.getUTCDate()),
      String(at.getUTCFullYear()),
    ])
  })

  test('is found with all that can be done with it in the command menu', async () => {
    const { id } = await app.crm.given.opportunity({ name: 'Dock scales' })
    const page = await app.page({ path: `/app/opportunities/${id}` })
    const [, second] = app.crm.stages as [unknown, Stage]
    await page.getByText('New Lead for').waitFor()
    const command = async (typed: string, says = typed) => {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('searchbox').fill(typed)
      await page.getByRole('group', { name: 'On this page' }).getByRole('menuitem', { name: says }).click()
    }

    await command(second.name, `Move to ${second.name}`)
    await page.getByText(`Dock scales moved to ${second.name}.`).waitFor()
    await command('abandon')
    await page.getByText('Dock scales is abandoned.').waitFor()
    await command('reopen')
    await page.getByText('Dock scales is open again.').waitFor()
    expect(await dealOf(id)).toMatchObject({ status: 'open', pipelineStageId: second.id })
    await command('add task')
    await takesKeys(page.getByRole('dialog', { name: 'New task' }))
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'New task' }).waitFor({ state: 'detached' })
    await command('delete')
    await page.getByText('Dock scales is deleted.').waitFor()
    expect((await app.crm.v3.get(`/opportunities/${id}`)).status).toBe(404)
  })

  test('keeps what was typed when the page is closed by accident, and what is refused stays with its reason', async () => {
    const { id, pipelineId } = await app.crm.given.opportunity()
    await goByOwnProbability(pipelineId, true)
    const page = await app.page({ path: `/app/opportunities/${id}` })
    await page.getByLabel('Source', { exact: true }).fill('Half a sentence')

    await page.reload()

    await page.getByText('Not saved yet.').waitFor()
    expect(await page.getByLabel('Source', { exact: true }).inputValue()).toBe('Half a sentence')
    expect(await dealOf(id)).toMatchObject({ source: null })
    await press(page, 'Save')
    await page.getByText('changed source').waitFor()
    expect(await dealOf(id)).toMatchObject({ source: 'Half a sentence' })

    await page.getByLabel('Probability').fill('400')
    await page.getByLabel('Probability').press('Enter')
    await page.getByText('Write a number from 0 to 100.').waitFor()
    await page.getByLabel('Probability').press('Escape')
    expect(await page.getByLabel('Probability').inputValue()).toBe('')
    expect(await dealOf(id)).toMatchObject({ forecastProbability: null })

    await goByOwnProbability(pipelineId, false)
    await page.getByLabel('Probability').waitFor({ state: 'detached' })
    await page.getByText(/^\d+%, from the stage$/).waitFor()
  })

  test('shows what somebody else changes, and overwrites nothing that is being typed', async () => {
    const { id, contactId } = await app.crm.given.opportunity({ name: 'Quote app', monetaryValue: 5 })
    const page = await app.page({ path: `/app/opportunities/${id}` })
    await page.getByLabel('Source', { exact: true }).fill('mine')

    await app.crm.v3.put(`/opportunities/${id}`, { monetaryValue: 750, source: 'theirs' })
    await app.crm.v3.post(`/contacts/${contactId}/notes`, { body: '<p>Called <b>twice</b></p>' })

    await happened(page, 'changed value and source just now Value from $5 to $750')
    await page.locator('.note-text', { hasText: 'Called twice' }).waitFor()
    await expect.poll(() => page.getByLabel('Value', { exact: true }).inputValue()).toBe('750')
    expect(await page.getByLabel('Source', { exact: true }).inputValue()).toBe('mine')
  })

  test('has the notes and tasks of its contact', async () => {
    const { id, contactId } = await app.crm.given.opportunity()
    const page = await app.page({ path: `/app/opportunities/${id}` })

    const text = 'First line\nbudget <500 and >300; if a<b then c>d; <none yet> & so on'
    await page.getByRole('textbox', { name: 'Write a note' }).fill(text)
    await page.keyboard.press('Control+Enter')
    const shown = page.locator('.note-text')
    await shown.waitFor()
    expect(await shown.textContent()).toBe(text)
    await page.getByRole('button', { name: 'Actions for this note' }).click()
    await page.getByRole('menuitem', { name: 'Edit note' }).click()
    expect(await page.getByRole('textbox', { name: 'Edit note' }).inputValue()).toBe(text)
    await press(page, 'Cancel')
    await press(page, 'Add task')
    await page.getByLabel('Task', { exact: true }).fill('Call back')
    await page.keyboard.press('Enter')
    await page.getByRole('checkbox', { name: 'Done: Call back' }).press('Space')
    await page.getByText('“Call back” is done.').waitFor()

    const notes = (await app.crm.v3.get(`/contacts/${contactId}/notes`)).body.notes
    const tasks = (await app.crm.v3.get(`/contacts/${contactId}/tasks`)).body.tasks
    expect(notes).toMatchObject([{ bodyText: text }])
    expect(tasks).toMatchObject([{ title: 'Call back', completed: true }])
  })

  test('opens over the board, goes into the bin from there and comes back', async () => {
    const { id } = await app.crm.given.opportunity({ name: 'Patient portal' })
    const page = await app.page({ path: `/app/board?deal=${id}` })
    const panel = page.getByRole('dialog', { name: 'Deal Patient portal' })
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'deal-panel')

    await panel.getByRole('button', { name: 'Actions for this deal' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await panel.waitFor({ state: 'detached' })
    await page.getByText('Patient portal is deleted.').waitFor()
    await holdToast(page)
    expect((await app.crm.v3.get(`/opportunities/${id}`)).status).toBe(404)

    await press(page, 'Undo')
    await page.getByText('Patient portal is back.').waitFor()
    expect((await app.crm.v3.get(`/opportunities/${id}`)).status).toBe(200)
  })

  test('that is gone says since when and by whom, and comes back; one that never was is not offered', async () => {
    const { id } = await app.crm.given.opportunity({ name: '<i>Patient</i> portal' })
    const page = await app.page({ path: `/app/opportunities/${id}` })
    await press(page, 'Actions for this deal')
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByText('portal is deleted.').waitFor()

    await page.goto(`/app/opportunities/${id}`)
    await page.getByText('<i>Patient</i> portal was deleted').waitFor()
    await page.getByText('by Admin').waitFor()
    await press(page, 'Restore it')
    await page.getByLabel('Name', { exact: true }).waitFor()
    expect(await dealOf(id)).toMatchObject({ name: '<i>Patient</i> portal' })

    await page.goto('/app/opportunities/nosuchdeal0000000000')
    await page.getByText('nothing is known of a deal that is called so').waitFor()
    expect(await page.getByRole('button', { name: 'Restore it' }).count()).toBe(0)
  })

  test('of somebody else does not exist for whoever sees only their own', async () => {
    const { email } = await givenPerson(app.crm, onlyAssigned)
    const { id } = await app.crm.given.opportunity({ name: 'Nothing for you' })
    const page = await app.page({ path: `/app/opportunities/${id}`, as: { email, password }, viewport: wide })

    await page.getByText('This deal does not exist').waitFor()
    expect(await page.getByText('Nothing for you').count()).toBe(0)
  })

  /** Whether a deal's own probability counts in a pipeline, or the stage's. */
  async function goByOwnProbability(pipelineId: string, useOpportunityProbability: boolean) {
    const path = `/opportunities/pipelines/${pipelineId}`
    expect((await app.crm.v3.put(path, { useOpportunityProbability })).status).toBe(200)
  }

  const dealOf = async (id: string) => (await app.crm.v3.get(`/opportunities/${id}`)).body.opportunity
})

interface Stage {
  id: string
  name: string
}

/** Keeps what the page wants to change from the server: each goes on its way when it is called. */
async function holdChanges(page: Page, path: string): Promise<(() => void)[]> {
  const held: (() => void)[] = []
  await page.route(path, (route) => {
    if (route.request().method() !== 'PUT') return route.continue()
    held.push(() => void route.continue())
  })
  return held
}

async function type(page: Page, label: string, text: string) {
  await page.getByLabel(label, { exact: true }).fill(text)
  await page.getByLabel(label, { exact: true }).press('Enter')
}

async function choose(page: Page, label: string, option: string) {
  await page.locator('.property', { hasText: label }).getByRole('button').first().click()
  await page.getByRole('option', { name: option }).click()
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** A line of the history as it is read aloud: between the words stand only spaces and pictures. */
const happened = (page: Page, says: string) =>
  page
    .locator('.happening', { hasText: spoken(says) })
    .first()
    .waitFor()

const spoken = (text: string) => new RegExp(text.split(' ').map(escaped).join('\\s*'), 'i')
const escaped = (word: string) => word.replace(/[$.]/g, '\\$&')
