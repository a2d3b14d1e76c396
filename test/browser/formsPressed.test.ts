import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { dealsIn, givenBoard } from '../support/boards.ts'
import { onApp, takesKeys } from '../support/pages.ts'

onApp('a button of a form', (app) => {
  test('creates a deal by the very press that leaves the field put right', async () => {
    const { page, pipelineId, dialog, name, contact, submit } = await openDeal('Put right')
    await submit.click()
    await dialog.getByText('Choose a contact, or type a name to create one.').waitFor()
    await contact.fill('Grace Hopper')
    await contact.press('Tab')
    await dialog.getByText('“Grace Hopper” will be a new contact.').waitFor()
    await dialog.getByText('Choose a contact').waitFor({ state: 'detached' })
    await dialog.getByText('Fill in “Name”.').waitFor()
    await typeInto(name, 'Mainframe')

    await press(page, submit)

    await page.getByText('Mainframe is created.').waitFor()
    expect(await dealsIn(app.crm, pipelineId)).toMatchObject([{ name: 'Mainframe' }])
  })

  test('creates a deal by the press that leaves the list of contacts, and says who is new only then', async () => {
    const { page, pipelineId, name, contact, submit } = await openDeal('Straight on')
    await name.fill('Straight on')
    await typeInto(contact, 'Zoe Bell')
    await page.getByRole('option', { name: 'Create “Zoe Bell”' }).waitFor()
    const lookedUp = page.waitForResponse((reply) => reply.request().postData()?.includes('"eq"') ?? false)

    await press(page, submit, lookedUp)

    await page.getByText('Straight on is created.').waitFor()
    expect(await dealsIn(app.crm, pipelineId)).toMatchObject([{ contact: { name: 'Zoe Bell' } }])
  })

  test('adds a user by that press, whoever found the field wrong', async () => {
    const page = await app.page({ path: '/app/settings/users' })
    await page.getByRole('button', { name: 'Add user' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add user' })
    const email = dialog.getByLabel('E-mail')
    const submit = dialog.getByRole('button', { name: 'Add and' })
    await submit.click()
    await dialog.getByText('Fill in “First name”.').waitFor()
    // Good enough for a browser.
    await email.fill('ada@example')
    await typeInto(dialog.getByLabel('First name'), 'Ada')
    await dialog.getByText('Fill in “E-mail”.').waitFor({ state: 'detached' })

    await press(page, submit)

    const refusal = dialog.locator('.field', { has: page.getByLabel('E-mail') }).locator('.field-error')
    await refusal.waitFor()
    await takesKeys(email)
    await page.keyboard.press('End')
    await page.keyboard.type('.com')
    await refusal.waitFor({ state: 'detached' })

    await press(page, submit)

    await page.getByRole('alertdialog').waitFor()
    const { users } = (await app.crm.v3.get(`/users/?locationId=${app.crm.locationId}`)).body
    expect(users).toContainEqual(expect.objectContaining({ email: 'ada@example.com', firstName: 'Ada' }))
  })

  test('gives up by the press that leaves a field with something wrong in it', async () => {
    const page = await app.page({ path: '/app/settings/users' })
    await page.getByRole('button', { name: 'Add user' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add user' })
    const cancel = dialog.getByRole('button', { name: 'Cancel' })
    await cancel.hover()
    await typeInto(dialog.getByLabel('E-mail'), 'nobody')

    await press(page, cancel)

    await dialog.waitFor({ state: 'detached' })
  })

  async function openDeal(board: string) {
    const { id: pipelineId } = await givenBoard(app.crm, board)
    const page = await app.page({ path: `/app/board?pipeline=${pipelineId}` })
    await page.getByRole('button', { name: 'Create opportunity' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Create opportunity' })
    const name = dialog.getByLabel('Name', { exact: true })
    const contact = dialog.getByRole('combobox', { name: 'Contact' })
    // While a list is open nothing else has a role.
    return { page, pipelineId, dialog, name, contact, submit: page.locator('.dialog button[type="submit"]') }
  }
})

/** As fingers do: what is told by leaving the field is told only then. */
async function typeInto(field: Locator, text: string) {
  await field.click()
  await field.page().keyboard.type(text)
}

/** As a hand does: where the button stands now, and down for as long as the page needs to draw what comes of that. */
async function press(page: Page, button: Locator, meanwhile?: Promise<unknown>) {
  const box = await button.boundingBox()
  if (!box) throw new Error('There is no button to press')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await takesKeys(button)
  await meanwhile
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
  await page.mouse.up()
}
