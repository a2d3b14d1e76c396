import type { Page, Request } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Crm } from '../harness.ts'
import { holdUp, lateTimers, narrow, onApp, takesKeys } from '../support/pages.ts'
import { givenPerson, onlyAssigned, password } from '../support/people.ts'

const parts = ['Business info', 'Pipelines', 'Lost reasons', 'Custom fields', 'Users', 'Private integrations']

onApp('the settings of the business', (app) => {
  test('order, name, colour and delete the stages of a pipeline, by keyboard alone', async () => {
    const pipeline = await app.crm.given.pipeline('Renewals', ['First', 'Second', 'Third'])
    const [first, second, third] = pipeline.stages
    const deal = await app.crm.given.opportunity({ pipelineId: pipeline.id, pipelineStageId: second?.id })
    const page = await app.page({ path: '/app/settings/pipelines' })
    await press(page, 'link', 'Renewals')

    await page.getByRole('button', { name: 'Move Third, stage 3 of 3.' }).press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await page.getByText('Third is now stage 1 of 3.').waitFor()
    await press(page, 'button', 'Colour of Third')
    await press(page, 'radio', 'Green')
    await press(page, 'button', 'More about Second')
    await press(page, 'menuitem', 'Delete stage')
    await page.getByText('its 1 deal moves to Third').waitFor()
    await press(page, 'button', 'Add stage')
    await takesKeys(page.getByLabel('Name of stage 4'))
    await page.keyboard.type('<b>Trial</b>')
    await press(page, 'button', 'Save changes')
    const dialog = page.getByRole('alertdialog', { name: 'Delete a stage?' })
    await dialog.getByText('1 deal moves to Third:').waitFor()
    const focused = (option: string) => page.getByRole('option', { name: option }).and(page.locator(':focus')).waitFor()
    await dialog.getByRole('button', { name: /Move them to/ }).press('Enter')
    await focused('Third')
    await page.keyboard.press('ArrowDown')
    await focused('First')
    await page.keyboard.press('Enter')
    await dialog.getByText('1 deal moves to First:').waitFor()
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'settings-pipeline-moves')
    await press(page, 'button', 'Save and move deals')

    await page.getByText('Renewals is saved.').waitFor()
    expect(await stagesOf(app.crm, pipeline.id)).toEqual([
      { id: third?.id, name: 'Third', color: '#2F9E62', stageWinProbability: 75 },
      { id: first?.id, name: 'First', color: '#64748B', stageWinProbability: 25 },
      { id: expect.any(String), name: '<b>Trial</b>', color: '#DC4C4C', stageWinProbability: 25 },
    ])
    const moved = (await app.crm.v3.get(`/opportunities/${deal.id}`)).body.opportunity
    expect(moved.pipelineStageId).toBe(first?.id)
    await app.shots(page, 'settings-pipeline')
  })

  test('order stages by dragging', async () => {
    const pipeline = await app.crm.given.pipeline('Dragged', ['One', 'Two', 'Three'])
    const page = await app.page({ path: `/app/settings/pipelines/${pipeline.id}` })
    const handle = (stage: string) => page.getByRole('button', { name: `Move ${stage}, stage` })

    await handle('One').hover()
    await page.mouse.down()
    await handle('Two').hover()
    await handle('Three').hover()
    await page.mouse.up()
    await page.getByText('One is now stage 3 of 3.').waitFor()
    await page.getByRole('button', { name: 'Save changes' }).click()

    await page.getByText('Dragged is saved.').waitFor()
    expect((await stagesOf(app.crm, pipeline.id)).map(({ name }) => name)).toEqual(['Two', 'Three', 'One'])
  })

  test('never save over what somebody else changed in a pipeline meanwhile', async () => {
    const pipeline = await app.crm.given.pipeline('Shared', ['One', 'Two'])
    const page = await app.page({ path: `/app/settings/pipelines/${pipeline.id}` })
    await page.getByLabel('Name of stage 1').fill('Mine')

    const stages = [...pipeline.stages.map(({ id, name }) => ({ id, name })), { name: 'Theirs' }]
    await app.crm.v3.put(`/opportunities/pipelines/${pipeline.id}`, { stages })

    const overtaken = page.getByText('Somebody else has changed this pipeline meanwhile.')
    await overtaken.waitFor()
    // Whoever is writing goes on writing, and Enter takes nothing away from anybody.
    await page.keyboard.type(' first')
    await page.keyboard.press('Enter')
    expect(await page.getByLabel('Name of stage 1').inputValue()).toBe('Mine first')
    expect(await page.getByRole('button', { name: 'Save changes' }).isDisabled()).toBe(true)
    expect(await page.getByRole('button', { name: /Discard/ }).count()).toBe(0)
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'settings-pipeline-overtaken')
    await page.getByRole('button', { name: 'Show theirs' }).click()
    await page.getByLabel('Name of stage 3').waitFor()
    await takesKeys(page.getByLabel('Name', { exact: true }))
    expect(await page.getByLabel('Name of stage 1').inputValue()).toBe('One')
    expect(await overtaken.count()).toBe(0)
  })

  test('go on deleting a stage while somebody else adds one, and keep both', async () => {
    const pipeline = await app.crm.given.pipeline('Both', ['One', 'Two', 'Three'])
    const [one, two] = pipeline.stages
    const deal = await app.crm.given.opportunity({ pipelineId: pipeline.id, pipelineStageId: two?.id })
    const page = await app.page({ path: `/app/settings/pipelines/${pipeline.id}` })
    await page.getByRole('button', { name: 'More about Two' }).click()
    await page.getByRole('menuitem', { name: 'Delete stage' }).click()
    await page.getByText('its 1 deal moves to One').waitFor()
    await page.getByRole('button', { name: 'Save changes' }).click()
    const question = page.getByRole('alertdialog', { name: 'Delete a stage?' })
    await question.getByRole('button', { name: /Move them to/ }).press('Enter')
    await page.getByRole('option', { name: 'Three' }).click()
    await question.getByText('1 deal moves to Three:').waitFor()

    const stages = [...pipeline.stages.map(({ id, name }) => ({ id, name })), { name: 'Theirs' }]
    await app.crm.v3.put(`/opportunities/pipelines/${pipeline.id}`, { stages })
    await question.getByText('Somebody else has changed this pipeline meanwhile.').waitFor()
    await question.getByText('1 deal moves to Three:').waitFor()
    expect(await question.getByRole('button', { name: 'Save and move deals' }).isDisabled()).toBe(true)
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'settings-pipeline-moves-overtaken')
    await question.getByRole('button', { name: 'Go on with mine' }).click()
    await question.getByRole('button', { name: 'Save and move deals' }).click()

    await page.getByText('Both is saved.').waitFor()
    const left = await stagesOf(app.crm, pipeline.id)
    expect(left.map(({ name }) => name)).toEqual(['One', 'Three', 'Theirs'])
    expect(left[0]?.id).toBe(one?.id)
    const moved = (await app.crm.v3.get(`/opportunities/${deal.id}`)).body.opportunity
    expect(moved.pipelineStageId).toBe(left[1]?.id)
  })

  test('leave the keyboard in the field in which one saves, and take in what somebody else changes beside it', async () => {
    const pipeline = await app.crm.given.pipeline('Typed', ['One'])
    const page = await app.page({ path: '/app/settings' })
    await page.addInitScript({ content: lateTimers })
    await page.goto(`/app/settings/pipelines/${pipeline.id}`)
    await page.getByRole('button', { name: 'Add stage' }).click()
    await takesKeys(page.getByLabel('Name of stage 2'))
    await page.keyboard.type('Two')
    await page.keyboard.press('Enter')
    await page.getByText('Typed is saved.').waitFor()
    await page.getByRole('button', { name: 'Save changes' }).waitFor({ state: 'detached' })
    await page.keyboard.type(' more')
    expect(await page.getByLabel('Name of stage 2').inputValue()).toBe('Two more')

    await page.goto('/app/settings')
    await page.getByLabel('Website').fill('https://shoes.example')
    await app.crm.v3.put(`/locations/${app.crm.locationId}`, { city: 'Vienna' })
    await expect.poll(() => page.getByLabel('City').inputValue()).toBe('Vienna')
    await page.keyboard.type('/en')
    await page.keyboard.press('Enter')
    await page.getByText('The business info is saved.').waitFor()
    await page.getByRole('button', { name: 'Save changes' }).waitFor({ state: 'detached' })
    await page.keyboard.type('/us')
    expect(await page.getByLabel('Website').inputValue()).toBe('https://shoes.example/en/us')
    const { location } = (await app.crm.v3.get(`/locations/${app.crm.locationId}`)).body
    expect(location).toMatchObject({ website: 'https://shoes.example/en', city: 'Vienna' })
  })

  test('keep what is typed while the business info is being saved', async () => {
    const page = await app.page({ path: '/app/settings' })
    const letGo = await holdUp(page, '**/locations/*', 'PUT')
    const isSaving = (asked: Request) => asked.method() === 'PUT' && asked.url().includes('/locations/')
    const asked = page.waitForRequest(isSaving)
    await page.getByLabel('City').fill('Graz')
    await page.keyboard.press('Enter')
    await asked
    await page.getByLabel('Website').fill('https://later.example')
    letGo()
    await page.getByText('The business info is saved.').waitFor()

    expect((await app.crm.v3.get(`/locations/${app.crm.locationId}`)).body.location.city).toBe('Graz')
    await expect.poll(() => page.getByLabel('Website').inputValue()).toBe('https://later.example')
    await page.getByRole('button', { name: 'Save changes' }).click()
    const website = async () => (await app.crm.v3.get(`/locations/${app.crm.locationId}`)).body.location.website
    await expect.poll(website).toBe('https://later.example')
  })

  test('create a pipeline, name the stage that is wrong, and delete it with what is in it', async () => {
    const page = await app.page({ path: '/app/settings/pipelines/new' })
    await page.getByLabel('Name', { exact: true }).fill('Partners')
    await page.getByLabel('Name of stage 2').fill('new lead')
    await page.getByRole('button', { name: 'Create pipeline' }).click()
    await page.getByText('Must be unique in the pipeline').waitFor()
    await page.getByLabel('Name of stage 2').fill('Signed')
    await page.getByRole('button', { name: 'Create pipeline' }).click()
    await page.getByRole('heading', { name: 'Partners' }).waitFor()
    const { id } = await pipelineCalled(app.crm, 'Partners')
    await app.crm.given.opportunity({ pipelineId: id, monetaryValue: 1200 })

    await page.getByRole('button', { name: 'Actions for Partners' }).click()
    await page.getByRole('menuitem', { name: 'Delete pipeline' }).click()
    await page.getByText('1 deal in it, worth $1,200 together, goes to the bin').waitFor()
    await page.getByRole('button', { name: 'Delete pipeline' }).click()

    await page.getByText('Partners is deleted.').waitFor()
    expect(await pipelineCalled(app.crm, 'Partners')).toBe(undefined)
  })

  test('name the business, where it is, and whether there may be duplicates', async () => {
    const page = await app.page({ path: '/app/settings' })
    await page.getByText(app.crm.locationId).waitFor()
    await page.getByLabel('Name', { exact: true }).fill('Mark Shoes')
    await page.getByRole('combobox', { name: 'Time zone' }).fill('vienna')
    await page.getByRole('option', { name: 'Europe/Vienna' }).click()
    await page.getByRole('combobox', { name: 'Currency' }).fill('euro')
    await page.getByRole('option', { name: 'Euro (EUR)' }).click()
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('The business info is saved.').waitFor()
    await page.getByText('Allow duplicate contacts').click()
    await page.getByText('Allow duplicate contacts: on.').waitFor()

    const { location } = (await app.crm.v3.get(`/locations/${app.crm.locationId}`)).body
    expect(location).toMatchObject({ name: 'Mark Shoes', timezone: 'Europe/Vienna', country: 'US' })
    expect(location.settings).toMatchObject({ currency: 'EUR', allowDuplicateContact: true, defaultCountry: 'US' })
    await page.getByRole('navigation').getByText('Mark Shoes').waitFor()
  })

  test('add, rename and delete lost reasons', async () => {
    const page = await app.page({ path: '/app/settings/lost-reasons' })
    const added = page.getByLabel('New reason')
    await added.fill('Too dear')
    // The next one can be added before the list shows the one before.
    const show = await holdReasons(page)
    await page.keyboard.press('Enter')
    await page.getByText('Too dear is added.').waitFor()
    await expect.poll(() => added.inputValue()).toBe('')
    await page.keyboard.type('No answer')
    await page.keyboard.press('Enter')
    await page.getByText('No answer is added.').waitFor()
    show()
    await choose(page, 'Too dear', 'Rename')
    await page.getByLabel('Reason', { exact: true }).fill('Too expensive')
    await page.keyboard.press('Enter')
    await page.getByText('The reason is called Too expensive now.').waitFor()
    await choose(page, 'No answer', 'Delete')
    await page.getByRole('button', { name: 'Delete reason' }).click()
    await page.getByText('No answer is deleted.').waitFor()

    const path = `/opportunities/lost-reason?locationId=${app.crm.locationId}`
    const names = (await app.crm.v3.get(path)).body.lostReasons.map(({ name }: { name: string }) => name)
    expect(names).toContain('Too expensive')
    expect(names).not.toContain('Too dear')
    expect(names).not.toContain('No answer')
  })

  test('add, change and delete custom fields', async () => {
    const page = await app.page({ path: '/app/settings/custom-fields' })
    await page.getByRole('button', { name: 'Add field' }).click()
    await page.getByLabel('Name').fill('Team size')
    await page.getByRole('button', { name: 'Type' }).click()
    await page.getByRole('option', { name: 'One of a list' }).click()
    await page.getByLabel('Options').fill('Small\nLarge')
    await page.getByRole('dialog').getByRole('button', { name: 'Add field' }).click()
    await page.getByText('Team size is added.').waitFor()
    expect(await fieldsOf(app.crm)).toEqual([
      { name: 'Team size', fieldKey: 'opportunity.team_size', dataType: 'SINGLE_OPTIONS', options: ['Small', 'Large'] },
    ])

    await choose(page, 'Team size', 'Edit')
    await page.getByLabel('Options').fill('Small\nMiddle\nLarge')
    await page.getByLabel('Name').fill('Size')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Size is saved.').waitFor()
    expect(await fieldsOf(app.crm)).toMatchObject([
      { name: 'Size', fieldKey: 'opportunity.team_size', options: ['Small', 'Middle', 'Large'] },
    ])

    await choose(page, 'Size', 'Delete')
    await page.getByRole('button', { name: 'Delete field' }).click()
    await page.getByText('Size is deleted.').waitFor()
    expect(await fieldsOf(app.crm)).toEqual([])
  })

  test('can be read aloud in every part, wide and narrow', async () => {
    const page = await app.page({ path: '/app/settings' })
    for (const part of [...parts, 'OAuth apps', 'My account', 'Appearance']) {
      await page.getByRole('link', { name: part, exact: true }).click()
      await page.getByRole('heading', { name: part, level: 2 }).waitFor()
      await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'detached' })
      expect(await app.axe(page), part).toEqual([])
      await app.shots(page, `settings-${part.toLowerCase().replaceAll(' ', '-')}`)
    }
    await page.setViewportSize(narrow)
    expect(await app.axe(page)).toEqual([])
  })

  test('show a user what they may change, and nothing else', async () => {
    const person = await givenPerson(app.crm, onlyAssigned)
    const page = await app.page({ as: { email: person.email, password }, path: '/app/settings' })

    await page.getByText('An admin can change this.').waitFor()
    expect(await page.getByLabel('Name', { exact: true }).isEditable()).toBe(false)
    const links = page.getByRole('navigation', { name: 'Settings' }).getByRole('link')
    expect(await links.allTextContents()).toEqual(['Business info', 'Lost reasons', 'My account', 'Appearance'])
    await page.goto('/app/settings/users')
    await page.getByRole('heading', { name: 'You do not have access to this page' }).waitFor()
  })
})

/** As somebody does who has no pointer. */
async function press(page: Page, role: 'link' | 'button' | 'radio' | 'menuitem', name: string) {
  await page.getByRole(role, { name }).press('Enter')
}

/** What the page asks of the reasons from now on is answered once that is called. */
async function holdReasons(page: Page): Promise<() => void> {
  let show = () => {}
  const gate = new Promise<void>((resolve) => {
    show = resolve
  })
  await page.route('**/opportunities/lost-reason?*', (route) => gate.then(() => route.continue()))
  return show
}

async function choose(page: Page, row: string, what: string) {
  await page.getByRole('button', { name: `Actions for ${row}` }).click()
  await page.getByRole('menuitem', { name: what, exact: true }).click()
}

interface Stage {
  id: string
  name: string
  color: string
  stageWinProbability: number
}

async function stagesOf(crm: Crm, id: string) {
  const { stages } = (await crm.v3.get(`/opportunities/pipelines/${id}`)).body
  return stages.map(({ id, name, color, stageWinProbability }: Stage) => ({
    id,
    name,
    color,
    stageWinProbability,
  })) as Stage[]
}

async function pipelineCalled(crm: Crm, name: string) {
  const { pipelines } = (await crm.v3.get(`/opportunities/pipelines?locationId=${crm.locationId}`)).body
  return pipelines.find((pipeline: Stage) => pipeline.name === name)
}

interface Field {
  name: string
  fieldKey: string
  dataType: string
  picklistOptions: string[]
}

async function fieldsOf(crm: Crm) {
  const { customFields } = (await crm.v3.get(`/locations/${crm.locationId}/customFields?model=opportunity`)).body
  return customFields.map(({ name, fieldKey, dataType, picklistOptions: options }: Field) => ({
    name,
    fieldKey,
    dataType,
    options,
  }))
}
