import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A delivery as it arrived. */
export interface Received {
  path: string
  headers: IncomingHttpHeaders
  /** To the byte. */
  raw: Buffer
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire carries
  body: any
}

/** What the receiver does with a request; answers nothing itself where it never answers. */
export type Answering = (received: Received, response: ServerResponse) => void

/** A real HTTP server that others send webhooks to. It answers 200, unless told otherwise. */
export interface Receiver {
  url: string
  received: Received[]
  answer: (answering: Answering) => void
  /** Answers with this status, and headers where given. */
  say: (status: number, headers?: Record<string, string>, text?: string) => void
  /** The most that were being answered at one moment. */
  most: () => number
  close: () => Promise<void>
}

export async function startReceiver(host = '127.0.0.1'): Promise<Receiver> {
  const received: Received[] = []
  const well: Answering = (_received, response) => void response.writeHead(200).end('{"ok":true}')
  let answering = well
  let underWay = 0
  let most = 0
  const server = createServer(async (request, response) => {
    most = Math.max(most, ++underWay)
    response.once('close', () => underWay--)
    const raw = await read(request)
    const one = { path: request.url ?? '', headers: request.headers, raw, body: parse(raw) }
    received.push(one)
    answering(one, response)
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${host}:${port}`,
    received,
    answer: (wanted) => {
      answering = wanted
    },
    say: (status, headers = {}, text = '') => {
      answering = (_received, response) => void response.writeHead(status, headers).end(text)
    },
    most: () => most,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts)
}

function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString())
  } catch {
    return undefined
  }
}
