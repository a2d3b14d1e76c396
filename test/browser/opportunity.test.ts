import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { onApp, wide } from '../support/pages.ts'
import { givenPerson, onlyAssigned, password } from '../support/people.ts'

onApp('an opportunity', (app) => {
  test('is changed where it stands, and its history tells who did what, before and after', async () => {
    const { id, pipelineId } = await app.crm.given.opportunity({ name: 'Fleet tablets', monetaryValue: 100 })
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

  test('keeps what was typed when the page is closed by accident, and what is refused stays with its reason', async () => {
    const { id } = await app.crm.given.opportunity()
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
  })

  test('shows what somebody else changes, and overwrites nothing that is being typed', async () => {
    const { id, contactId } = await app.crm.given.opportunity({ name: 'Quote app', monetaryValue: 5 })
    const page = await app.page({ path: `/app/opportunities/${id}` })
    await page.getByLabel('Source', { exact: true }).fill('mine')

    await app.crm.v3.put(`/opportunities/${id}`, { monetaryValue: 750, source: 'theirs' })
    await app.crm.v3.post(`/contacts/${contactId}/notes`, { body: '<p>Called <b>twice</b></p>' })

    await happened(page, 'changed value and source just now Value from $5 to $750')
    await page.locator('.note-text', { hasText: 'Called twice' }).waitFor()
    expect(await page.getByLabel('Value', { exact: true }).inputValue()).toBe('750')
    expect(await page.getByLabel('Source', { exact: true }).inputValue()).toBe('mine')
  })

  test('has the notes and tasks of its contact', async () => {
    const { id, contactId } = await app.crm.given.opportunity()
    const page = await app.page({ path: `/app/opportunities/${id}` })

    await page.getByRole('textbox', { name: 'Write a note' }).fill('First line\n<b>second</b>')
    await page.keyboard.press('Control+Enter')
    await page.locator('.note-text', { hasText: 'First line' }).waitFor()
    await press(page, 'Add task')
    await page.getByLabel('Task', { exact: true }).fill('Call back')
    await page.keyboard.press('Enter')
    await page.getByRole('checkbox', { name: 'Done: Call back' }).press('Space')
    await page.getByText('“Call back” is done.').waitFor()

    const notes = (await app.crm.v3.get(`/contacts/${contactId}/notes`)).body.notes
    const tasks = (await app.crm.v3.get(`/contacts/${contactId}/tasks`)).body.tasks
    expect(notes).toMatchObject([{ body: 'First line\n<b>second</b>' }])
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
    expect((await app.crm.v3.get(`/opportunities/${id}`)).status).toBe(404)

    await press(page, 'Undo')
    await page.getByText('Patient portal is back.').waitFor()
    expect((await app.crm.v3.get(`/opportunities/${id}`)).status).toBe(200)
  })

  test('of somebody else does not exist for whoever sees only their own', async () => {
    const { email } = await givenPerson(app.crm, onlyAssigned)
    const { id } = await app.crm.given.opportunity({ name: 'Nothing for you' })
    const page = await app.page({ path: `/app/opportunities/${id}`, as: { email, password }, viewport: wide })

    await page.getByText('This deal does not exist').waitFor()
    expect(await page.getByText('Nothing for you').count()).toBe(0)
  })

  const dealOf = async (id: string) => (await app.crm.v3.get(`/opportunities/${id}`)).body.opportunity
})

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
