import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveWeb } from '../../src/api/webFiles.ts'
import { type Crm, startCrm } from '../harness.ts'

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
let crm: Crm

beforeAll(async () => {
  crm = await startCrm()
})
afterAll(() => crm.stop())

describe('the web app is served', () => {
  test('as one page at every address below /app', async () => {
    const pages = await Promise.all(
      ['/app', '/app/', '/app/board/abc', '/app/a.b?c=d'].map((path) => ask(path, browser)),
    )

    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(new Set(pages.map(({ body }) => body.toString())).size).toBe(1)
    expect(pages[0]?.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
    expect(pages[0]?.body.toString()).toMatch(/<title>Pipewright<\/title>/)
  })

  test('under a policy that lets nothing in from elsewhere', async () => {
    const { headers } = await ask('/app', browser)

    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
      'cross-origin-opener-policy': 'same-origin',
    })
  })

  test('without an address of anybody else, or a script within the page', async () => {
    const page = (await ask('/app', browser)).body.toString()

    expect(page.match(/(?:src|href)="(?!\/app\/assets\/|\/docs")[^"]*"/g)).toBeNull()
    expect(page).not.toMatch(/<script(?![^>]* src=)|<style| style=| on\w+=/)
  })

  test('with files whose names change with their contents, to be kept for good', async () => {
    for (const path of await assets()) {
      const { status, headers } = await ask(path)

      expect([path, status]).toEqual([path, 200])
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
      expect(headers['content-type']).toMatch(/^(text\/javascript|text\/css|image\/svg\+xml|font\/woff2)/)
    }
  })

  test('compressed for those who can read it, by Brotli rather than gzip', async () => {
    const [script = ''] = await assets()

    const plain = await ask(script)
    const gzip = await ask(script, { 'accept-encoding': 'gzip' })
    const brotli = await ask(script, { 'accept-encoding': 'gzip, deflate, br' })
    const refused = await ask(script, { 'accept-encoding': 'br;q=0, gzip;q=0.0' })

    expect(encodings(plain, gzip, brotli, refused)).toEqual([undefined, 'gzip', 'br', undefined])
    for (const body of [gunzipSync(gzip.body), brotliDecompressSync(brotli.body), refused.body])
      expect(body.equals(plain.body)).toBe(true)
    expect(brotli.body.length).toBeLessThan(gzip.body.length)
    expect(brotli.headers.vary).toBe('accept-encoding')
  })

  test('once, to those who still have it', async () => {
    for (const path of ['/app', ...(await assets())]) {
      const { headers, body } = await ask(path)
      const etag = headers.etag ?? ''

      expect(etag).toBe(`"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`)
      for (const known of [etag, `W/${etag}`, `"another", ${etag}`, '*']) {
        const again = await ask(path, { 'if-none-match': known })
        expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, etag])
      }
      expect((await ask(path, { 'if-none-match': '"another"' })).status).toBe(200)
    }
  })

  test('as it would be, to those who ask for the head alone', async () => {
    for (const path of ['/app', '/app/board', ...(await assets())]) {
      const whole = await ask(path)
      const head = await ask(path, {}, 'HEAD')

      expect(head.body.length).toBe(0)
      expect(told(head)).toEqual(told(whole))
      expect(head.headers['content-length']).toBe(String(whole.body.length))
    }
  })

  test('with the licences of what is in it', async () => {
    const { status, headers, body } = await ask('/app/licenses.md')

    expect([status, headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8'])
    expect(body.toString()).toMatch(/## react-dom - /)
  })

  test('with a list of all its scripts and styles, which is asked for anew each time', async () => {
    const { status, headers, body } = await ask('/app/parts.json')
    const names: string[] = JSON.parse(body.toString())

    expect([status, headers['cache-control']]).toEqual([200, 'no-cache'])
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
    expect((await assets()).filter((path) => /\.(js|css)$/.test(path) && !names.includes(path.slice(5)))).toEqual([])
    for (const name of names) expect([name, (await ask(`/app/${name}`)).status]).toEqual([name, 200])
  })
})

describe('the web app does not', () => {
  test.each([
    '/app/assets/none.js',
    '/app/assets/index.html',
    '/app/assets/..%2Findex.html',
    '/app/assets/..%2F..%2Fmain.js',
    '/app/assets/%2e%2e',
    '/app/assets/a%00.js',
    '/app/assets/.stamp',
    '/app/assets/a/b.js',
  ])('have a file at %s', async (path) => {
    const { status, body } = await ask(path)

    expect([status, JSON.parse(body.toString())]).toMatchObject([404, { statusCode: 404 }])
  })

  test('answer a picture, a script or a program that reads JSON with a page', async () => {
    for (const accept of ['image/avif,image/webp,*/*;q=0.8', 'application/json', 'text/css,*/*;q=0.1']) {
      expect((await ask('/app/board', { accept })).status).toBe(404)
    }
  })

  test('take anything', async () => {
    expect((await ask('/app', browser, 'POST')).status).toBe(404)
  })

  test('stand where it was not built, and says what to do', async () => {
    const server = fastify()
    await serveWeb(server, new URL('./no such folder/', import.meta.url))

    const page = await server.inject({ url: '/app/board', headers: browser })

    expect(page.statusCode).toBe(503)
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(page.body).toMatch(/npm run build/)
    expect((await server.inject('/app/assets/index.js')).statusCode).toBe(404)
  })
})

interface Answer {
  status: number
  headers: Record<string, string | undefined>
  /** As it travelled. */
  body: Buffer
}

/** Neither tidies the path nor unpacks what comes. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(`${crm.url}/`, { path, method, headers }, async (reply) => {
      const parts: Buffer[] = []
      for await (const part of reply) parts.push(part)
      const told = reply.headers as Answer['headers']
      resolve({ status: reply.statusCode ?? 0, headers: told, body: Buffer.concat(parts) })
    })
    asked.on('error', reject).end()
  })
}

/** What the page names: its script first, then its style and picture. */
async function assets(): Promise<string[]> {
  const page = (await ask('/app', browser)).body.toString()
  const named = [...page.matchAll(/"(\/app\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
  return named.sort((a, b) => Number(b.endsWith('.js')) - Number(a.endsWith('.js')))
}

const encodings = (...answers: Answer[]) => answers.map(({ headers }) => headers['content-encoding'])

function told({ status, headers: { date: _, connection: __, 'keep-alive': ___, ...headers } }: Answer) {
  return { status, headers }
}
