import { apiWords } from '../words/api.ts'
import { ApiError, type Envelope } from './errors.ts'
import { readLines } from './lines.ts'
import { untilMet } from './waiting.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Value = string | number | boolean | undefined | null

export interface Asked {
  /** What is null, undefined or empty is left out. */
  query?: Record<string, Value>
  body?: unknown
  signal?: AbortSignal
}

/** What the session knows and every request needs: set when it begins, and anew when it begins again. */
interface Gate {
  csrfToken: string
  /** Settles once somebody has signed in again; false if the session had not ended at all. */
  signInAgain: () => Promise<boolean>
  /** Whether another tab has renewed the token meanwhile. */
  renew: () => Promise<boolean>
}
let gate: Gate | undefined
export const openGate = (next: Gate | undefined) => {
  gate = next
}

export const get = <T>(path: string, query?: Asked['query'], signal?: AbortSignal) =>
  call<T>('GET', path, { ...(query && { query }), ...(signal && { signal }) })
export const post = <T>(path: string, body: unknown = {}, signal?: AbortSignal) =>
  call<T>('POST', path, { body, ...(signal && { signal }) })
export const put = <T>(path: string, body: unknown = {}) => call<T>('PUT', path, { body })
export const del = <T>(path: string, asked: Asked = {}) => call<T>('DELETE', path, asked)

/**
 * One request to v3 or to the console, as whoever is signed in. Throws an ApiError. A request that finds the session
 * ended waits until somebody has signed in again and is then sent once more, so that nothing typed is lost; so does a
 * PUT or DELETE that finds the server away.
 */
export async function call<T>(method: Method, path: string, asked: Asked = {}): Promise<T> {
  return read<T>(await ask(method, path, asked))
}

/** A reply that is told as it comes: lines of JSON, as many at a time as have arrived. */
export async function postForLines<T>(path: string, body: unknown, tell: (lines: T[]) => void, signal: AbortSignal) {
  const reply = await ask('POST', path, { body, signal })
  if (!reply.ok || !reply.body) return void (await read(reply))
  try {
    await readLines(reply.body, tell)
  } catch (error) {
    if (signal.aborted) throw error
    throw new ApiError(0, { message: apiWords.unreachable })
  }
}

async function ask(method: Method, path: string, asked: Asked): Promise<Response> {
  const reply = await reach(method, path, asked)
  const isToRepeat = await mended(method, reply.status)
  return isToRepeat ? reach(method, path, asked) : reply
}

/** A GET is asked again by whoever shows it; of a POST nobody knows whether it was heard. */
function reach(method: Method, path: string, asked: Asked): Promise<Response> {
  if (method === 'GET' || method === 'POST') return send(method, path, asked)
  return untilMet(async (isAgain) => {
    const reply = await send(method, path, asked)
    const wasHeard = isAgain && method === 'DELETE' && reply.status === 404
    return wasHeard ? Response.json({}) : reply
  })
}

/** A 401 may also be a missing scope (contract 1.4, row 7), a 403 a token that another tab has renewed. */
async function mended(method: Method, status: number): Promise<boolean> {
  if (status === 401 && gate) return gate.signInAgain()
  if (status === 403 && method !== 'GET' && gate) return gate.renew()
  return false
}

/** A request outside of any session: signing in, an invitation. */
export const callAsNobody = async <T>(method: Method, path: string, body?: unknown) =>
  read<T>(await send(method, path, { body }))

async function send(method: Method, path: string, { query, body, signal }: Asked): Promise<Response> {
  try {
    return await fetch(path + search(query), {
      method,
      headers: headersFor(method, body),
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError(0, { message: apiWords.unreachable })
  }
}

function headersFor(method: Method, body: unknown): Record<string, string> {
  return {
    version: 'v3',
    accept: 'application/json',
    ...(body !== undefined && { 'content-type': typeof body === 'string' ? 'text/csv' : 'application/json' }),
    ...(method !== 'GET' && gate && { 'x-csrf-token': gate.csrfToken }),
  }
}

function search(query: Asked['query'] = {}): string {
  const chosen = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return chosen.length ? `?${new URLSearchParams(chosen.map(([name, value]) => [name, String(value)]))}` : ''
}

async function read<T>(reply: Response): Promise<T> {
  const body: unknown = await reply.json().catch(() => undefined)
  if (reply.ok) return body as T
  const retryAfter = Number(reply.headers.get('retry-after') ?? Number.NaN) * 1000
  throw new ApiError(reply.status, envelope(reply.status, body), retryAfter || undefined)
}

/** A proxy's error page has no envelope, and a fault of the server's says nothing that helps. */
function envelope(status: number, body: unknown): Envelope {
  const told = body && typeof body === 'object' ? (body as Envelope) : {}
  if (status >= 500 || !told.message) return { ...told, message: apiWords.faulty(status) }
  return told
}
