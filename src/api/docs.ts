import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { version } from '../version.ts'
import type { Dialect } from './endpoint.ts'
import { type DialectInfo, describeDialect } from './openapi.ts'

/** Beside `src/` and, once built, inside `dist/`: the reader's own script and style, served by us. */
const folder = new URL('../../dist/docs/', import.meta.url)

const files: Record<string, string> = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
  'swagger-ui-standalone-preset.js': 'text/javascript',
}

export interface Documented extends DialectInfo {
  /** In the document's address: `/docs/v2.json`. */
  name: string
  rows: Dialect
}

/** `/docs`: an OpenAPI document of each dialect, and a page to read and try them. Nothing comes from elsewhere. */
export async function serveDocs(server: FastifyInstance, dialects: Documented[]): Promise<void> {
  await server.register(async (docs) => {
    docs.addHook('onRequest', async (_request, reply) => {
      reply.headers({
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
      })
    })
    for (const { name, rows, ...info } of dialects) {
      let document: object | undefined
      docs.get(`/docs/${name}.json`, async () => {
        document ??= describeDialect(rows, info, version)
        return document
      })
    }
    docs.get('/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page))
    docs.get('/docs/page.js', async (_request, reply) => {
      return reply.type('text/javascript; charset=utf-8').send(script(dialects))
    })
    for (const [name, type] of Object.entries(files)) {
      docs.get(`/docs/${name}`, async (_request, reply) => {
        return reply.type(`${type}; charset=utf-8`).send(readFileSync(new URL(name, folder)))
      })
    }
  })
}

const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pipewright API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<style>
  body { margin: 0 }
  html.dark-mode body { background: #1c2022 }
  .swagger-ui .topbar-wrapper { justify-content: flex-end }
  .swagger-ui .topbar { background: #1f2937; padding: 8px 0 }
  .swagger-ui .topbar .link { display: none }
  .swagger-ui .info { margin: 32px 0 }
  .swagger-ui .wrapper { box-sizing: border-box }
</style>
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/swagger-ui-standalone-preset.js"></script>
<script src="/docs/page.js"></script>
</body>
</html>
`

const script = (
  dialects: Documented[],
) => `if (matchMedia('(prefers-color-scheme: dark)').matches) document.documentElement.classList.add('dark-mode')
window.ui = SwaggerUIBundle({
  dom_id: '#swagger-ui',
  urls: ${JSON.stringify(dialects.map(({ name, title }) => ({ name: title, url: `/docs/${name}.json` })))},
  validatorUrl: null,
  deepLinking: true,
  persistAuthorization: true,
  tryItOutEnabled: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
})
`
