import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { fetchAhead, narrow, onApp, signIn, takesKeys } from '../support/pages.ts'
import { givenPerson, password, stranger } from '../support/people.ts'

onApp('the frame of the web app', (app) => {
  test('goes on with what was being done after the session has ended and somebody has signed in again', async () => {
    const person = await givenPerson(app.crm)
    const page = await app.page({ as: { email: person.email, password } })
    await fillPasswordForm(page, password, 'an even better one')

    await page.context().clearCookies()
    await page.getByRole('button', { name: 'Change password' }).click()
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
    await dialog.getByLabel('Password').fill(password)
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()

    await page.getByText('Your password is changed.').waitFor()
    await dialog.waitFor({ state: 'detached' })
    expect(await knows(person.email, 'an even better one')).toBe(true)
    expect(await knows(person.email, password)).toBe(false)
  })

  test('goes on after another tab has signed in anew', async () => {
    const person = await givenPerson(app.crm)
    const page = await app.page({ as: { email: person.email, password } })
    const tab = await page.context().newPage()
    await tab.goto('/app')
    await choosePersonal(tab, 'Sign out')
    await signIn(tab, { email: person.email, password })

    await fillPasswordForm(page, password, 'chosen in the first tab')
    await page.getByRole('button', { name: 'Change password' }).click()

    await page.getByText('Your password is changed.').waitFor()
    expect(await knows(person.email, 'chosen in the first tab')).toBe(true)
  })

  test('sends nothing of one person as another who has signed in since', async () => {
    const [ana, bea] = [await givenPerson(app.crm), await givenPerson(app.crm, { firstName: 'Bea' })]
    const deal = await app.crm.given.opportunity({ name: 'Whose is it' })
    const page = await app.page({ path: `/app/opportunities/${deal.id}`, as: { email: ana.email, password } })
    const won = page.getByRole('button', { name: 'Won', exact: true })
    await won.waitFor()
    await page.evaluate(`sessionStorage.setItem('pipewright.draft.of Ana', '{"value":"Only mine"}')`)

    await page.context().request.post('/console/session', { data: { email: bea.email, password } })
    await won.click()

    await page.getByRole('button', { name: /^Bea Ost/ }).waitFor()
    expect((await app.crm.v2.get(`/opportunities/${deal.id}`)).body.opportunity.status).toBe('open')
    expect(await page.evaluate(`sessionStorage.getItem('pipewright.draft.of Ana')`)).toBe(null)
  })

  test('sends nothing of one person as another who signs in where the first is asked to', async () => {
    const [ana, bea] = [await givenPerson(app.crm), await givenPerson(app.crm, { firstName: 'Bea' })]
    const deal = await app.crm.given.opportunity({ name: 'Still whose' })
    const page = await app.page({ path: `/app/opportunities/${deal.id}`, as: { email: ana.email, password } })
    const won = page.getByRole('button', { name: 'Won', exact: true })
    await won.waitFor()

    await page.context().clearCookies()
    await won.click()
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
    await dialog.getByLabel('E-mail').fill(bea.email)
    await dialog.getByLabel('Password').fill(password)
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()

    await page.getByRole('button', { name: /^Bea Ost/ }).waitFor()
    expect((await app.crm.v2.get(`/opportunities/${deal.id}`)).body.opportunity.status).toBe('open')
  })

  test('asks the other tabs to sign in again when one signs out', async () => {
    const person = await givenPerson(app.crm)
    const page = await app.page({ as: { email: person.email, password } })
    const tab = await page.context().newPage()
    await tab.goto('/app')

    await choosePersonal(tab, 'Sign out')
    await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor()
    await signIn(tab, { email: person.email, password })

    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('shows no more than somebody may see from the moment on at which it is less', async () => {
    const person = await givenPerson(app.crm)
    const deal = await app.crm.given.opportunity({ name: 'Seen until now' })
    const page = await app.page({ path: '/app/board', as: { email: person.email, password } })
    await page.getByText('Seen until now').waitFor()

    await app.crm.v2.put(`/users/${person.id}`, { permissions: { assignedDataOnly: true } })

    await page.getByText('Seen until now').waitFor({ state: 'detached' })
    await app.crm.v2.put(`/opportunities/${deal.id}`, { assignedTo: person.id })
    await page.getByText('Seen until now').waitFor()
  })

  test('asks by the next change who is signed in, where the last time it could not be told', async () => {
    const person = await givenPerson(app.crm)
    const page = await app.page({ as: { email: person.email, password } })
    const refused = page.waitForResponse((reply) => reply.url().endsWith('/console/session') && reply.status() === 429)
    await page.route('**/console/session', (route) => route.fulfill({ status: 429, json: {} }), { times: 1 })

    await app.crm.v2.put(`/users/${person.id}`, { firstName: 'Once' })
    await refused
    await app.crm.v2.put(`/users/${person.id}`, { firstName: 'Twice' })

    await page.getByRole('button', { name: /^Twice Ost/ }).waitFor()
  })

  test('names the field when the current password is wrong, and changes nothing', async () => {
    const person = await givenPerson(app.crm)
    const page = await app.page({ as: { email: person.email, password } })

    await fillPasswordForm(page, 'not my password', 'an even better one')
    await page.getByRole('button', { name: 'Change password' }).click()

    await page.getByText('This is not your current password.').waitFor()
    expect(await app.axe(page)).toEqual([])
    expect(await knows(person.email, password)).toBe(true)
  })

  test('ends in every browser when somebody signs out everywhere', async () => {
    const person = await givenPerson(app.crm)
    const [here, there] = [
      await app.page({ as: { email: person.email, password } }),
      await app.page({ as: { email: person.email, password } }),
    ]

    await choosePersonal(here, 'Sign out everywhere')

    await here.getByRole('heading', { name: 'Sign in to Pipewright' }).waitFor()
    await there.getByRole('dialog', { name: 'Your session has ended' }).waitFor()
  })

  test('lets an invited person choose a password, once', async () => {
    const person = await givenPerson(app.crm, { firstName: 'Mira' })
    const { body } = await app.crm.ask('POST', `/console/users/${person.id}/invite`)
    const path = body.url.slice(body.url.indexOf('/app/join'))
    const page = await app.page({ as: null, path })

    await page.getByRole('heading', { name: 'Welcome, Mira' }).waitFor()
    expect(await app.axe(page)).toEqual([])
    await page.getByLabel('New password').fill('chosen by Mira')
    await page.getByRole('button', { name: 'Join' }).click()

    await page.getByRole('button', { name: /^Mira/ }).waitFor()
    expect(await knows(person.email, 'chosen by Mira')).toBe(true)
    const again = await app.page({ as: null, path })
    await again.getByRole('heading', { name: 'This invitation does not work any more' }).waitFor()
  })

  test('keeps a change while the browser is offline, and sends it when it returns', async () => {
    const person = await givenPerson(app.crm)
    const page = await app.page({ as: { email: person.email, password } })
    await page.getByRole('navigation').first().waitFor()
    await fetchAhead(page)
    await fillPasswordForm(page, password, 'typed in a tunnel')
    const status = page.getByRole('status', { includeHidden: true }).filter({ hasText: 'Offline' })

    await page.context().setOffline(true)
    await status.waitFor()
    await page.getByRole('button', { name: 'Change password' }).click()
    await status.filter({ hasText: 'One change waits' }).waitFor()
    const leaving = page.waitForEvent('dialog')
    await page.close({ runBeforeUnload: true })
    await (await leaving).dismiss()
    await page.context().setOffline(false)

    await page.getByText('Your password is changed.').waitFor()
    await status.waitFor({ state: 'detached' })
    expect(await knows(person.email, 'typed in a tunnel')).toBe(true)
  })

  test('remembers the theme that somebody chose', async () => {
    const page = await app.page({ colorScheme: 'light' })

    await page.getByRole('button', { name: /your account$/ }).click()
    await page.getByRole('menuitem', { name: 'Theme' }).click()
    await page.getByRole('menuitem', { name: 'Dark' }).click()
    await page.reload()
    await page.getByRole('navigation').first().waitFor()

    expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('dark')
  })

  test('leads to every page by typing, and tells its keys', async () => {
    const page = await app.page()
    await page.getByRole('navigation').first().waitFor()

    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('searchbox').fill('lost reas')
    await page.getByRole('menuitem', { name: 'Lost reasons' }).click()
    await page.getByRole('heading', { name: 'Lost reasons', exact: true }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('searchbox').fill('new cont')
    await page.getByRole('menuitem', { name: 'New contact' }).click()
    await takesKeys(page.getByRole('dialog', { name: 'New contact' }))
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('searchbox').fill('setti')
    await page.getByRole('menuitem', { name: 'Settings', exact: true }).waitFor()
    expect(await app.axe(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Commands' }).waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    expect(await app.axe(page)).toEqual([])

    expect(new URL(page.url()).pathname).toMatch(/^\/app\/settings/)
  })

  test('says so where there is no page', async () => {
    const page = await app.page()

    await page.goto('/app/nowhere')

    await page.getByRole('heading', { name: 'This page does not exist', level: 2 }).waitFor()
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'not-found')
  })

  test.each(['light', 'dark'] as const)('can be used on a phone, %s', async (colorScheme) => {
    const page = await app.page({ viewport: narrow, colorScheme, hasTouch: true })

    await page.getByRole('button', { name: 'More' }).tap()
    await page.getByRole('menuitem', { name: 'Change password' }).waitFor()

    expect(await page.evaluate(cutOff)).toEqual([])
    expect(await app.axe(page)).toEqual([])
  })

  /** Whether the password is the right one, as the server has it. */
  async function knows(email: string, password: string): Promise<boolean> {
    const { status } = await app.crm.ask('POST', '/console/session', { ...stranger, body: { email, password } })
    return status === 200
  }
})

async function choosePersonal(page: Page, choice: string): Promise<void> {
  await page.getByRole('button', { name: /your account$/ }).click()
  await page.getByRole('menuitem', { name: choice, exact: true }).click()
}

async function fillPasswordForm(page: Page, current: string, next: string): Promise<void> {
  await choosePersonal(page, 'Change password')
  await page.getByLabel('Current password').fill(current)
  await page.getByLabel('New password').fill(next)
}

/** The parts of the frame that stand beyond the right edge of the screen. */
const cutOff = `[...document.querySelectorAll('.rail *, .page-header *')]
  .filter((part) => part.getBoundingClientRect().right > innerWidth)
  .map((part) => part.outerHTML)`
