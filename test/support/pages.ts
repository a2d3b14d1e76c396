import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, inject } from 'vitest'
import type { Config } from '../../src/config.ts'
import { type Crm, startCrm } from '../harness.ts'
import { listen } from './complaints.ts'
import { fetchAhead, holdToast, holdUp, lateTimers, narrow, saveData, signIn, takesKeys, usual, wide } from './visit.ts'

export { fetchAhead, holdToast, holdUp, lateTimers, narrow, signIn, takesKeys, wide }

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the run's Chromium takes orders. */
    browser: string
  }
}

type Options = 'viewport' | 'colorScheme' | 'reducedMotion' | 'hasTouch' | 'timezoneId'

export interface Visit extends Pick<BrowserContextOptions, Options> {
  /** Below the server's address. */
  path?: string
  /** Who signs in; null: nobody does. Without it the admin. */
  as?: { email: string; password: string } | null
}

/** The built app, served by the real program on a file of its own, in a real browser. Use it in tests and hooks only. */
export interface App {
  crm: Crm
  /** A browser of somebody's own, signed in through the form. One that a test opens is closed when the test ends. */
  page: (visit?: Visit) => Promise<Page>
  /** What axe calls serious or critical about a page as it stands, a line each. */
  axe: (page: Page) => Promise<string[]>
  /** Pictures of a page, wide and narrow, light and dark, in the folder that PIPEWRIGHT_TEST_SHOTS names, if it does. */
  shots: (page: Page, name: string) => Promise<void>
}

/**
 * Runs the tests against one app. Whatever a page complains about fails the test: an error on its console or out of its
 * scripts, something that its policy forbids, a request to anywhere else. That the API refused something is no such thing.
 */
export function onApp(name: string, tests: (app: App) => void, config: Partial<Config> = {}) {
  describe(name, () => {
    const app = { axe, shots } as App
    const complaints: string[] = []
    const opened: { context: BrowserContext; isOfTest: boolean }[] = []
    let browser: Browser
    let isInTest = false
    let folder: string

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'pipewright-'))
      app.crm = await startCrm({ ...config, db: join(folder, 'test.db') })
      browser = await chromium.connect(inject('browser'))
      app.page = async ({ path = '/app', as = app.crm.first.admin, ...options } = {}) => {
        const context = await browser.newContext({ baseURL: app.crm.url, viewport: wide, ...usual, ...options })
        opened.push({ context, isOfTest: isInTest })
        listen(context, app.crm.url, (complaint) => complaints.push(complaint))
        await saveData(context)
        const page = await context.newPage()
        await page.goto(path)
        if (as) await signIn(page, as)
        return page
      }
    })
    beforeEach(() => {
      isInTest = true
    })
    afterEach(async () => {
      isInTest = false
      for (const one of opened.filter(({ isOfTest }) => isOfTest)) {
        opened.splice(opened.indexOf(one), 1)
        await one.context.close()
      }
      const said = complaints.splice(0)
      if (said.length > 0) throw new Error(`The page complained:\n${said.join('\n')}`)
    })
    afterAll(async () => {
      for (const { context } of opened) await context.close()
      await browser?.close()
      await app.crm?.stop()
      rmSync(folder, { recursive: true })
    })
    tests(app)
  })
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  id: string
  impact: string | null
  help: string
  nodes: { target: unknown[]; html: string; any: { message: string }[] }[]
}

/** By evaluating its source rather than adding a script to the page, which the page's policy would refuse. */
async function axe(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const violations = await page.evaluate<Violation[]>(
    `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, html, any }) => `${id} at ${target.join(' ')}: ${any[0]?.message ?? help}\n${html}`),
    )
}

export async function shots(page: Page, name: string): Promise<void> {
  const folder = process.env.PIPEWRIGHT_TEST_SHOTS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  const before = page.viewportSize() ?? wide
  for (const size of [wide, narrow]) {
    await page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: join(folder, `${name}-${size.width}-${colorScheme}.png`) })
    }
  }
  await page.emulateMedia({ colorScheme: null })
  await page.setViewportSize(before)
}
