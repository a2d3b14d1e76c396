import { gzipSync } from 'node:zlib'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { startBrowser } from '../test/support/browser.ts'
import { signIn, wide } from '../test/support/visit.ts'
import { median, row } from './figures.ts'
import { startDemo } from './servers.ts'

const loads = 7
const drags = 12
/** Pointer moves of each drag, about as many as a hand makes in half a second. */
const steps = 30
/** Nothing can be carried out of one without. */
const columnWithCards = '[data-column]:has([data-card])'

type Visitor = BrowserContextOptions['storageState']

/**
 * The board of so many deals in Chromium: the script that a first visit loads until the board can be used, how long that
 * takes from an empty cache, and how long a dragged card takes to follow the pointer.
 */
export async function measureBoard(size: number) {
  const server = await startDemo(size)
  const launched = await startBrowser()
  const browser = await chromium.connect(launched.wsEndpoint())
  try {
    const visitor = await visit(browser, server)
    const times: number[] = []
    let script = 0
    for (let at = 0; at < loads; at++) {
      const { ms, bytes } = await load(browser, server.url, visitor)
      times.push(ms)
      script = bytes
    }
    const followed = await drag(browser, server.url, visitor)
    console.log(`## The board, ${size.toLocaleString('en')} deals\n`)
    console.log('| | |\n|---|---:|')
    console.log(row('script until interactive, kB gzip', (script / 1000).toFixed(1)))
    console.log(row(`interactive, ms (median of ${loads} first visits)`, Math.round(median(times))))
    console.log(row('drag response p95, ms', p95(followed).toFixed(1)))
    console.log()
  } finally {
    await browser.close()
    await launched.close()
    await server.stop()
  }
}

/** Signed in once; whoever starts with this is the same person with an empty cache. */
async function visit(browser: Browser, { url, admin }: Awaited<ReturnType<typeof startDemo>>): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: url, viewport: wide })
  const page = await context.newPage()
  await page.goto('/app')
  await signIn(page, admin)
  const visitor = await context.storageState()
  await context.close()
  return visitor
}

async function open(browser: Browser, baseURL: string, storageState: Visitor): Promise<Page> {
  const context = await browser.newContext({ baseURL, storageState, viewport: wide })
  return context.newPage()
}

/** Interactive: cards stand there, and the browser has nothing left to do before it would answer a click. */
async function load(browser: Browser, url: string, visitor: Visitor): Promise<{ ms: number; bytes: number }> {
  const page = await open(browser, url, visitor)
  const scripts: Promise<Buffer>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.body())
  })
  await page.addInitScript(noteInteractive)
  await page.goto('/app/board')
  const ms = await page.evaluate<number>('interactive')
  // Compressed as every client can have it, whatever this one asked for.
  const bytes = (await Promise.all(scripts)).reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0)
  await page.context().close()
  return { ms, bytes }
}

const noteInteractive = `
  window.interactive = new Promise((done) => {
    const look = () => {
      if (!document.querySelector('[data-column] [data-card]')) return
      watch.disconnect()
      requestIdleCallback(() => done(performance.now()))
    }
    const watch = new MutationObserver(look)
    watch.observe(document, { childList: true, subtree: true })
  })`

/** From each of the pointer's moves to the end of the frame that shows it, while a card is carried over the columns. */
async function drag(browser: Browser, url: string, visitor: Visitor): Promise<number[]> {
  const page = await open(browser, url, visitor)
  await page.addInitScript(noteMoves)
  await page.goto('/app/board')
  await page.locator('[data-column] [data-card]').first().waitFor()
  const columns = await page.locator('[data-column]').count()
  const full = await page.locator(columnWithCards).count()
  for (let at = 0; at < drags; at++) await carry(page, at % full, (at + 1 + (at % (columns - 1))) % columns)
  const followed = await page.evaluate<number[]>('followed')
  await page.context().close()
  return followed
}

/** From one column to another and back out of the board, so that nothing is moved in the end. */
async function carry(page: Page, from: number, to: number) {
  const card = page.locator(columnWithCards).nth(from).locator('[data-card]').first()
  const [start, end] = [await card.boundingBox(), await page.locator('[data-column]').nth(to).boundingBox()]
  if (!start || !end) return
  await page.mouse.move(start.x + 60, start.y + 20)
  await page.mouse.down()
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps })
  await page.keyboard.press('Escape')
  await page.mouse.up()
}

const noteMoves = `
  window.followed = []
  const note = (event) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => followed.push(performance.now() - event.timeStamp)
      channel.port2.postMessage(0)
    })
  }
  addEventListener('dragover', note, { capture: true, passive: true })
  addEventListener('pointermove', (event) => event.buttons && note(event), { capture: true, passive: true })`

const p95 = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN
