import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { userInfo } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { type BrowserServer, chromium } from 'playwright-core'

/** A Chromium for everybody who is told its address; found on this machine, or else installed, or else an error. */
export async function startBrowser(): Promise<BrowserServer> {
  return chromium.launchServer({
    executablePath: findBrowser() ?? installBrowser(),
    // Chromium's own walls cannot be put up by root.
    chromiumSandbox: !isRoot,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--disable-sync',
      '--force-color-profile=srgb',
      '--font-render-hinting=none',
    ],
    timeout: 120_000,
  })
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge']
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]
const isRoot = process.platform !== 'win32' && userInfo().uid === 0

/** The one that the environment names, any on the search path, where it usually lies, or one that Playwright keeps. */
function findBrowser(): string | undefined {
  const given = process.env.PIPEWRIGHT_TEST_CHROMIUM
  if (given) return given
  return findOnPath(...names) ?? [...elsewhere, chromium.executablePath()].find((file) => existsSync(file))
}

function findOnPath(...programs: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return programs.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Tests in a browser are never left out: without one the run ends here, and says what would help. */
function installBrowser(): string {
  const say = (line: string) => process.stderr.write(`${line}\n`)
  try {
    if (isRoot && findOnPath('apt-get')) {
      say('No Chromium here; installing the Debian package…')
      run('apt-get', 'update', '--quiet')
      run('apt-get', 'install', '--yes', '--quiet', '--no-install-recommends', 'chromium')
    } else {
      say('No Chromium here; letting Playwright fetch one…')
      const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js')
      run(process.execPath, cli, 'install', 'chromium')
    }
  } catch (error) {
    say(String(error))
  }
  const found = findBrowser()
  if (found) return found
  throw new Error(
    'The tests of the web app need Chromium or Chrome, and none could be found or installed. Install one, or name it with PIPEWRIGHT_TEST_CHROMIUM=/path/to/chrome.',
  )
}

function run(command: string, ...args: string[]) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  execFileSync(command, args, { stdio: ['ignore', 2, 2], env })
}
