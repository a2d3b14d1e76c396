import type { App } from '../../app.ts'
import { WrongUsage } from '../../config/options.ts'
import { db, readConfig } from '../../config.ts'
import { requireData } from '../database.ts'
import { Failure, openFailure, workFailure } from '../failure.ts'
import { program } from '../output/print.ts'
import { verb } from '../verb.ts'
import { bridge, type Post } from './bridge.ts'

const options = {
  token: {
    value: 'TOKEN',
    help: 'Private integration token, or OAuth access token: it says what may be done (required)',
    env: 'PIPEWRIGHT_TOKEN',
    read: readToken,
    fallback: undefined,
  },
  url: {
    value: 'URL',
    help: 'A running server to speak to, such as http://127.0.0.1:4400; without it, the data itself',
    env: 'PIPEWRIGHT_MCP_URL',
    read: readUrl,
    fallback: undefined,
  },
  db,
}

const mcp = verb({
  about: `Lets an assistant work with the pipeline: speaks the Model Context Protocol on standard input and output, until the
input ends. It serves one token; a server that is running on the same data need not stop.`,
  words: [],
  options,
  notes: `A running server speaks the protocol itself, at /mcp, for clients that connect by HTTP.

In the settings of a client, such as claude_desktop_config.json:
  {
    "mcpServers": {
      "pipewright": {
        "command": "npx",
        "args": ["pipewright", "mcp", "--db", "/path/to/pipewright.db"],
        "env": { "PIPEWRIGHT_TOKEN": "pit-…" }
      }
    }
  }

A token that may only look:
  pipewright token create --name Assistant --scopes opportunities.readonly,contacts.readonly`,
  async run({ token, url, db }) {
    if (!token) throw new WrongUsage(`mcp needs a token: --token TOKEN. Make one with ${program()} token create`)
    if (url) return bridge(overHttp(url, token))
    requireData(db)
    await withApp(db, (app) => bridge(within(app, token)))
  },
})

export default { '': mcp }

/** To a server elsewhere. */
function overHttp(url: string, token: string): Post {
  return async (message, headers = {}) => {
    const all = { ...headers, authorization: `Bearer ${token}`, 'content-type': 'application/json', accept }
    const response = await fetch(url, { method: 'POST', headers: all, body: JSON.stringify(message) }).catch(() => {
      throw new Failure(`Nothing answers at ${url}. Is the server running?`)
    })
    return { status: response.status, text: await response.text() }
  }
}

const accept = 'application/json, text/event-stream'

/** To the server in this process, which listens to nobody else. */
function within({ server }: App, token: string): Post {
  const { host, port } = readConfig([])
  return async (message, headers = {}) => {
    // Links in replies lead to where the server would listen.
    const all = { ...headers, authorization: `Bearer ${token}`, host: `${host}:${port}` }
    const { statusCode, payload } = await server.inject({
      method: 'POST',
      url: '/mcp',
      headers: { ...all, 'content-type': 'application/json' },
      payload: JSON.stringify(message),
    })
    return { status: statusCode, text: payload }
  }
}

async function withApp(db: string, work: (app: App) => Promise<void>): Promise<void> {
  const { createApp } = await import('../../app.ts')
  const app = await createApp({ ...readConfig([]), db }).catch((error) => {
    throw openFailure(db, error)
  })
  try {
    await work(app)
  } catch (error) {
    throw workFailure(db, error)
  } finally {
    await app.close()
  }
}

/** What it is not is never told: it may be half a secret. */
function readToken(given: string): string {
  if (/^[\x21-\x7e]+$/.test(given.trim())) return given.trim()
  throw new WrongUsage('must be a token such as pit-…, in one word')
}

function readUrl(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new WrongUsage(`must be an address such as http://127.0.0.1:4400, not "${given}"`)
  }
  const path = url.pathname.replace(/\/+$/, '')
  return `${url.origin}${path.endsWith('/mcp') ? path : `${path}/mcp`}`
}
