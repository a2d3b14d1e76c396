import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { startBrowser } from './browser.ts'

/** Once for all tests in a browser: the web app as it is now, and one Chromium that all of them open their pages in. */
export default async function everyBrowserRun({ provide }: TestProject) {
  const build = fileURLToPath(new URL('../../scripts/build.js', import.meta.url))
  execFileSync(process.execPath, [build, '--web'], { stdio: ['ignore', 2, 2] })
  const browser = await startBrowser()
  provide('browser', browser.wsEndpoint())
  return () => browser.close()
}
