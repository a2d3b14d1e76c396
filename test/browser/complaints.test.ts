import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { listen } from '../support/complaints.ts'

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self' http://127.0.0.1:1"
let server: Server
let url: string
let browser: Browser
/** The page's one script. */
let script = ''

beforeAll(async () => {
  server = createServer((request, reply) => {
    const path = request.url ?? ''
    if (path.startsWith('/status/')) return reply.writeHead(Number(path.slice(8))).end()
    if (path === '/script.js') return reply.setHeader('content-type', 'text/javascript').end(script)
    if (path !== '/') return reply.writeHead(404).end()
    reply.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy })
    reply.end('<!doctype html><link rel="icon" href="data:,"><script defer src="/script.js"></script><body></body>')
  }).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await chromium.connect(inject('browser'))
})
afterAll(async () => {
  await browser.close()
  server.close()
})

describe('a page is told on for', () => {
  test.each([
    ['an error on its console', 'console.error("what went wrong")', /^console: what went wrong \(/],
    ['an error of a script', 'queueMicrotask(() => { throw new Error("broken") })', /^script: Error: broken/],
    ['a promise that nobody caught', 'Promise.reject(new Error("forgotten"))', /^script: Error: forgotten/],
    [
      'a style of its own',
      'document.head.append(Object.assign(document.createElement("style"), { textContent: "p { color: red }" }))',
      /^console: .*Content Security Policy/,
    ],
    ['a style in its markup', 'document.body.innerHTML = "<p style=color:red>"', /^console: .*Content Security Policy/],
    ['asking another server', 'fetch("http://127.0.0.1:1/").catch(() => {})', /^request to http:\/\/127\.0\.0\.1:1\//],
    ['a server that failed', 'fetch("/status/500")', /^console: Failed to load resource/],
    ['a file of the app that is missing', 'fetch("/app/assets/none.js")', /^console: Failed to load resource/],
  ])('%s', async (_what, does, complaint) => {
    const complaints = await complaintsAbout(does)

    expect(complaints).toContainEqual(expect.stringMatching(complaint))
  })

  test('nothing when all is well, when the API refuses, or when a style is set by a script', async () => {
    expect(await complaintsAbout('fetch("/status/401"); document.body.style.color = "red"')).toEqual([])
  })

  test('a part of the app that it cannot have without a network, but nothing that it asks the API', async () => {
    const ask = `(async () => {
      for (const path of ['/status/200', '/app/assets/part.js']) await fetch(path).catch(() => {})
    })()`

    const complaints = await complaintsAbout('', async (page) => {
      await page.context().setOffline(true)
      await page.evaluate(ask)
    })

    expect(complaints).toEqual([expect.stringMatching(/ERR_INTERNET_DISCONNECTED .*part\.js/)])
  })
})

/** All of them, on a page that runs the script until it has nothing more to do, and what is done there then. */
async function complaintsAbout(does: string, go?: (page: Page) => Promise<unknown>): Promise<string[]> {
  script = does
  const context = await browser.newContext()
  const complaints: string[] = []
  listen(context, url, (complaint) => complaints.push(complaint))
  const page = await context.newPage()
  await page.goto(url, { waitUntil: 'networkidle' })
  await go?.(page)
  await context.close()
  return complaints
}
