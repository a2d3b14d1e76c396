import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { accepts } from './accepts.ts'

/** Beside `src/` and, once built, inside `dist/`: a page, what it is licensed under, a list, files named by their contents. */
const built = new URL('../../dist/app/', import.meta.url)

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** `/app`: the web app as it was built. Files are read when somebody asks, so that starting and waiting cost nothing. */
export async function serveWeb(server: FastifyInstance, folder = built): Promise<void> {
  await server.register(async (web) => {
    web.addHook('onRequest', async (_request, reply) => {
      reply.headers(guards)
    })
    web.get<{ Params: { '*': string } }>('/app/assets/*', async (request, reply) => {
      const name = request.params['*']
      // One plain name, as the build gives them: nothing that could lead out of the folder.
      const found = /^[\w-]+(\.[\w-]+)+$/.test(name) && (await read(new URL(`assets/${name}`, folder), request))
      if (!found) return reply.callNotFound()
      return send(request, reply, found, 'public, max-age=31536000, immutable')
    })
    for (const name of ['licenses.md', 'parts.json']) {
      web.get(`/app/${name}`, async (request, reply) => {
        const found = await read(new URL(name, folder), request)
        return found ? send(request, reply, found, 'no-cache') : reply.callNotFound()
      })
    }
    // Which page an address means is known to the app alone.
    for (const path of ['/app', '/app/*']) {
      web.get(path, async (request, reply) => {
        if (!wantsPage(request)) return reply.callNotFound()
        const found = await read(new URL('index.html', folder), request)
        if (!found) return reply.code(503).type('text/html; charset=utf-8').send(notBuilt)
        return send(request, reply, found, 'no-cache')
      })
    }
  })
}

/** A browser that goes somewhere, and whoever takes anything; not a picture or a script that is not there. */
const wantsPage = ({ headers: { accept = '*/*' } }: FastifyRequest) => /text\/html|^\*\/\*$/.test(accept)

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
]

/** The page loads nothing from elsewhere, runs nothing that was not built with it, and stands in nobody's frame. */
const guards = {
  'content-security-policy': policy.join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
}

interface Found {
  type: string
  encoding?: string
  bytes: Buffer
}

/** The smallest form that the asker understands; undefined where there is none. */
async function read(file: URL, request: FastifyRequest): Promise<Found | undefined> {
  const type = types[extname(file.pathname)] ?? 'application/octet-stream'
  for (const [encoding, ending] of [
    ['br', '.br'],
    ['gzip', '.gz'],
    ['', ''],
  ] as const) {
    if (encoding && !accepts(request, encoding)) continue
    const bytes = await readFile(new URL(file.href + ending)).catch(() => undefined)
    if (bytes) return { type, ...(encoding && { encoding }), bytes }
  }
}

function send(request: FastifyRequest, reply: FastifyReply, { type, encoding, bytes }: Found, caching: string) {
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  reply.headers({ etag, vary: 'accept-encoding', 'cache-control': caching })
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()
  if (encoding) reply.header('content-encoding', encoding)
  return reply.type(type).send(bytes)
}

const isKnown = (known: string | undefined, etag: string) =>
  known?.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag)

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Pipewright</title>
<h1>The web app is not built</h1>
<p>Run <code>npm run build</code> and load this page again, or work on it with <code>npm run dev</code>,
which serves it from its sources at the address it prints.</p>
</html>
`
