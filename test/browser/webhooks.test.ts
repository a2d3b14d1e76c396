import type { Locator, Page } from 'playwright-core'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { holdToast, narrow, onApp, takesKeys } from '../support/pages.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { subscribe, withReceiver } from '../support/webhooks.ts'

onApp('the page of webhooks', (app) => {
  test('subscribes an address and shows the secret once, with which what arrives can be checked', async () => {
    await withReceiver(async (receiver) => {
      const page = await app.page({ path: '/app/webhooks' })
      await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor()
      await app.shots(page, 'webhooks-none')
      await page.keyboard.press('n')
      const dialog = page.getByRole('dialog', { name: 'New webhook' })
      await dialog.getByRole('textbox', { name: 'Address' }).fill('ftp://example.com/hooks')
      await dialog.getByText('OpportunityStatusUpdate', { exact: true }).click()
      await dialog.getByText('Retries, headers and signatures').click()
      await dialog.getByRole('button', { name: 'Add a header' }).click()
      await dialog.getByRole('textbox', { name: 'Header 1', exact: true }).fill('X-Team')
      await dialog.getByRole('textbox', { name: 'Value of header 1' }).fill('ops')
      expect(await app.axe(page)).toEqual([])
      await create(page)
      await dialog.getByText('Must be an http or https address').waitFor()
      await app.shots(page, 'webhook-form')
      await dialog.getByRole('textbox', { name: 'Address' }).fill(`${receiver.url}/ledger`)
      await dialog.getByText('This looks like an address inside the server’s own network').waitFor()
      await create(page)
      const issued = page.getByRole('alertdialog', { name: 'Keep this secret now' })
      const secret = (await issued.locator('code').textContent()) ?? ''
      expect(await app.axe(page)).toEqual([])
      await app.shots(page, 'webhook-secret')
      await issued.getByRole('button', { name: 'Done' }).click()

      const { id } = await app.crm.given.opportunity()
      await app.crm.v2.put(`/opportunities/${id}/status`, { status: 'won' })

      await page.getByRole('link', { name: '127.0.0.1' }).click()
      await rowOf(page, 'OpportunityStatusUpdate').getByText('Delivered').waitFor()
      const [{ raw, headers }] = receiver.received as [Receiver['received'][number]]
      expect(new Webhook(secret).verify(raw, headers as Record<string, string>)).toMatchObject({ id, status: 'won' })
      expect(headers['x-team']).toBe('ops')
      const { webhooks } = (await app.crm.v2.get('/console/webhooks')).body
      expect(webhooks).toMatchObject([{ types: ['OpportunityStatusUpdate'], headerNames: ['X-Team'], state: 'active' }])
      expect(await page.content()).not.toContain(secret)
    })
  })

  test('shows what an address or the whole of it is refused for, where it can be seen', async () => {
    const page = await app.page({ path: '/app/webhooks', viewport: { width: 1440, height: 460 } })
    await page.getByRole('button', { name: 'New webhook' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'New webhook' })
    const address = dialog.getByRole('textbox', { name: 'Address' })
    await address.fill('https://example.com/hooks')
    await create(page)
    await inSight(dialog.getByText('Choose at least one event.'))
    await app.shots(page, 'webhook-refused')

    await address.fill('https://ada:secret@example.com/hooks')
    await dialog.getByText('All events', { exact: true }).click()
    await dialog.getByText('Everything that happens, and what later versions tell.').waitFor()
    await create(page)
    await dialog.getByText('Must not contain a user name or a password').waitFor()
    await takesKeys(address)
    await inSight(address)
    await inSight(dialog.getByText('Must not contain a user name or a password'))
    expect(await address.getAttribute('aria-invalid')).toBe('true')
  })

  test('says why nothing arrives, and sends it again once the receiver is mended', async () => {
    await withReceiver(async (receiver) => {
      receiver.say(500, {}, 'the <b>database</b> is away')
      const hook = await subscribe(app.crm, receiver, { name: 'Ledger', types: ['NoteCreate'] })
      const contact = await app.crm.given.contact()
      await app.crm.v2.post(`/contacts/${contact.id}/notes`, { body: 'Call back' })
      const page = await app.page({ path: `/app/webhooks/${hook.id}` })

      const notice = page.getByRole('region', { name: 'The receiver is failing' })
      await notice.getByText('It answered 500').waitFor()
      await rowOf(page, 'NoteCreate').click()
      const panel = page.getByRole('dialog', { name: 'NoteCreate' })
      await panel.getByText('the <b>database</b> is away').first().waitFor()
      expect(await app.axe(page)).toEqual([])
      await app.shots(page, 'webhook-failing')
      receiver.say(200)
      await panel.getByRole('button', { name: /^Send (now|again)$/ }).click()

      await panel.getByText('Delivered').waitFor()
      await notice.waitFor({ state: 'detached' })
      const [first, second] = hook.told()
      expect(second).toEqual(first)
      const [{ state, attemptLog }] = await hook.log()
      // It may have been tried again by itself before somebody pressed the button.
      expect([state, attemptLog.at(0).status, attemptLog.at(-1).status]).toEqual(['delivered', 500, 200])

      const asked: string[] = []
      page.on('request', (request) => request.url().endsWith('/redeliver') && asked.push(request.url()))
      const answered = page.waitForResponse('**/redeliver')
      const again = panel.locator('button:not([data-pending])', { hasText: 'Send again' })
      // A moment behind the press before, which may have been answered at once, it still counts as a double click.
      await expect.poll(() => pressTwice(again).then(() => asked.length)).toBe(1)
      await answered
      expect(asked).toHaveLength(1)
    })
  })

  test('tells when an address leads inside, and that a receiver wanted nothing more, until it is resumed', async () => {
    await withReceiver(async (receiver) => {
      const inside = await subscribe(app.crm, receiver, { url: 'http://10.1.2.3/hooks', name: 'Inside' })
      receiver.say(410)
      const gone = await subscribe(app.crm, receiver, { name: 'Gone', types: ['OpportunityCreate'] })
      await app.crm.given.opportunity()
      const page = await app.page({ path: `/app/webhooks/${inside.id}` })
      await page.getByText('Refused: the address 10.1.2.3 leads into a private network').first().waitFor()
      await app.shots(page, 'webhook-inside')

      await page.goto('/app/webhooks')
      await page.getByRole('listitem').filter({ hasText: 'Gone' }).getByText('Disabled').waitFor()
      expect(await app.axe(page)).toEqual([])
      await app.shots(page, 'webhooks')
      await page.getByRole('link', { name: 'Gone' }).click()
      await page.getByText('The receiver answered 410 Gone').waitFor()
      await app.shots(page, 'webhook-disabled')
      await page.getByRole('button', { name: 'Resume' }).click()

      await page.getByText('Gone is sending again.').waitFor()
      expect(await gone.webhook()).toMatchObject({ state: 'active' })
      for (const { id } of [inside, gone]) await app.crm.v2.delete(`/console/webhooks/${id}`)
    })
  })

  test('sends a range again, pauses with Undo, changes, renews the secret and deletes', async () => {
    await withReceiver(async (receiver) => {
      const hook = await subscribe(app.crm, receiver, {
        name: 'Ledger 2',
        types: ['TaskCreate'],
        headers: { 'X-A': 'b' },
      })
      const contact = await app.crm.given.contact()
      for (const title of ['One', 'Two']) await addTask(contact.id, title)
      await app.crm.settle()
      const page = await app.page({ path: `/app/webhooks/${hook.id}` })

      // One below the other, before the page has drawn anything of the first.
      const buttons = page.getByRole('row').getByRole('button', { name: /^Send/ })
      await buttons.nth(1).waitFor()
      const asked = new Set<string>()
      page.on('response', (reply) => reply.url().endsWith('/redeliver') && asked.add(reply.url()))
      await buttons.evaluateAll((all) => {
        for (const each of all) (each as HTMLElement).click()
      })
      await expect.poll(() => asked.size).toBe(2)
      await app.crm.settle()

      await act(page, 'Send again')
      const range = page.getByRole('dialog', { name: 'Send again' })
      await range.getByText('Failed', { exact: true }).click()
      await range.getByRole('button', { name: 'Send again' }).click()
      await page.getByText('Choose at least one.').waitFor()
      await range.getByText('Delivered', { exact: true }).click()
      expect(await app.axe(page)).toEqual([])
      await app.shots(page, 'webhook-range')
      await range.getByRole('button', { name: 'Send again' }).click()
      await page.getByText('2 deliveries are sent again.').waitFor()
      await app.crm.settle()
      const titles = hook.told().map(({ title }) => title)
      // Two tasks do not wait for each other.
      const [first, again] = [titles.slice(0, 2).sort(), titles.slice(4).sort()]
      expect([first, titles.length, again]).toEqual([['One', 'Two'], 6, ['One', 'Two']])

      await act(page, 'Pause')
      await page.getByText('Paused: nothing is sent').waitFor()
      await holdToast(page)
      expect(await hook.webhook()).toMatchObject({ state: 'paused' })
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByText('Paused: nothing is sent').waitFor({ state: 'detached' })
      expect(await hook.webhook()).toMatchObject({ state: 'active' })

      await page.getByRole('button', { name: 'Edit' }).click()
      await page.getByText('Sends X-A.').waitFor()
      await page.getByRole('textbox', { name: 'Name' }).fill('Books')
      await page.getByRole('radio', { name: 'All events' }).click()
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Books is saved.').waitFor()
      expect(await hook.webhook()).toMatchObject({ name: 'Books', types: ['*'], headerNames: ['X-A'] })

      await act(page, 'New secret…')
      await page.getByText('Ends at once').click()
      await page.getByRole('button', { name: 'Make new secret' }).click()
      const code = page.getByRole('alertdialog').locator('code')
      const secret = (await code.textContent()) ?? ''
      await page.getByRole('button', { name: 'Done' }).click()
      await addTask(contact.id, 'Three')
      await app.crm.settle()
      const { raw, headers } = receiver.received.at(-1) as Receiver['received'][number]
      expect(new Webhook(secret).verify(raw, headers as Record<string, string>)).toMatchObject({ title: 'Three' })
      expect(() => new Webhook(hook.secret).verify(raw, headers as Record<string, string>)).toThrow()

      await act(page, 'Delete…')
      await page.getByRole('button', { name: 'Delete webhook' }).click()
      await page.getByText('Books is deleted.').waitFor()
      expect((await app.crm.v2.get(`/console/webhooks/${hook.id}`)).status).toBe(404)
      expect(new URL(page.url()).pathname).toBe('/app/webhooks')
    })
  })

  test('shows a narrowed log by its address, and how to verify, also on a phone', async () => {
    const receiver = await startReceiver()
    const hook = await subscribe(app.crm, receiver, { name: 'Ledger 3' })
    const { id } = await app.crm.given.opportunity()
    await app.crm.v2.put(`/opportunities/${id}/status`, { status: 'lost' })
    await app.crm.settle()
    await receiver.close()
    const path = `/app/webhooks/${hook.id}?type=OpportunityStatusUpdate&recordId=${id}`
    const page = await app.page({ path, viewport: narrow, hasTouch: true })
    await rowOf(page, 'OpportunityStatusUpdate').waitFor()
    expect(await page.getByRole('row').count()).toBe(2)
    expect(await app.axe(page)).toEqual([])
    await page.getByRole('button', { name: 'Clear filters' }).tap()
    await rowOf(page, 'OpportunityCreate').waitFor()

    await page.goto('/app/webhooks/verify')
    const { keys } = (await app.crm.v2.get('/.well-known/pipewright-webhook-keys')).body
    await page.getByText(keys[0].id).waitFor()
    await page.getByRole('radio', { name: 'Standard Webhooks' }).tap()
    await page.getByText(keys[0].standardWebhooks).waitFor()
    expect(await app.axe(page)).toEqual([])
    expect(await page.evaluate(cutOff)).toEqual([])
    await app.shots(page, 'webhooks-verify')
  })

  const addTask = (contactId: string, title: string) =>
    app.crm.v2.post(`/contacts/${contactId}/tasks`, { title, dueDate: '2030-01-01T00:00:00Z', completed: false })
})

const rowOf = (page: Page, type: string) => page.getByRole('row').filter({ hasText: type }).first()

/** Until the whole of it is within the window. */
const inSight = (what: Locator) =>
  expect
    .poll(async () => {
      const { y = -1, height = 0 } = (await what.boundingBox()) ?? {}
      return y >= 0 && y + height <= (what.page().viewportSize()?.height ?? 0)
    })
    .toBe(true)

const create = (page: Page) => page.getByRole('button', { name: 'Create webhook' }).click()

async function act(page: Page, choice: string): Promise<void> {
  await page.getByRole('button', { name: /^Actions for/ }).click()
  await page.getByRole('menuitem', { name: choice }).click()
}

/** Before the page has drawn anything of the first time. */
const pressTwice = (button: Locator) =>
  button.evaluate((one) => {
    for (let times = 0; times < 2; times++) (one as HTMLElement).click()
  })

/** What stands beyond the right edge of the screen. */
const cutOff = `[...document.querySelectorAll('.page-body *')]
  .filter((part) => part.getBoundingClientRect().right > innerWidth)
  .map((part) => part.outerHTML.slice(0, 200))`
