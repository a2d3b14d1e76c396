import { randomBytes } from 'node:crypto'
import { invalid } from '../../domain/errors.ts'
import { readHeaders } from './headers.ts'
import { readTypes, type Subscribed } from './types.ts'

/** `standard`: whatever fails is tried again, for three days. `highlevel`: only 429, as HighLevel does (contract 6). */
export const retryModes = ['standard', 'highlevel'] as const
export type RetryMode = (typeof retryModes)[number]

/**
 * `paused`: somebody wants nothing sent for a while; what happens meanwhile waits. `disabled`: the receiver wants
 * nothing, or has failed for days; what happens meanwhile is not kept for it.
 */
export const states = ['active', 'paused', 'disabled'] as const
export type WebhookState = (typeof states)[number]

/** Signs deliveries, until its end where it has been replaced. */
export interface Secret {
  secret: string
  endsAt: number | null
}

/** A subscription: which events of a location go where. Times are epoch milliseconds. */
export interface Webhook {
  id: string
  locationId: string
  name: string
  url: string
  types: Subscribed[]
  retryMode: RetryMode
  /** Sent with each delivery, beside ours. */
  headers: Record<string, string>
  /** Told as `appId`, for receivers that know theirs and pass over others. */
  appId: string | null
  /** Whether deliveries carry the RSA signature too, for receivers that know no other. */
  legacySignature: boolean
  /** The newest first. */
  secrets: Secret[]
  state: WebhookState
  /** Why it is not active, where nobody asked for it. */
  stateReason: string | null
  stateAt: number
  createdAt: number
  updatedAt: number
}

export interface WebhookInput {
  name?: string | undefined
  url?: string | undefined
  types?: readonly string[] | undefined
  retryMode?: RetryMode | undefined
  headers?: Record<string, string> | undefined
  appId?: string | null | undefined
  legacySignature?: boolean | undefined
}

export type NewWebhook = WebhookInput & { url: string; types: readonly string[] }

/** How long the old secret still signs beside the new one after a rotation that is not immediate. */
export const overlap = 7 * 24 * 60 * 60 * 1000

const longestUrl = 2000

export function draft(id: string, locationId: string, wanted: NewWebhook, now: number): Webhook {
  const blank: Webhook = {
    id,
    locationId,
    name: '',
    url: '',
    types: [],
    retryMode: 'standard',
    headers: {},
    appId: null,
    legacySignature: false,
    secrets: [{ secret: newSecret(), endsAt: null }],
    state: 'active',
    stateReason: null,
    stateAt: now,
    createdAt: now,
    updatedAt: now,
  }
  const made = change(blank, wanted, now)
  return { ...made, name: made.name || new URL(made.url).hostname }
}

/** The webhook after a change: the very same object when nothing differs. */
export function change(before: Webhook, wanted: WebhookInput, now: number): Webhook {
  const after: Webhook = {
    ...before,
    name: wanted.name?.trim() || before.name,
    url: wanted.url === undefined ? before.url : readUrl(wanted.url),
    types: wanted.types === undefined ? before.types : readTypes(wanted.types),
    retryMode: wanted.retryMode ?? before.retryMode,
    headers: wanted.headers === undefined ? before.headers : readHeaders(wanted.headers),
    appId: wanted.appId === undefined ? before.appId : wanted.appId || null,
    legacySignature: wanted.legacySignature ?? before.legacySignature,
  }
  return JSON.stringify(after) === JSON.stringify(before) ? before : { ...after, updatedAt: now }
}

/** The webhook in another state; the very same object where it is in that one already. */
export function turn(before: Webhook, state: WebhookState, reason: string | null, now: number): Webhook {
  if (before.state === state) return before
  return { ...before, state, stateReason: reason, stateAt: now, updatedAt: now }
}

/** With a new secret first; the old ones sign for seven more days, or not at all with `atOnce`. */
export function rotate(before: Webhook, atOnce: boolean, now: number): Webhook {
  const ending = (secret: Secret) => ({ ...secret, endsAt: Math.min(secret.endsAt ?? Infinity, now + overlap) })
  const old = atOnce ? [] : liveSecrets(before, now).map(ending)
  return { ...before, secrets: [{ secret: newSecret(), endsAt: null }, ...old], updatedAt: now }
}

export const liveSecrets = ({ secrets }: Webhook, now: number): Secret[] =>
  secrets.filter(({ endsAt }) => endsAt === null || endsAt > now)

/** What the history keeps: everything but what is secret. */
export function shown({ secrets: _, headers, ...rest }: Webhook) {
  return { ...rest, headers: Object.keys(headers) }
}

/** The form of Standard Webhooks. */
const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`

/** The address as the network will see it: `http://2130706433` is `http://127.0.0.1/`. */
function readUrl(given: string): string {
  const text = given.trim()
  if (!text) throw invalid('url should not be empty')
  if (text.length > longestUrl) throw invalid(`url must be shorter than or equal to ${longestUrl} characters`)
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw invalid('url must be an http or https address, such as https://example.com/hooks')
  }
  if (url.username || url.password)
    throw invalid('url must not contain a user name or a password; send them in headers')
  url.hash = ''
  return url.href
}
