import { expect, test } from 'vitest'
import { onApp } from '../support/pages.ts'

onApp('the web app', (app) => {
  test('asks who is there', async () => {
    const page = await app.page({ as: null })

    await page.getByRole('button', { name: 'Sign in' }).waitFor()

    expect(await app.axe(page)).toEqual([])
    await app.shots(page, 'sign-in')
  })

  test('says so when the password is wrong, and lets nobody in', async () => {
    const page = await app.page({ as: null })

    await page.getByLabel(/^e-?mail/i).fill(app.crm.first.admin.email)
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()

    await page
      .getByRole('alert')
      .filter({ hasText: /password/i })
      .waitFor()
    expect(await page.context().cookies()).toEqual([])
  })

  test('lets in who knows the password, and remembers them with a cookie that no script can read', async () => {
    const page = await app.page()

    const cookies = await page.context().cookies()
    expect(cookies).toMatchObject([{ name: 'pipewright_session', httpOnly: true, sameSite: 'Strict', path: '/' }])
    expect(await page.evaluate('document.cookie')).toBe('')
    await page.reload()
    await page.getByRole('navigation').first().waitFor()
    expect(await page.getByRole('button', { name: 'Sign in' }).count()).toBe(0)
  })
})
