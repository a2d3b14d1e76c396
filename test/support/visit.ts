import type { BrowserContext, Locator, Page } from 'playwright-core'

export const wide = { width: 1440, height: 900 }
export const narrow = { width: 360, height: 740 }

/** What a page looks like must not hang on the machine that looks at it. */
export const usual = { locale: 'en-US', timezoneId: 'Europe/Berlin' }

/** Until what has opened has the focus: a key that is pressed before goes to what lies behind, if it goes anywhere. */
export const takesKeys = (opened: Locator) => opened.and(opened.page().locator(':focus-within')).waitFor()

/** Whoever saves data is spared the files of all parts, two hundred for each visit: only few tests are about those. */
export const saveData = (context: BrowserContext) =>
  context.addInitScript('Object.defineProperty(navigator, "connection", { value: { saveData: true } })')

/** The parts that a page fetches ahead once it is at rest, the command menu: what comes next can do without a network. */
export async function fetchAhead(page: Page) {
  await page.keyboard.press('Control+k')
  await takesKeys(page.getByRole('dialog'))
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

/** An init script. As on a busy machine: what is to be done soon is done after everything else. */
export const lateTimers = `{
  const { setTimeout } = window
  window.setTimeout = (run, after = 0) => setTimeout(run, Math.max(after, 30))
}`

/** What the page asks of such an address, where one is named by such a method alone, arrives only once that is called. */
export async function holdUp(page: Page, address: string | RegExp, method?: string): Promise<() => void> {
  let letGo = () => {}
  const isHeld = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route(address, async (route) => {
    if (!method || route.request().method() === method) await isHeld
    await route.continue()
  })
  return letGo
}

/** A toast does not go while a pointer is on it, however long what is asked meanwhile takes. */
export const holdToast = (page: Page) => page.locator('.toast').last().hover()

/** Fills in the form that a page asks for, and waits until it has gone. */
export async function signIn(page: Page, { email, password }: { email: string; password: string }) {
  await page.getByLabel(/^e-?mail/i).fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  const button = page.getByRole('button', { name: 'Sign in' })
  await button.click()
  await button.waitFor({ state: 'detached' })
}
