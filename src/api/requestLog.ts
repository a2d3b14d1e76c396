import type { FastifyContextConfig } from 'fastify'
import type { Store } from '../domain/context.ts'
import type { Credential } from './authenticate.ts'
import type { FastifyRequest } from './request.ts'

/** What is remembered of a request; it is put into words when somebody reads it. */
export interface Logged {
  /** Grows with each request of this process. */
  number: number
  traceId: string
  /** Epoch milliseconds. */
  at: number
  ms: number
  method: string
  /** Path and query, as it was called. */
  url: string
  status: number
  /** Of the route that was met; without an operation where there is none such. */
  route: FastifyContextConfig
  /** Whose token came; undefined where none did, or nobody knows it. */
  credential: Credential | undefined
  /** Texts of bodies, cut off; undefined where there was none, or it was not kept. */
  sent: string | undefined
  answered: string | undefined
}

/** How many are remembered; of those that no token came with, fewer, and by themselves: anybody can make such. */
const most = { known: 1000, unknown: 200 }
/** Characters of all bodies and addresses together. */
const mostCharacters = { known: 4_000_000, unknown: 500_000 }
const longestBody = 4096
const longestUrl = 2048
/** For how long after somebody read the log all replies are kept, ms. */
const attention = 10 * 60_000

export type RequestLog = ReturnType<typeof createRequestLog>

const logs = new WeakMap<Store, RequestLog>()

/** The log of the server that works on a store. */
export const requestLogOf = (store: Store): RequestLog | undefined => logs.get(store)

/**
 * The last requests of this process, in memory, so that a developer sees what happened before they looked. Each request
 * pays for a small record of what is there anyway. Replies are long, and each that is held on to is work for the garbage
 * collector: those of what went well are kept only while somebody has been looking lately. What pages of ours ask is
 * left out, whether somebody is signed in there or no more.
 */
export function createRequestLog(store: Store, now: () => number) {
  const known = createRing(most.known, mostCharacters.known)
  const unknown = createRing(most.unknown, mostCharacters.unknown)
  let number = 0
  let watchedUntil = 0

  function keep(request: FastifyRequest, route: FastifyContextConfig, status: number, ms: number, answered?: string) {
    if (request.session !== undefined || isOfPage(request, route) || isSignIn(route)) return
    const { id: traceId, method, url, credential, text } = request
    const at = now()
    const isKept = answered !== undefined && (status >= 400 || at < watchedUntil)
    const ring = credential ? known : unknown
    ring.add({
      number: ++number,
      traceId,
      at: at - ms,
      ms,
      method,
      url: cut(url, longestUrl),
      status,
      route,
      credential,
      sent: text === undefined || text === '' ? undefined : cut(text, longestBody),
      answered: isKept ? cut(answered, longestBody) : undefined,
    })
  }

  /** Newest first. */
  function read(): Logged[] {
    watchedUntil = now() + attention
    return [...known.all(), ...unknown.all()].sort((a, b) => b.number - a.number)
  }

  const log = { keep, read }
  logs.set(store, log)
  return log
}

/**
 * A browser says so of what a page of this server asks, where the app asks at all: whoever guesses secrets elsewhere
 * could say it too. What is tried on a page with a token is a program's.
 */
const isOfPage = ({ headers }: FastifyRequest, { door }: FastifyContextConfig) =>
  door?.takesSessions === true && headers['sec-fetch-site'] === 'same-origin' && headers.authorization === undefined

/** Whoever may read the log is not to read who signs in. */
const isSignIn = ({ door, scope, operation }: FastifyContextConfig) =>
  (door?.name === 'console' && scope === undefined) || operation === 'authorize'

/** A copy of its own: a part of a long text would keep the whole of it. */
const cut = (text: string, longest: number) =>
  text.length <= longest ? text : `${Buffer.from(text.slice(0, longest)).toString()}…`

/** The last ones, as many as there is room for. */
function createRing(room: number, characters: number) {
  const entries = new Array<Logged | undefined>(room)
  let [first, next, used] = [0, 0, 0]

  function add(entry: Logged) {
    if (next - first === room) drop()
    entries[next++ % room] = entry
    used += size(entry)
    while (used > characters) drop()
  }

  function drop() {
    used -= size(entries[first % room] as Logged)
    entries[first++ % room] = undefined
  }

  const all = () => entries.filter((entry) => entry !== undefined)
  return { add, all }
}

const size = ({ url, sent, answered }: Logged) => url.length + (sent?.length ?? 0) + (answered?.length ?? 0)
