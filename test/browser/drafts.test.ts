import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { holdUp, onApp } from '../support/pages.ts'
import { addTag, workflowsOf } from '../support/workflows.ts'

onApp('the draft of a workflow in the web app', (app) => {
  test('begins with a template, is published, and is tried with what is sent to it', async () => {
    const contact = await app.crm.given.contact({ email: 'payer@example.com' })
    const deal = await app.crm.given.opportunity({ contactId: contact.id })
    const page = await app.page({ path: '/app/automations' })
    await page.getByRole('button', { name: 'Create workflow' }).first().click()
    await choose(page, /Begin with/, 'Payment received')
    await page.getByRole('dialog').getByRole('button', { name: 'Create workflow' }).click()

    await page.locator('[data-card="trigger"]').click()
    await page.getByLabel('Secret', { exact: true }).fill('whsec_of the provider')
    await says(page, 'Saved')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByText('“Payment received” is published.').waitFor()
    await says(page, 'Nothing to publish')
    expect(await page.getByRole('button', { name: 'Publish', exact: true }).isDisabled()).toBe(true)

    await page.getByRole('button', { name: 'Test run' }).click()
    const panel = page.getByRole('dialog')
    await choose(page, /Begin with/, 'Example: charge.succeeded')
    const payload = panel.getByLabel('Payload')
    await payload.fill('not json')
    await panel.getByRole('button', { name: 'Run the test' }).click()
    await panel.getByText('Write a JSON object').waitFor()
    await payload.fill(JSON.stringify({ type: 'charge.refunded' }))
    await panel.getByRole('button', { name: 'Run the test' }).click()
    await panel.getByText('The trigger passes this payload over').waitFor()
    const object = { id: 'ch_1', billing_details: { email: 'payer@example.com' } }
    await payload.fill(JSON.stringify({ id: 'evt_1', type: 'charge.succeeded', data: { object } }))
    await panel.getByRole('button', { name: 'Run the test' }).click()
    await panel.getByText('It would go through to the end.').waitFor()
    expect(await panel.locator('.run-step-title').allTextContents()).toEqual([
      'Find Opportunity',
      'Update Opportunity',
      'Add Note',
    ])
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'automations-payload')

    expect((await app.crm.v2.get(`/opportunities/${deal.id}`)).body.opportunity.status).toBe('open')
    const [{ id }] = (await app.crm.v2.get('/console/workflows')).body.workflows
    expect((await flows().get(id)).workflow).toMatchObject({ state: 'published', version: 1 })
    expect(await flows().runs(id)).toEqual([])
  })

  test('that two people write at once loses neither: whoever is second is asked whose is to stay', async () => {
    const { id } = await flows().create({ name: 'Together', steps: [addTag('first')] })
    const [ada, bob] = await Promise.all([open(id), open(id)])
    const release = await hold(bob)
    await rename(bob, 'By Bob')
    await rename(ada, 'By Ada')
    await says(ada, 'Saved')
    release()
    await bob.getByText('Somebody else has changed it meanwhile.').waitFor()
    await says(bob, 'Not saved')
    expect(await nameIn(id)).toBe('By Ada')
    expect(await app.axe(bob)).toEqual([])
    await app.shots(bob, 'automations-conflict')
    await bob.keyboard.press('Escape')
    await bob.getByRole('button', { name: 'Show theirs' }).click()
    await card(bob, 'By Ada').waitFor()
    await says(bob, 'Saved')

    const releaseAda = await hold(ada)
    await rename(ada, 'By Ada again')
    await card(bob, 'By Ada').click()
    await rename(bob, 'By Bob again')
    await says(bob, 'Saved')
    // Of what Ada has not touched nothing is hers to overwrite.
    const settings = { allowMultiple: false, allowMultipleOpportunity: false }
    await app.crm.v2.put(`/console/workflows/${id}`, { name: 'Renamed', settings })
    releaseAda()
    await ada.keyboard.press('Escape')
    await ada.getByRole('button', { name: 'Overwrite with mine' }).click()
    await says(ada, 'Saved')
    expect(await nameIn(id)).toBe('By Ada again')
    expect((await flows().get(id)).workflow.draft).toMatchObject({ name: 'Renamed', settings })
    await card(bob, 'By Ada again').waitFor()
  })

  const flows = () => workflowsOf(app.crm)
  const open = (id: string) => app.page({ path: `/app/automations/${id}?card=steps.0` })
  const nameIn = async (id: string) => (await flows().get(id)).workflow.draft.steps[0].name
})

const says = (page: Page, text: string) => page.locator('.editor-saving').getByText(text, { exact: true }).waitFor()

const rename = (page: Page, name: string) => page.getByLabel('Called').fill(name)

const card = (page: Page, name: string) => page.locator('[data-card="steps.0"]').getByText(name, { exact: true })

/** What this page saves arrives only once it is let go. */
const hold = (page: Page) => holdUp(page, '**/console/workflows/*', 'PUT')

async function choose(page: Page, field: RegExp, option: string) {
  await page.getByRole('button', { name: field }).click()
  await page.getByRole('option', { name: option }).click()
}
