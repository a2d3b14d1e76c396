import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { holdUp, onApp, takesKeys } from '../support/pages.ts'
import { addTag, workflowsOf } from '../support/workflows.ts'
import { drawn } from './look.ts'

const [minute, day] = [60_000, 86_400_000]
const wait = { type: 'wait', settings: { for: { days: 1 } } }
const failing = { type: 'internal_update_opportunity', settings: { monetaryValue: '{{contact.name}}' } }
const won = { type: 'opportunity_status_changed', filters: { to: 'won' } }

onApp('the steps of a workflow in the web app', (app) => {
  test('tell who is there now and who failed there, as it happens, and lead to each run', async () => {
    const { id } = await flows().running({ name: 'Watched', trigger: won, steps: [addTag('won'), wait, failing] })
    const page = await app.page({ path: `/app/automations/${id}?card=steps.1` })
    await page.getByText('No run has come here yet.').waitFor()
    await drawn(page)
    const before = await card(page, 'steps.2').boundingBox()

    await win('First deal')
    const second = await win('Second <b>deal</b>')
    await figure(page, 'steps.1', '2 runs are here now').waitFor()
    const panel = page.getByRole('dialog')
    await panel.getByRole('link', { name: 'Second <b>deal</b>' }).getByText('Waiting').waitFor()
    expect(await panel.getByRole('link').count()).toBe(2)

    for (const delay of [day, minute, minute, 5 * minute]) {
      app.crm.advance(delay + 1)
      await app.crm.settle()
    }
    await figure(page, 'steps.2', '2 runs failed here and wait for you').waitFor()
    expect(await card(page, 'steps.1').locator('.step-figure').count()).toBe(0)
    expect(await card(page, 'steps.2').boundingBox()).toEqual(before)
    await panel.getByRole('link', { name: 'Second <b>deal</b>' }).getByText('Done').waitFor()
    await card(page, 'steps.2').click()
    await panel.getByText('monetaryValue must be a number').first().waitFor()
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'automations-step-runs')

    await panel.getByRole('link', { name: 'Second <b>deal</b>' }).click()
    await page
      .getByRole('dialog', { name: /^Run: / })
      .getByText('Second <b>deal</b>')
      .waitFor()
    const [run] = (await flows().runs(id)).filter(({ opportunityId }) => opportunityId === second.id)
    expect(new URL(page.url())).toMatchObject({ pathname: `/app/automations/${id}/runs`, search: `?run=${run.id}` })
  })

  test('keep their runs while they are moved and changed, and say so of runs whose step is gone', async () => {
    const { id } = await flows().running({ name: 'Kept', trigger: won, steps: [addTag('one'), wait, addTag('two')] })
    await win('Kept deal')
    const page = await app.page({ path: `/app/automations/${id}` })
    await figure(page, 'steps.1', 'One run is here now').waitFor()
    const release = await hold(page)

    await card(page, 'steps.1').focus()
    await page.keyboard.press('Alt+ArrowUp')
    await figure(page, 'steps.0', 'One run is here now').waitFor()
    await focused(page, 'steps.0')
    await page.keyboard.press('Control+d')
    await card(page, 'steps.3').waitFor()
    expect(await page.locator('.step-figure').count()).toBe(1)
    release()
    await page.locator('.editor-saving').getByText('Saved', { exact: true }).waitFor()
    await figure(page, 'steps.0', 'One run is here now').waitFor()
    expect(await page.locator('.step-figure').count()).toBe(1)

    await card(page, 'steps.1').focus()
    await page.keyboard.press('Delete')
    await focused(page, 'steps.0')
    await page.keyboard.press('Delete')
    await page.getByText('One run stands at a step that the draft does not have any more.').waitFor()
    await page.getByRole('link', { name: 'Look at the runs' }).click()
    await page.getByRole('row').filter({ hasText: 'Kept deal' }).waitFor()
  })

  test('are written as text where a note is, which travels as HTML', async () => {
    const { id } = await flows().create({ name: 'Noted', trigger: won, steps: [{ type: 'add_notes', settings: {} }] })
    const page = await app.page({ path: `/app/automations/${id}?card=steps.0` })
    await page.getByLabel('Text').fill('<b>Thanks</b> & bye, {{contact.firstName}}\n')
    await card(page, 'steps.0').getByText('<b>Thanks</b> & bye').waitFor()
    await page.locator('.editor-saving').getByText('Saved', { exact: true }).waitFor()

    const body = '&lt;b&gt;Thanks&lt;/b&gt; &amp; bye, {{contact.firstName}}&#10;'
    expect((await flows().get(id)).workflow.draft.steps).toEqual([{ type: 'add_notes', settings: { body } }])
    await flows().publish(id)
    const { contactId } = await win('Noted deal')
    const { firstName } = (await app.crm.v2.get(`/contacts/${contactId}`)).body.contact
    const { notes } = (await app.crm.v2.get(`/contacts/${contactId}/notes`)).body
    expect(notes).toMatchObject([{ bodyText: `<b>Thanks</b> & bye, ${firstName}\n` }])
    await page.reload()
    expect(await page.getByLabel('Text').inputValue()).toBe('<b>Thanks</b> & bye, {{contact.firstName}}\n')

    const html = '<p>Dear {{contact.firstName}}</p>'
    await app.crm.v2.put(`/console/workflows/${id}`, { steps: [{ type: 'add_notes', settings: { body: html } }] })
    await page.reload()
    await page.getByText('It is HTML').waitFor()
    await page.getByLabel('Text').fill(`${html}!`)
    await page.locator('.editor-saving').getByText('Saved', { exact: true }).waitFor()
    expect((await flows().get(id)).workflow.draft.steps[0].settings.body).toBe(`${html}!`)
  })

  test('take one thing after the other by the keyboard alone, whatever the server tells late', async () => {
    await app.crm.v2.post(`/locations/${app.crm.locationId}/tags`, { name: 'vip' })
    const steps = [{ type: 'add_contact_tag', settings: {} }]
    const { id } = await flows().create({ name: 'Tagged', trigger: won, steps })
    const page = await app.page({ path: '/app/automations' })
    const tell = await holdUp(page, /\/tags(\?|$)/)
    await page.goto(`/app/automations/${id}?card=steps.0`)
    const field = page.getByRole('combobox', { name: 'Tags' })
    await field.focus()
    await page.keyboard.type('v')
    tell()
    await page.getByRole('option', { name: 'vip' }).waitFor()
    await page.keyboard.type('i')
    expect(await field.inputValue()).toBe('vi')
    await page.getByRole('option', { name: 'vip' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.getByRole('option', { name: 'vip' }).and(page.locator('[data-focused]')).waitFor()
    await page.keyboard.press('Enter')
    await chip(page, 'vip').waitFor()
    await page.getByRole('listbox').waitFor({ state: 'detached' })
    for (const tag of ['second', 'third']) {
      await page.keyboard.type(tag)
      await page.keyboard.press('Enter')
      await chip(page, tag).waitFor()
      await page.getByRole('listbox').waitFor({ state: 'detached' })
    }
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Shift+Tab')
    await takesKeys(page.getByRole('button', { name: 'Remove vip' }))
    await page.keyboard.press('Enter')
    await chip(page, 'vip').waitFor({ state: 'detached' })
    await takesKeys(page.getByRole('button', { name: 'Remove second' }))

    await page.locator('.editor-saving').getByText('Saved', { exact: true }).waitFor()
    expect((await flows().get(id)).workflow.draft.steps[0].settings).toEqual({ tags: ['second', 'third'] })
  })

  test('name what was chosen as soon as that is known, in the very field that somebody has come to', async () => {
    const { id: userId } = await app.crm.given.user('Ada')
    const steps = [{ type: 'internal_update_opportunity', settings: { assignedTo: userId } }]
    const { id } = await flows().create({ name: 'Owned', trigger: won, steps })
    const page = await app.page({ path: '/app/automations' })
    const tell = await holdUp(page, /\/users\/(\?|$)/)
    await page.goto(`/app/automations/${id}?card=steps.0`)
    const field = page.getByRole('combobox', { name: 'Assigned to' })
    await field.focus()
    const stands = await field.elementHandle()
    tell()
    await page.getByRole('option', { name: 'Ada' }).waitFor()

    expect(await stands?.evaluate((one) => one === document.activeElement)).toBe(true)
    await page.keyboard.press('Tab')
    await expect.poll(() => field.inputValue()).toMatch(/^Ada/)
  })

  test('of a workflow that a contact begins are tried with a contact', async () => {
    const contact = await app.crm.given.contact({ firstName: 'Zebulon', lastName: 'Pike' })
    const steps = [addTag('{{contact.firstName}}')]
    const { id } = await flows().create({ name: 'Tried', trigger: { type: 'contact_created' }, steps })
    const page = await app.page({ path: `/app/automations/${id}?test=deal` })

    const panel = page.getByRole('dialog')
    await panel.getByRole('combobox', { name: 'Contact' }).fill('Zebulon')
    await page.getByRole('option', { name: 'Zebulon Pike' }).click()
    await panel.getByRole('button', { name: 'Run the test' }).click()
    await panel.getByText('It would go through to the end.').waitFor()
    await panel.getByText('Details').click()
    await panel.getByText('Zebulon', { exact: true }).first().waitFor()
    expect(await flows().tags(contact.id)).toEqual([])
  })

  test('are not made older ones, nor the workflow called another name, over what somebody else wrote meanwhile', async () => {
    const trigger = { type: 'contact_tag', filters: { tag: 'never' } }
    const { id } = await flows().running({ name: 'Shared', trigger, steps: [addTag('first')] })
    const write = (tag: string) => app.crm.v2.put(`/console/workflows/${id}`, { steps: [addTag(tag)] })
    const written = async () => {
      const { name, draft } = (await flows().get(id)).workflow
      return [name, draft.steps[0].settings.tags[0]]
    }
    await write('second')
    const page = await app.page({ path: `/app/automations/${id}/versions` })
    const restore = page.getByRole('button', { name: 'Make it the draft' })
    await restore.waitFor()
    const release = await hold(page)
    await restore.click()
    await write('theirs')
    release()
    await page.getByText('The draft stays as it is. Somebody else has changed it meanwhile.').waitFor()
    expect(await written()).toEqual(['Shared', 'theirs'])
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'automations-restore-conflict')
    await page.getByRole('button', { name: 'Overwrite with mine' }).click()
    await page.getByText('The draft is version 1 again.').waitFor()
    expect(await written()).toEqual(['Shared', 'first'])

    await page.getByRole('button', { name: 'Actions for Shared' }).click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('Mine')
    await app.crm.v2.put(`/console/workflows/${id}`, { name: 'Theirs' })
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('It was not renamed. Somebody else has changed it meanwhile.').waitFor()
    await app.shots(page, 'automations-rename-conflict')
    await dialog.getByRole('button', { name: 'Show theirs' }).click()
    await page.getByRole('heading', { name: 'Theirs' }).waitFor()
    expect(await written()).toEqual(['Theirs', 'first'])
  })

  const flows = () => workflowsOf(app.crm)

  /** A deal of its own contact, won, and everything that follows from that at once. */
  async function win(name: string): Promise<{ id: string; contactId: string }> {
    const { id, contactId } = await app.crm.given.opportunity({ name })
    await app.crm.v2.put(`/opportunities/${id}`, { status: 'won' })
    await app.crm.settle()
    return { id, contactId }
  }
})

const card = (page: Page, path: string) => page.locator(`[data-card="${path}"]`)

const figure = (page: Page, path: string, says: string) => card(page, path).getByTitle(says, { exact: true })

const focused = (page: Page, path: string) =>
  page.waitForFunction((path) => document.activeElement?.getAttribute('data-card') === path, path)

const chip = (page: Page, name: string) => page.locator('.many-item').getByText(name, { exact: true })

/** What this page saves arrives only once it is let go. */
const hold = (page: Page) => holdUp(page, '**/console/workflows/*', 'PUT')
