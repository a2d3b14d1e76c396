import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { onApp, takesKeys } from '../support/pages.ts'
import { givenPerson, password } from '../support/people.ts'

onApp('the settings of who gets in', (app) => {
  test('invite somebody, who joins by the link, and take a role from them', async () => {
    const page = await app.page({ path: '/app/settings/users' })
    await page.getByRole('button', { name: 'Add user' }).click()
    await page.getByLabel('First name').fill('Mira')
    await page.getByLabel('Last name').fill('Novak')
    await page.getByLabel('E-mail').fill(app.crm.first.admin.email)
    await page.getByRole('button', { name: 'Add and invite' }).click()
    await page.getByText('A user with this email already exists.').waitFor()
    await page.getByLabel('E-mail').fill('mira@example.com')
    await page.getByRole('button', { name: 'Add and invite' }).click()
    const dialog = page.getByRole('alertdialog', { name: 'Invite Mira Novak' })
    const url = (await dialog.locator('code').textContent()) as string
    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'settings-invitation')
    await dialog.getByRole('button', { name: 'Done' }).click()

    const theirs = await app.page({ as: null, path: url.slice(url.indexOf('/app/join')) })
    await theirs.getByLabel('New password').fill('chosen by Mira')
    await theirs.getByRole('button', { name: 'Join' }).click()
    await theirs.getByRole('button', { name: /^Mira Novak/ }).waitFor()

    await choose(page, 'Mira Novak', 'Edit')
    await page.getByRole('button', { name: 'Role' }).click()
    await page.getByRole('option', { name: 'User, only assigned data' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Mira Novak is saved. The role holds from now on.').waitFor()
    const [mira] = (await usersCalled('Mira')) as [User]
    expect(mira).toMatchObject({ roles: { role: 'user' }, permissions: { assignedDataOnly: true } })

    await choose(page, 'Mira Novak', 'Delete')
    await page.getByRole('button', { name: 'Delete user' }).click()
    await page.getByText('Mira Novak is deleted.').waitFor()
    await theirs.getByRole('dialog', { name: 'Your session has ended' }).waitFor()
    expect(await usersCalled('Mira')).toEqual([])
  })

  test('keep the last admin, and say why', async () => {
    const page = await app.page({ path: '/app/settings/users' })
    await choose(page, 'Admin', 'Delete')
    await page.getByRole('button', { name: 'Delete user' }).click()

    await page.getByText('This is the last admin of the location').waitFor()
    expect(await usersCalled('Admin')).toHaveLength(1)
  })

  test('give a program a token, shown once, renew it and revoke it', async () => {
    const page = await app.page({ path: '/app/settings/integrations' })
    await page.getByRole('button', { name: 'Create token' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Website form')
    await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click()
    await page.getByText('Tick at least one thing that it may do.').waitFor()
    await page.getByText('See contacts, their notes, tasks and tags').click()
    expect(await page.evaluate(emptyBelowDialog)).toBeLessThan(200)
    expect(await app.axe(page)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click()
    const first = await secretOf(page, 'Token of Website form')
    expect(await contactsBy(first)).toBe(200)
    expect(await opportunitiesBy(first)).toBe(401)

    await choose(page, 'Website form', 'Rotate…')
    await page.getByRole('button', { name: 'Rotate', exact: true }).click()
    const second = await secretOf(page, 'Token of Website form')
    await page.getByText(/^Old secret works until/).waitFor()
    expect([await contactsBy(first), await contactsBy(second)]).toEqual([200, 200])

    await choose(page, 'Website form', 'Rotate…')
    await page.getByRole('radio', { name: 'End it now' }).click()
    await page.getByRole('button', { name: 'Rotate', exact: true }).click()
    const third = await secretOf(page, 'Token of Website form')
    expect([await contactsBy(second), await contactsBy(third)]).toEqual([401, 200])
    expect(await page.content()).not.toContain(third)

    await choose(page, 'Website form', 'Revoke')
    await page.getByRole('button', { name: 'Revoke token' }).click()
    await page.getByText('Website form is revoked.').waitFor()
    expect(await contactsBy(third)).toBe(401)
  })

  test('create an app, name the address that is wrong, and take it away again', async () => {
    const page = await app.page({ path: '/app/settings/apps' })
    await page.getByRole('button', { name: 'Create app' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('n8n')
    await page.getByLabel('Redirect addresses').fill('http://n8n.example.com/callback')
    await page.getByRole('button', { name: 'Only see' }).click()
    const create = page.getByRole('dialog').getByRole('button', { name: 'Create app' })
    await create.click()
    await page.getByText(/must each be an https address/i).waitFor()
    await page.getByLabel('Redirect addresses').fill('https://n8n.example.com/callback')
    await create.click()
    const dialog = page.getByRole('alertdialog', { name: 'Secret of n8n' })
    await dialog.waitFor()
    const [clientId, secret] = await dialog.locator('code').allTextContents()
    expect(secret).toMatch(/^[0-9a-f-]{36}$/)
    await dialog.getByRole('button', { name: 'Done' }).click()

    await page.getByRole('link', { name: 'n8n' }).click()
    await page.getByLabel('Redirect addresses').fill('https://n8n.example.com/other')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('n8n is saved.').waitFor()
    expect(await app.axe(page)).toEqual([])
    expect(await appsKept()).toMatchObject([
      { clientId, name: 'n8n', redirectUris: ['https://n8n.example.com/other'], installs: [] },
    ])

    await choose(page, 'n8n', 'Delete app')
    await page.getByRole('button', { name: 'Delete app' }).click()
    await page.getByText('n8n is deleted.').waitFor()
    expect(await appsKept()).toEqual([])
  })

  test('keep what was typed when a dialog is closed by accident, and forget it when it is cancelled', async () => {
    const page = await app.page({ path: '/app/settings/users' })
    const add = page.getByRole('button', { name: 'Add user' })
    await add.click()
    await page.getByLabel('First name').fill('Half')
    await takesKeys(page.getByLabel('First name'))
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await add.click()
    expect(await page.getByLabel('First name').inputValue()).toBe('Half')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await add.click()
    expect(await page.getByLabel('First name').inputValue()).toBe('')
  })

  test('sign out everywhere from the own account', async () => {
    const person = await givenPerson(app.crm)
    const as = { email: person.email, password }
    const page = await app.page({ as, path: '/app/settings/account' })
    const elsewhere = await app.page({ as })
    await page.getByText(person.email).waitFor()

    await page.getByRole('button', { name: 'Sign out everywhere' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out everywhere' }).click()

    await page.getByRole('heading', { name: 'Sign in to Pipewright' }).waitFor()
    await elsewhere.getByRole('dialog', { name: 'Your session has ended' }).waitFor()
  })

  interface User {
    firstName: string
  }

  async function usersCalled(firstName: string): Promise<User[]> {
    const { users } = (await app.crm.v3.get(`/users/?locationId=${app.crm.locationId}`)).body
    return users.filter((user: User) => user.firstName === firstName)
  }

  const contactsBy = async (token: string) =>
    (await app.crm.v3.get(`/contacts/?locationId=${app.crm.locationId}`, { token })).status

  const opportunitiesBy = async (token: string) =>
    (await app.crm.v3.get(`/opportunities/pipelines?locationId=${app.crm.locationId}`, { token })).status

  async function appsKept() {
    const token = await app.crm.given.token(['apps.readonly'])
    return (await app.crm.v3.get('/console/apps', { token })).body.apps
  }
})

async function choose(page: Page, row: string, what: string) {
  await page.getByRole('button', { name: `Actions for ${row}` }).click()
  await page.getByRole('menuitem', { name: what, exact: true }).click()
}

/** How far one could scroll past the dialog, in px. */
const emptyBelowDialog = `document.querySelector('.scrim').scrollHeight - document.querySelector('.dialog').offsetHeight`

/** What the dialog shows this once. */
async function secretOf(page: Page, title: string): Promise<string> {
  const dialog = page.getByRole('alertdialog', { name: title })
  const secret = await dialog.locator('code').textContent()
  await dialog.getByRole('button', { name: 'Done' }).click()
  return secret as string
}
