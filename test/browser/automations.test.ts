import type { Page, Request } from 'playwright-core'
import { expect, test } from 'vitest'
import { holdToast, holdUp, lateTimers, onApp } from '../support/pages.ts'
import { addTag, workflowsOf } from '../support/workflows.ts'

onApp('the automations of the web app', (app) => {
  test('let a workflow be written, published, and looked at as it works', async () => {
    const page = await app.page({ path: '/app/automations' })
    await page.getByRole('button', { name: 'Create workflow' }).first().click()
    await page.getByLabel('Name', { exact: true }).fill('Won deals')
    await page.getByRole('dialog').getByRole('button', { name: 'Create workflow' }).click()

    await card(page, 'trigger').click()
    await choose(page, /Starts with/, /^Opportunity Status Changed/)
    await fromMenu(page, 'Add filter', 'To')
    await pick(page, 'To', 'Won')
    await fromMenu(page, 'Add the first step', 'If / Else')
    await page.getByRole('button', { name: 'Add condition' }).click()
    await pick(page, 'Field', 'Deal · Value')
    await choose(page, /Comparison/, 'is at least')
    await page.getByLabel('Value').fill('500')
    await addBehind(page, 'Yes', 'Add Tag')
    await page.getByRole('combobox', { name: 'Tags' }).fill('big')
    await page.keyboard.press('Enter')
    await card(page, 'steps.0.branches.yes.0').getByText('Tags: big').waitFor()
    await saved(page)
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'automations-editor')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByText('“Won deals” is published.').waitFor()

    const [{ id }] = (await app.crm.v2.get('/console/workflows')).body.workflows
    expect((await flows().get(id)).workflow).toMatchObject({
      state: 'published',
      version: 1,
      draft: {
        name: 'Won deals',
        trigger: { type: 'opportunity_status_changed', filters: { to: 'won' } },
        steps: [
          {
            type: 'if_else',
            settings: { conditions: [{ field: 'opportunity.monetaryValue', is: 'atLeast', value: '500' }] },
            branches: { yes: [{ type: 'add_contact_tag', settings: { tags: ['big'] } }], no: [] },
          },
        ],
      },
    })
    const { contactId } = await win(900)

    await page.getByRole('link', { name: 'Runs', exact: true }).click()
    await page.getByRole('row').filter({ hasText: 'Done' }).click()
    const panel = page.getByRole('dialog')
    await panel.getByText('Add Tag').waitFor()
    await panel.getByText('Step 1 › Yes › 1').waitFor()
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'automations-run')
    expect(await flows().tags(contactId)).toEqual(['big'])
  })

  test('change steps by the keyboard alone, and take a removal back', async () => {
    const { id } = await flows().create({ name: 'Typed', steps: [addTag('one'), addTag('two')] })
    const page = await app.page({ path: `/app/automations/${id}` })
    await card(page, 'trigger').focus()

    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Alt+ArrowDown')
    await expectSteps(page, id, ['two', 'one'])
    await focused(page, 'steps.1')
    await page.keyboard.press('Control+d')
    await expectSteps(page, id, ['two', 'one', 'one'])
    await focused(page, 'steps.2')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Delete')
    await holdToast(page)
    await expectSteps(page, id, ['one', 'one'])
    await page.getByRole('button', { name: 'Undo' }).click()
    await expectSteps(page, id, ['two', 'one', 'one'])
  })

  test('leave what is being written, and the keyboard, alone while it is saved', async () => {
    const { id } = await flows().create({ name: 'Slow', steps: [] })
    const page = await app.page({ path: '/app/automations' })
    await page.addInitScript({ content: lateTimers })
    await page.goto(`/app/automations/${id}`)
    const goOn = await holdSaving(page)
    await card(page, 'trigger').click()
    await choose(page, /Starts with/, /^Opportunity Status Changed/)
    await fromMenu(page, 'Add filter', 'To')
    const field = page.getByRole('combobox', { name: 'To', exact: true })
    await field.focus()
    const stands = await field.elementHandle()

    await goOn()
    await saved(page)
    expect(await stands?.evaluate((one) => one === document.activeElement)).toBe(true)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    const goOnOnce = await holdSaving(page)
    await fromMenu(page, 'Add the first step', 'Add Tag')
    const name = page.getByLabel('Called')
    await name.focus()
    await goOnOnce()
    await saved(page)
    await page.keyboard.type('Greet')
    expect(await name.inputValue()).toBe('Greet')
  })

  test('show at its card what is missing, and publish nothing before it is mended', async () => {
    const steps = [addTag('a'), { type: 'add_notes' }]
    const trigger = { type: 'contact_tag', filters: { tag: 'never' } }
    const { id } = await flows().create({ name: 'Half', trigger, steps })
    const page = await app.page({ path: `/app/automations/${id}` })
    await card(page, 'steps.1').getByText('One thing is missing').waitFor()

    await page.getByRole('button', { name: 'Publish' }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByRole('button', { name: 'Publish', exact: true }).isDisabled()).toBe(true)
    await dialog.getByRole('button', { name: 'Step 2 · Text' }).click()
    await page.getByLabel('Text').and(page.locator(':focus')).waitFor()
    await page.getByLabel('Text').fill('Welcome {{contact.name')
    await page.getByText('Not saved', { exact: true }).waitFor()
    await page.getByText('Has a merge field that is not closed', { exact: true }).waitFor()
    await page.getByLabel('Text').fill('Welcome {{contact.name}}')
    await saved(page)
    await card(page, 'steps.1').getByText('One thing is missing').waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByText('“Half” is published.').waitFor()

    const { workflow } = await flows().get(id)
    expect(workflow).toMatchObject({
      state: 'published',
      draft: { steps: [{}, { settings: { body: 'Welcome {{contact.name}}' } }] },
    })
  })

  test('let a person see to a run that fails: try again, skip the step, stop', async () => {
    const update = { type: 'internal_update_opportunity', settings: { monetaryValue: '{{contact.name}}' } }
    const { id } = await flows().running({
      name: 'Failing',
      trigger: { type: 'opportunity_status_changed', filters: { to: 'won' } },
      steps: [update, addTag('behind')],
    })
    const skipped = await win(1)
    const stopped = await win(2)
    const page = await app.page({ path: `/app/automations/${id}/runs` })
    const open = (name: string) => page.getByRole('row').filter({ hasText: name }).click()

    await open(skipped.name)
    await page.getByRole('dialog').getByText('must be a number').first().waitFor()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('The run tries again.').waitFor()
    await app.crm.settle()
    await page.getByRole('button', { name: 'Skip step' }).click()
    await page.getByText('The step is skipped; the run goes on behind it.').waitFor()
    await app.crm.settle()
    await page.getByRole('button', { name: 'Close' }).click()
    await open(stopped.name)
    await page.getByRole('button', { name: 'Stop run' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Stop run' }).click()
    await page.getByText('The run is stopped.').waitFor()

    const states = (await flows().runs(id)).map(({ opportunityId, state }) => [opportunityId, state])
    expect(new Map(states as [string, string][])).toEqual(
      new Map([
        [stopped.id, 'stopped'],
        [skipped.id, 'done'],
      ]),
    )
    expect(await flows().tags(skipped.contactId)).toEqual(['behind'])
  })

  test('switch a workflow on and off in the list, and ask before runs end', async () => {
    const wait = { type: 'wait', settings: { for: { days: 1 } } }
    const { id } = await flows().create({
      name: 'Switched',
      trigger: { type: 'opportunity_status_changed', filters: { to: 'won' } },
      steps: [wait, addTag('late')],
    })
    const page = await app.page({ path: '/app/automations' })
    const state = page.getByRole('switch', { name: 'Switched is published' })
    const press = () => page.getByRole('row').filter({ hasText: 'Switched' }).locator('.switch').click()

    await press()
    await page.getByText('“Switched” is published.').waitFor()
    expect((await flows().get(id)).workflow.state).toBe('published')
    await win(3)
    await page.reload()
    await press()
    await page.getByRole('alertdialog').getByText('One run is under way').waitFor()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Unpublish' }).click()
    await page.getByText('“Switched” is a draft again.').waitFor()

    await expect.poll(() => state.isChecked()).toBe(false)
    expect((await flows().get(id)).workflow.state).toBe('draft')
    expect((await flows().runs(id)).map(({ state }) => state)).toEqual(['stopped'])
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'automations-list')
  })

  test('lead from what stands in the way to the field that is meant, deep inside the trigger too', async () => {
    const signature = { scheme: 'standard', secret: 'no base64!' }
    const { id } = await flows().create({
      name: 'Paid',
      trigger: { type: 'inbound_webhook', filters: { eventId: 'id', signature } },
      steps: [addTag('paid')],
    })
    const page = await app.page({ path: `/app/automations/${id}` })
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('button', { name: 'Trigger · Secret' }).click()

    await page.getByLabel('Secret', { exact: true }).and(page.locator(':focus')).waitFor()
  })

  test('publish what was looked at, and what somebody else wrote meanwhile only once that is said', async () => {
    const trigger = { type: 'contact_tag', filters: { tag: 'never' } }
    const { id } = await flows().create({ name: 'Shared', trigger, steps: [addTag('mine')] })
    const page = await app.page({ path: '/app/automations' })
    const row = page.getByRole('row').filter({ hasText: 'Shared' })
    await row.waitFor()
    // What this page hears is held up: it shows what there was.
    const holdUp = async (path: string) => {
      const { text } = await app.crm.v2.get(path)
      await page.route(`**${path}`, (route) => route.fulfill({ contentType: 'application/json', body: text }))
    }
    await holdUp('/console/workflows')
    await app.crm.v2.put(`/console/workflows/${id}`, { steps: [addTag('theirs')] })

    await row.locator('.switch').click()
    const question = page.getByRole('alertdialog', { name: '“Shared” was not published' })
    await question.getByText('Somebody else has changed its draft meanwhile.').waitFor()
    expect((await flows().get(id)).workflow).toMatchObject({ state: 'draft', version: 0 })
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'automations-overtaken')
    await question.getByRole('button', { name: 'Publish it all the same' }).click()
    await page.getByText('“Shared” is published.').waitFor()

    await app.crm.v2.put(`/console/workflows/${id}`, { steps: [addTag('mine')] })
    await page.goto(`/app/automations/${id}`)
    await page.getByRole('button', { name: 'Publish' }).click()
    const dialog = page.getByRole('dialog', { name: 'Publish “Shared”?' })
    await dialog.getByText('Changed: Add Tag').waitFor()
    await holdUp(`/console/workflows/${id}`)
    await app.crm.v2.put(`/console/workflows/${id}`, { steps: [addTag('theirs again')] })
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
    await dialog.getByText('Somebody else has changed it meanwhile.').waitFor()
    expect((await flows().get(id)).workflow.version).toBe(1)
  })

  const flows = () => workflowsOf(app.crm)
  let count = 0

  /** A deal of its own contact, won, and everything that follows from that. */
  async function win(monetaryValue: number): Promise<{ id: string; name: string; contactId: string }> {
    const name = `Deal ${++count}`
    const { id, contactId } = await app.crm.given.opportunity({ name, monetaryValue })
    await app.crm.v2.put(`/opportunities/${id}`, { status: 'won' })
    await app.crm.settle()
    return { id, name, contactId }
  }

  /** The tags of each step, once that is saved. */
  async function expectSteps(page: Page, id: string, tags: string[]) {
    await page.waitForFunction(
      (count) => document.querySelectorAll('[data-card^="steps."]').length === count,
      tags.length,
    )
    await saved(page)
    const { workflow } = await flows().get(id)
    expect(workflow.draft.steps.map((step: { settings: { tags: string[] } }) => step.settings.tags[0])).toEqual(tags)
  }
})

const card = (page: Page, path: string) => page.locator(`[data-card="${path}"]`)

const focused = (page: Page, path: string) =>
  page.waitForFunction((path) => document.activeElement?.getAttribute('data-card') === path, path)

/** What is written reaches the server only once the answer is called, which ends when the page has heard of it. */
async function holdSaving(page: Page): Promise<() => Promise<void>> {
  const isSaving = (asked: Request) => asked.method() === 'PUT' && asked.url().includes('/console/workflows/')
  const letGo = await holdUp(page, '**/console/workflows/*', 'PUT')
  return async () => {
    const answered = page.waitForResponse((response) => isSaving(response.request()))
    letGo()
    await answered
  }
}

const saved = (page: Page) => page.locator('.editor-saving').getByText('Saved', { exact: true }).waitFor()

async function choose(page: Page, field: RegExp, option: RegExp | string) {
  await page.getByRole('button', { name: field }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** From a field that is searched by typing. */
async function pick(page: Page, field: string, option: string) {
  await page.getByRole('combobox', { name: field, exact: true }).fill(option)
  await page.getByRole('option', { name: option }).first().click()
}

async function fromMenu(page: Page, button: string, choice: string) {
  await page.getByRole('button', { name: button }).click()
  await page.getByRole('menuitem', { name: choice, exact: true }).click()
}

async function addBehind(page: Page, branch: string, action: string) {
  await page
    .getByRole('region', { name: branch, exact: true })
    .getByRole('button', { name: 'Add step' })
    .first()
    .click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}
