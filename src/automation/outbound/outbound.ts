import { setMaxListeners } from 'node:events'
import { isIP } from 'node:net'
import { Agent, buildConnector, type Dispatcher, request } from 'undici'
import { type Allowed, insideOf } from './addresses.ts'
import { explain, Refused } from './errors.ts'
import { newResolve, type Resolve } from './resolve.ts'

/** What is sent. */
export interface Posted {
  url: string
  headers: Record<string, string>
  /** Somebody's own, which may be secret: they go to the address's own server, and to no other that it points to. */
  ownHeaders: Record<string, string>
  body: string
  /** Ends it before its time. */
  signal: AbortSignal
}

/** What came of it. */
export interface Answer {
  ms: number
  /** Of the last server that answered; null where none did. */
  status: number | null
  retryAfter: string | null
  /** A sentence for a person; null where the status is 2xx. */
  error: string | null
  /** The beginning of what was answered. */
  response: string | null
}

export interface Outbound {
  /** Never throws: whatever goes wrong is an answer. */
  post(posted: Posted): Promise<Answer>
  close(): Promise<void>
}

export interface OutboundOptions {
  allow: Allowed
  resolve?: Resolve
}

/** In all, from the name's resolution to the answer's end; ms. */
const timeOut = 10_000
const mostRedirects = 3
/** Of an answer, how many bytes are read, and kept. */
const bytes = { read: 65_536, kept: 1024 }

/**
 * The way out to other people's servers, and not into the server's own network: every address is looked at after its name
 * was resolved, for every connection, wherever it was led by a redirect.
 */
export function createOutbound({ allow, resolve = newResolve() }: OutboundOptions): Outbound {
  const agent = new Agent({ connect: guarded(allow, resolve), bodyTimeout: timeOut, headersTimeout: timeOut })
  return {
    async post(posted) {
      const began = performance.now()
      const ending = endingWith(posted.signal)
      const said = await follow(agent, posted, ending.signal).catch((error) => failed(error, ending.isLate()))
      ending.clear()
      return { ms: Math.round(performance.now() - began), ...said }
    },
    close: () => agent.destroy(),
  }
}

type Said = Omit<Answer, 'ms'>

/** Undici asks for a connection; it gets one to an address that was looked at, or an error that says what is wrong. */
function guarded(allow: Allowed, resolve: Resolve): buildConnector.connector {
  const check = (address: string, host: string) => {
    const inside = insideOf(address, allow)
    if (inside) throw new Refused(address, host, inside)
  }
  const connect = buildConnector({
    timeout: timeOut,
    lookup: (host, { all }, done) =>
      void resolve(host)
        .then((found) => {
          for (const { address } of found) check(address, host)
          const [first] = found
          if (all || !first) done(null, found)
          else done(null, first.address, first.family)
        })
        .catch((error) => done(error, [])),
  })
  return (options, done) => {
    try {
      if (isIP(options.hostname)) check(options.hostname, options.hostname)
    } catch (error) {
      return done(error as Error, null)
    }
    connect(options, (error, socket) => done(error as Error, socket as never))
  }
}

/** The body goes unchanged wherever a redirect leads, but for one that asks for something else than what was posted. */
async function follow(
  agent: Dispatcher,
  { url, headers, ownHeaders, body }: Posted,
  signal: AbortSignal,
): Promise<Said> {
  const first = new URL(url)
  let place = first
  for (let redirects = 0; ; redirects++) {
    const own = place.origin === first.origin ? ownHeaders : {}
    const all = { 'user-agent': 'Pipewright', ...own, ...headers }
    const response = await request(place, { method: 'POST', headers: all, body, dispatcher: agent, signal })
    const next = nextPlace(response, place)
    if (!next) return await hear(response)
    response.body.on('error', () => {}).destroy()
    if (redirects === mostRedirects) return refusedRedirect(response, `It redirects more than ${mostRedirects} times`)
    if (!/^https?:$/.test(next.protocol)) return refusedRedirect(response, `It redirects to ${next.protocol}`)
    if (place.protocol === 'https:' && next.protocol === 'http:')
      return refusedRedirect(response, `It redirects to ${next.origin}, which is not encrypted`)
    place = next
  }
}

/** 303 is no place to post to. */
function nextPlace({ statusCode, headers }: Dispatcher.ResponseData, from: URL): URL | undefined {
  const { location } = headers
  if (![301, 302, 307, 308].includes(statusCode) || typeof location !== 'string') return undefined
  return URL.canParse(location, from.href) ? new URL(location, from) : undefined
}

const refusedRedirect = ({ statusCode }: Dispatcher.ResponseData, error: string): Said => ({
  status: statusCode,
  retryAfter: null,
  error,
  response: null,
})

async function hear({ statusCode: status, headers, body }: Dispatcher.ResponseData): Promise<Said> {
  const response = await readSome(body)
  const { 'retry-after': given } = headers
  const error = status >= 200 && status < 300 ? null : `It answered ${status}`
  return { status, retryAfter: typeof given === 'string' ? given : null, error, response }
}

/** The status is what counts: an answer whose body breaks off is an answer. */
async function readSome(body: Dispatcher.ResponseData['body']): Promise<string> {
  const parts: Buffer[] = []
  let length = 0
  try {
    for await (const part of body) {
      parts.push(part)
      length += part.length
      if (length >= bytes.read) break
    }
  } catch {}
  // No text of ours holds U+0000: not every store could keep it.
  return Buffer.concat(parts)
    .subarray(0, bytes.kept)
    .toString('utf8')
    .replaceAll('\0', '')
    .replace(/\uFFFD+$/, '')
}

function failed(error: unknown, isLate: boolean): Said {
  const text = isLate ? `No answer within ${timeOut / 1000} seconds` : explain(error)
  return { status: null, retryAfter: null, error: text, response: null }
}

/** A signal of its own, that ends with another one or in time. `AbortSignal.any` would leave something behind each time. */
function endingWith(signal: AbortSignal) {
  const ending = new AbortController()
  let isLate = false
  const end = () => ending.abort()
  const timer = setTimeout(() => {
    isLate = true
    end()
  }, timeOut)
  setMaxListeners(0, signal)
  if (signal.aborted) end()
  else signal.addEventListener('abort', end, { once: true })
  return {
    signal: ending.signal,
    isLate: () => isLate,
    clear() {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
    },
  }
}
