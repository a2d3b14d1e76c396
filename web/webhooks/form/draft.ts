import type { Static } from '@sinclair/typebox'
import type { CreateBody, UpdateBody } from '../../../src/api/console/webhookWire.ts'
import { every } from '../eventTypes.ts'
import type { Webhook } from '../useWebhooks.ts'

export interface Draft {
  url: string
  name: string
  /** Whether it is told of everything; what was chosen one by one is remembered meanwhile. */
  isEvery: boolean
  types: string[]
  retryMode: Webhook['retryMode']
  appId: string
  legacySignature: boolean
}

/** A header as it is typed. Its value is a secret: it is kept nowhere but in the open form. */
export interface Header {
  key: number
  name: string
  value: string
}

export const blank: Draft = {
  url: '',
  name: '',
  isEvery: false,
  types: [],
  retryMode: 'standard',
  appId: '',
  legacySignature: false,
}

export const draftOf = ({ url, name, types, retryMode, appId, legacySignature }: Webhook): Draft => ({
  url,
  name,
  isEvery: types.includes(every),
  types: types.filter((type) => type !== every),
  retryMode,
  appId: appId ?? '',
  legacySignature,
})

/** Null for the headers leaves those that there are. */
export function bodyOf(draft: Draft, headers: Header[] | null): Static<typeof CreateBody> {
  const { url, name, isEvery, types, retryMode, appId, legacySignature } = draft
  const named = headers?.filter((header) => header.name.trim() !== '' || header.value !== '')
  return {
    url: url.trim(),
    ...(name.trim() && { name: name.trim() }),
    types: isEvery ? [every] : types,
    retryMode,
    appId: appId.trim() || null,
    legacySignature,
    ...(named && { headers: Object.fromEntries(named.map((header) => [header.name.trim(), header.value])) }),
  } satisfies Static<typeof UpdateBody>
}

/** Two of one name would become one without a word. */
export function twiceIn(headers: Header[] | null): string | undefined {
  const names = headers?.map(({ name }) => name.trim().toLowerCase()).filter(Boolean) ?? []
  return names.find((name, at) => names.indexOf(name) < at)
}

/** What the server would not send to, unless it was told to: as far as an address shows it. */
export function looksInside(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { hostname } = new URL(url)
  if (/^[\d.]+$/.test(hostname)) return privateV4.test(hostname)
  return /^(localhost|.*\.(localhost|local|internal|lan|home\.arpa))$|^\[(::1?|f[cd].*|fe[89ab].*|::ffff:.*)\]$/.test(
    hostname,
  )
}

const privateV4 =
  /^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./
