import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { dealsIn, givenBoard } from '../support/boards.ts'
import { onApp, takesKeys } from '../support/pages.ts'

onApp('the forms of the web app', (app) => {
  test('make one deal and one token, however often Enter is pressed meanwhile', async () => {
    const { page, pipelineId, dialog, name, contact } = await openForm('Pressed twice')
    await contact.fill('Grace Hopper')
    await name.fill('Mainframe')
    const deals = posted(page, '/opportunities/')
    await submitTwice(name)
    await page.getByText('Mainframe is created.').waitFor()
    await dialog.waitFor({ state: 'detached' })
    expect(deals).toHaveLength(1)
    expect(await dealsIn(app.crm, pipelineId)).toHaveLength(1)
    expect(await contactsCalled('Grace Hopper')).toHaveLength(1)

    await page.goto('/app/settings/integrations')
    await page.getByRole('button', { name: 'Create token' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Nightly job')
    await page.getByText('See contacts, their notes, tasks and tags').click()
    const issued = posted(page, '/console/tokens')
    await submitTwice(page.getByLabel('Name', { exact: true }))
    await page.getByRole('alertdialog', { name: 'Token of Nightly job' }).waitFor()
    expect(issued).toHaveLength(1)
    const token = await app.crm.given.token(['tokens.readonly'])
    const { tokens } = (await app.crm.v3.get('/console/tokens', { token })).body
    expect(tokens.filter((one: { name: string }) => one.name === 'Nightly job')).toHaveLength(1)
  })

  test('make one note of what is sent twice, and another of what is written next', async () => {
    const { id, contactId } = await app.crm.given.opportunity()
    const page = await app.page({ path: `/app/opportunities/${id}` })
    const field = page.getByRole('textbox', { name: 'Write a note' })
    const notes = posted(page, `/contacts/${contactId}/notes`)

    await field.fill('Called back')
    await submitTwice(field)
    await page.locator('.notes').getByText('Called back').waitFor()
    await expect.poll(() => field.inputValue()).toBe('')
    expect(notes).toHaveLength(1)
    await field.fill('Called again')
    await field.press('Control+Enter')
    await page.locator('.notes').getByText('Called again').waitFor()

    expect(notes).toHaveLength(2)
    expect((await app.crm.v3.get(`/contacts/${contactId}/notes`)).body.notes).toHaveLength(2)
  })

  test('keep whom one types as the contact of a deal: by Enter, by Tab, or chosen of those who fit', async () => {
    const ada = await app.crm.given.contact({ firstName: 'Ada', lastName: 'Byron' })
    await app.crm.given.contact({ firstName: 'Adam', lastName: 'Byron' })
    const { page, pipelineId, dialog, name, contact } = await openForm('Whom one types')
    await contact.click()
    await page.getByRole('option', { name: 'Adam Byron' }).click()
    await expect.poll(() => contact.inputValue()).toBe('Adam Byron')
    await contact.fill('Katherine Johnson')
    await page.getByRole('option', { name: 'Create “Katherine Johnson”' }).waitFor()
    await expect.poll(() => page.getByRole('option').allInnerTexts()).toEqual(['Create “Katherine Johnson”'])
    await contact.press('Enter')
    await dialog.getByText('“Katherine Johnson” will be a new contact.').waitFor()
    await page.getByRole('listbox').waitFor({ state: 'detached' })
    await expect.poll(() => contact.inputValue()).toBe('Katherine Johnson')
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'deal-new-contact')

    await contact.fill('Dorothy Vaughan')
    await page.getByRole('option', { name: 'Create “Dorothy Vaughan”' }).waitFor()
    await contact.press('Escape')
    await page.getByRole('listbox').waitFor({ state: 'detached' })
    expect(await contact.inputValue()).toBe('Dorothy Vaughan')
    await contact.press('Tab')
    await dialog.getByText('“Dorothy Vaughan” will be a new contact.').waitFor()
    await contact.fill('ada byron')
    await contact.press('Enter')
    await expect.poll(() => contact.inputValue()).toBe('Ada Byron')
    await contact.fill('ADA BYRON')
    await contact.press('Tab')
    await expect.poll(() => contact.inputValue()).toBe('Ada Byron')
    await dialog.getByText('will be a new contact.').waitFor({ state: 'detached' })

    await name.fill('Engine')
    await name.press('Enter')
    await page.getByText('Engine is created.').waitFor()
    expect(await dealsIn(app.crm, pipelineId)).toMatchObject([{ name: 'Engine', contact: { id: ada.id } }])
    expect(await contactsCalled('Vaughan')).toEqual([])
  })

  test('ask which one is meant where several are called the same', async () => {
    const twins = [await givenTwin(), await givenTwin()]
    const { page, pipelineId, dialog, name, contact } = await openForm('Twins')
    await name.fill('Two of them')
    await contact.fill('mary jackson')
    await contact.press('Enter')
    await dialog.getByText('Several contacts are called that. Choose one of the list.').waitFor()
    await name.press('Enter')
    await page.getByRole('option', { name: twins[1].email }).click()
    await name.press('Enter')
    await page.getByText('Two of them is created.').waitFor()
    expect(await dealsIn(app.crm, pipelineId)).toMatchObject([{ contact: { id: twins[1].id } }])
  })

  test('refuse in place what the server would refuse, before a contact is made for it', async () => {
    const { page, dialog, name, contact } = await openForm('Limits')
    const value = dialog.getByLabel('Value', { exact: true })
    await contact.fill('Annie Easley')
    await name.fill('   ')
    await name.press('Enter')
    await dialog.getByText('Fill in “Name”.').waitFor()
    await name.fill('')
    await takesKeys(name)
    await page.keyboard.insertText('n'.repeat(300))
    expect(await name.inputValue()).toHaveLength(255)
    await value.fill('100000000001')
    await value.press('Enter')
    await dialog.getByText('Write an amount of at most $100,000,000,000.').waitFor()
    await value.fill('-100000000000')
    await dialog.getByText('Write an amount of at most').waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    expect(await contactsCalled('Annie Easley')).toEqual([])
  })

  test('go on with the contact that they made if the deal is refused, and take it away on cancel', async () => {
    const { page, pipelineId, dialog, name, contact } = await openForm('Refused')
    const refuse = async (deal: string) => {
      const { id } = await app.crm.given.user(deal)
      await page.reload()
      await page.getByRole('button', { name: 'Create opportunity' }).first().click()
      await dialog.getByRole('button', { name: /^Owner|Owner$/ }).click()
      await page.getByRole('option', { name: `${deal} Hopper` }).click()
      expect((await app.crm.v3.delete(`/users/${id}`)).status).toBe(200)
      await name.fill(deal)
      await contact.fill(`${deal}’s contact`)
      await name.press('Enter')
      await dialog.getByText('Is invalid').waitFor()
      await expect.poll(() => contactsCalled(`${deal}’s contact`)).toHaveLength(1)
    }
    await page.route('**/console/stream', () => {})

    await refuse('Second try')
    await dialog.getByRole('button', { name: /^Owner|Owner$/ }).click()
    await page.getByRole('option', { name: 'Nobody' }).click()
    await name.press('Enter')
    await page.getByText('Second try is created.').waitFor()
    expect(await contactsCalled('Second try’s contact')).toHaveLength(1)

    await refuse('Given up')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(() => contactsCalled('Given up’s contact')).toEqual([])

    await refuse('Worked on')
    const [known] = await contactsCalled('Worked on’s contact')
    const noted = await app.crm.v3.post(`/contacts/${known?.id}/notes`, { body: 'Called them: very interested' })
    expect(noted.status).toBe(201)
    const asked = page.waitForResponse((reply) => reply.url().includes('/console/history'))
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await asked
    await dialog.waitFor({ state: 'detached' })
    expect(await contactsCalled('Worked on’s contact')).toHaveLength(1)
    expect((await app.crm.v3.get(`/contacts/${known?.id}`)).status).toBe(200)
    expect(await dealsIn(app.crm, pipelineId)).toMatchObject([{ name: 'Second try' }])
  })

  test('draw a deal after a file was read for an import', async () => {
    await app.crm.v3.post(`/locations/${app.crm.locationId}/customFields`, {
      name: 'Branch',
      dataType: 'TEXT',
      model: 'opportunity',
    })
    await app.crm.given.opportunity({ name: 'Read afterwards' })
    const page = await app.page({ path: '/app/list' })
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Import from CSV…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Import deals' })
    const file = { name: 'deals.csv', mimeType: 'text/csv', buffer: Buffer.from('Name,Branch\nFrom a file,North\n') }
    await dialog.locator('input[type=file]').setInputFiles(file)
    await dialog.getByRole('button', { name: 'What “Branch” becomes' }).getByText('Branch', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })

    await page.getByRole('rowheader', { name: 'Read afterwards' }).click()
    const deal = page.getByRole('dialog', { name: 'Read afterwards' })
    await deal.getByLabel('Branch', { exact: true }).waitFor()
  })

  async function openForm(board: string) {
    const { id: pipelineId } = await givenBoard(app.crm, board)
    const page = await app.page({ path: `/app/board?pipeline=${pipelineId}` })
    await page.getByRole('button', { name: 'Create opportunity' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Create opportunity' })
    const name = dialog.getByLabel('Name', { exact: true })
    const contact = dialog.getByRole('combobox', { name: 'Contact' })
    return { page, pipelineId, dialog, name, contact }
  }

  const givenTwin = () => app.crm.given.contact({ firstName: 'Mary', lastName: 'Jackson' })

  async function contactsCalled(query: string): Promise<{ id: string }[]> {
    const body = { locationId: app.crm.locationId, pageLimit: 10, query }
    return (await app.crm.v3.post('/contacts/search', body)).body.contacts
  }
})

/** As Enter does that is pressed twice while the page is too busy to draw anything in between. */
const submitTwice = (field: Locator) =>
  field.evaluate(({ form }: HTMLInputElement) => {
    form?.requestSubmit()
    form?.requestSubmit()
  })

/** What a page has posted there since. */
function posted(page: Page, path: string): string[] {
  const bodies: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith(path)) bodies.push(request.postData() ?? '')
  })
  return bodies
}
