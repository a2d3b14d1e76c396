import type { Page } from 'playwright-core'

export const wide = { width: 1440, height: 900 }
export const narrow = { width: 360, height: 740 }

/** What a page looks like must not hang on the machine that looks at it. */
export const usual = { locale: 'en-US', timezoneId: 'Europe/Berlin' }

/** Fills in the form that a page asks for, and waits until it has gone. */
export async function signIn(page: Page, { email, password }: { email: string; password: string }) {
  await page.getByLabel(/^e-?mail/i).fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  const button = page.getByRole('button', { name: 'Sign in' })
  await button.click()
  await button.waitFor({ state: 'detached' })
}
