/*
 * npm run screens               the README's pictures, into docs/images/
 * npm run screens -- --all      every page, empty, full and failing, wide and narrow, light and dark, into a folder it names;
 *                               [--only board] the pages whose name begins so, [--to FOLDER]
 *
 * The demo is the same every time and the clock stands still, so that a picture changes when what it shows does.
 */
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { startBrowser } from '../test/support/browser.ts'
import { pathOf, places } from '../test/support/everyPage.ts'
import { narrow, signIn, usual, wide } from '../test/support/visit.ts'
import { type Scene, startScene } from './scene.ts'

const { values } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    to: { type: 'string' },
    demo: { type: 'string', default: '500' },
  },
})

const themes = ['light', 'dark'] as const
type Theme = (typeof themes)[number]
type Size = typeof wide

interface Picture {
  name: string
  /** Below /app. */
  path: string
}

const launched = await startBrowser()
const browser = await chromium.connect(launched.wsEndpoint())
try {
  if (values.all) await showAll(values.to ?? mkdtempSync(join(tmpdir(), 'pipewright-screens-')))
  else await showReadme(values.to ?? fileURLToPath(new URL('../docs/images', import.meta.url)))
} finally {
  await browser.close()
  await launched.close()
}

/** What the README shows. */
async function showReadme(folder: string) {
  const scene = await startScene(Number(values.demo))
  const shown = ({ name }: Picture) => ['board', 'opportunity', 'automation', 'reports'].includes(name)
  const pictures = chosen(await picturesOf(scene)).filter(shown)
  for (const theme of themes) {
    await withContext(scene, theme, wide, async (context) => {
      for (const { name, path } of pictures) await take(context, path, join(folder, `${name}-${theme}.png`))
    })
  }
  await scene.stop()
  console.log(folder)
}

async function showAll(folder: string) {
  for (const state of ['full', 'empty', 'failing'] as const) {
    const scene = await startScene(state === 'empty' ? 0 : Number(values.demo))
    const pictures = chosen(await picturesOf(scene))
    for (const theme of themes) {
      for (const size of [wide, narrow]) {
        await withContext(scene, theme, size, async (context) => {
          if (state === 'failing') await failEverything(context)
          for (const { name, path } of pictures)
            await take(context, path, join(folder, `${name}-${state}-${size.width}-${theme}.png`))
        })
      }
    }
    await scene.stop()
  }
  await showEntry(folder)
  console.log(folder)
}

/** Before anybody is signed in. */
async function showEntry(folder: string) {
  const scene = await startScene(0)
  const pictures = chosen([
    { name: 'sign-in', path: '/' },
    { name: 'join', path: '/join#nonesuch' },
  ])
  for (const theme of themes) {
    for (const size of [wide, narrow]) {
      const context = await openContext(scene, theme, size)
      for (const { name, path } of pictures)
        await take(context, path, join(folder, `${name}-${size.width}-${theme}.png`))
      await context.close()
    }
  }
  await scene.stop()
}

function chosen(pictures: Picture[]) {
  return pictures.filter(({ name }) => name.startsWith(values.only))
}

/** Every page; those about one record show the first of its kind, where there is one. */
async function picturesOf({ first }: Scene): Promise<Picture[]> {
  // The board behind the deal is that of the first pipeline.
  const pipeline = await first('/opportunities/pipelines', 'pipelines', '')
  const [deal, contact, workflow, webhook] = await Promise.all([
    first('/opportunities/search', 'opportunities', `&limit=1&status=open${pipeline ? `&pipelineId=${pipeline}` : ''}`),
    first('/contacts/', 'contacts'),
    first('/console/workflows', 'workflows'),
    first('/console/webhooks', 'webhooks'),
  ])
  return places.flatMap((place) => {
    const path = pathOf(place, { deal, contact, workflow, webhook })
    return path ? [{ name: place.name, path }] : []
  })
}

/** Somebody's browser, signed in, that looks at the scene at the scene's time. */
async function withContext(scene: Scene, theme: Theme, size: Size, work: (context: BrowserContext) => Promise<void>) {
  const context = await openContext(scene, theme, size)
  const page = await context.newPage()
  await page.goto('/app')
  await signIn(page, scene.admin)
  await page.close()
  await work(context)
  await context.close()
}

async function openContext(scene: Scene, colorScheme: Theme, viewport: Size): Promise<BrowserContext> {
  const options = { ...usual, baseURL: scene.url, colorScheme, viewport, reducedMotion: 'reduce' } as const
  const context = await (browser as Browser).newContext(options)
  await context.clock.setFixedTime(scene.now)
  return context
}

/** Every question but who is there is answered with an error of the server's. */
async function failEverything(context: BrowserContext) {
  const body = JSON.stringify({ statusCode: 500, message: 'Internal server error', traceId: 'screens' })
  await context.route(
    (url) => !url.pathname.startsWith('/app') && !/^\/console\/(session|stream)$/.test(url.pathname),
    (route) => route.fulfill({ status: 500, contentType: 'application/json', body }),
  )
}

async function take(context: BrowserContext, path: string, file: string) {
  const page = await context.newPage()
  await page.goto(`/app${path}`)
  await settled(page)
  mkdirSync(join(file, '..'), { recursive: true })
  await page.screenshot({ path: file })
  const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
  console.log(over > 0 ? `${file}: ${over} px too wide` : file)
  await page.close()
}

/** Until nothing has been asked for, and nothing has changed, for a moment; live changes are waited for by nobody. */
async function settled(page: Page) {
  await page.evaluate(`document.fonts.ready.then(() => new Promise((done) => {
    const calm = 400
    let last = setTimeout(done, calm)
    const again = () => {
      clearTimeout(last)
      last = setTimeout(done, calm)
    }
    new MutationObserver(again).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    new PerformanceObserver(again).observe({ type: 'resource' })
    setTimeout(done, 10_000)
  }))`)
}
