import type { Context } from '../../../domain/context.ts'
import { DomainError } from '../../../domain/errors.ts'
import type { App } from '../../../domain/oauth/apps/apps.ts'
import type { Challenge } from '../../../domain/oauth/code.ts'
import { getAskingApp, type Request, readAskedScopes } from '../../../domain/oauth/consent.ts'
import { refused } from '../../../domain/oauth/refused.ts'

type Query = Record<string, unknown>
type Store = Context['store']

/** What brought somebody here, as far as it can be trusted: where to send them back to, and why not to go on. */
export interface Asked {
  app: App
  redirectUri: string
  state: string | null
  read: () => Request
}

/**
 * Reads the query of the authorize page. Throws where the app or the address is unknown, which is never answered by a
 * redirect; what else is wrong comes out of `read`, and goes back to the app.
 */
export async function readAsked(store: Store, query: Query): Promise<Asked> {
  const clientId = textOf(query, 'client_id')
  const redirectUri = textOf(query, 'redirect_uri')
  if (!clientId || !redirectUri)
    throw new DomainError('forbidden', `${clientId ? 'redirect_uri' : 'client_id'} is missing from the address.`)
  const app = await getAskingApp(store, clientId, redirectUri)
  const state = typeof query.state === 'string' ? query.state : null
  return { app, redirectUri, state, read: () => readRequest(app, redirectUri, query) }
}

function readRequest(app: App, redirectUri: string, query: Query): Request {
  const twice = Object.keys(query).find((name) => Array.isArray(query[name]))
  if (twice !== undefined) throw refused('invalid_request', `Invalid parameter: ${twice} must not be sent twice`)
  const type = textOf(query, 'response_type')
  if (type === undefined) throw refused('invalid_request', 'Missing parameter: response_type')
  if (type !== 'code') throw refused('unsupported_response_type', 'Unsupported response type: it must be code')
  const scopes = readAskedScopes(app, (textOf(query, 'scope') ?? '').split(/[ +]+/).filter(Boolean))
  const challenge = readChallenge(query)
  return { clientId: app.clientId, redirectUri, scopes, ...(challenge && { challenge }) }
}

function readChallenge(query: Query): Challenge | undefined {
  const value = textOf(query, 'code_challenge')
  const method = textOf(query, 'code_challenge_method') ?? 'plain'
  if (method !== 'S256' && method !== 'plain')
    throw refused('invalid_request', 'Invalid parameter: code_challenge_method must be S256 or plain')
  if (value === undefined) return undefined
  if (!/^[\w.~-]{43,128}$/.test(value))
    throw refused('invalid_request', 'Invalid parameter: code_challenge must be 43 to 128 letters, digits or - . _ ~')
  return { method, value }
}

/** A parameter without a value counts as not sent. */
const textOf = (query: Query, name: string) =>
  typeof query[name] === 'string' && query[name] !== '' ? (query[name] as string) : undefined

/** The app's own address with what it waits for; written as it was registered, letter by letter. */
export function backTo(redirectUri: string, answer: Record<string, string | null>): string {
  const parts = Object.entries(answer).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${encodeURIComponent(Buffer.from(value).toString())}`],
  )
  return redirectUri + (redirectUri.includes('?') ? '&' : '?') + parts.join('&')
}
