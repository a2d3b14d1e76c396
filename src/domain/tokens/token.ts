import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { Caller } from '../context.ts'
import { invalid } from '../errors.ts'
import { readScopes, type Scope, usualScopes } from './scopes.ts'

/**
 * `pit`: a private integration token, scoped, for v2 and v3. `v1`: an API key, unrestricted, for v1 only. `oauth`: an
 * app's grant in a location; `agency`: its grant for the whole company, whose id takes the location's place.
 */
export type TokenKind = 'pit' | 'v1' | 'oauth' | 'agency'

/** Whose a grant is: an app's, by the leave of a user of the company. */
export interface AppGrant {
  clientId: string
  companyId: string
  userId: string
  /** The agency's grant by which a location's was made; it ends with that one. */
  agencyTokenId?: string
}

/** A bearer credential. The secret itself is shown once and kept only as a hash. */
export interface Token {
  id: string
  /** Of an agency's grant, the company's id. */
  locationId: string
  kind: TokenKind
  name: string
  description: string
  /** The last characters of the secret, to tell tokens apart. */
  hint: string
  /** Empty for a v1 key, which knows no scopes. */
  scopes: Scope[]
  createdAt: number
  rotatedAt: number | null
  expiresAt: number | null
  revokedAt: number | null
  lastUsedAt: number | null
  /** Only of a grant. */
  app?: AppGrant
}

export interface NewToken {
  name: string
  description?: string | undefined
  scopes?: readonly string[] | undefined
  kind?: TokenKind | undefined
  expiresAt?: number | null | undefined
  app?: AppGrant | undefined
}

/** What can change without a new secret. */
export type TokenChange = Partial<Pick<NewToken, 'name' | 'description' | 'scopes'>>

/** How long the old secret still works after a rotation that is not immediate. */
export const overlap = 7 * 24 * 60 * 60 * 1000

/** A new token's record; its scopes are the usual ones unless some are named. */
export function draft(wanted: NewToken, id: string, locationId: string, hint: string, now: number): Token {
  const kind = wanted.kind ?? 'pit'
  return {
    id,
    locationId,
    kind,
    name: readName(wanted.name),
    description: wanted.description ?? '',
    hint,
    scopes: readScopesOf(kind, wanted.scopes),
    createdAt: now,
    rotatedAt: null,
    expiresAt: readEnd(wanted.expiresAt ?? null, now),
    revokedAt: null,
    lastUsedAt: null,
    ...(wanted.app && { app: wanted.app }),
  }
}

export function change(before: Token, wanted: TokenChange): Token {
  return {
    ...before,
    name: wanted.name === undefined ? before.name : readName(wanted.name),
    description: wanted.description ?? before.description,
    scopes: wanted.scopes === undefined ? before.scopes : readScopesOf(before.kind, wanted.scopes),
  }
}

/** Who a token stands for. */
export function callerOf(token: Token): Caller {
  const caller = {
    locationId: token.locationId,
    kind: 'token',
    id: token.id,
    scopes: new Set(scopesOf(token)),
  } as const
  return token.kind === 'agency' ? { ...caller, isAgency: true } : caller
}

/** What a token allows; a v1 key, which knows no scopes, all that is usual. */
export const scopesOf = ({ kind, scopes }: Pick<Token, 'kind' | 'scopes'>): readonly Scope[] =>
  kind === 'v1' ? usualScopes : scopes

export const isLive = (expiresAt: number | null, now: number): boolean => expiresAt === null || expiresAt > now

/** Names one token among those of all locations; the key of what `touchTokens` takes. */
export const tokenKey = (token: Pick<Token, 'locationId' | 'id'>): string => `${token.locationId} ${token.id}`

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

export const hintOf = (secret: string): string => secret.slice(-4)

export const newPit = (): string => `pit-${randomUUID()}`

/** The shape of a v1 key, for clients that look inside. Its signing key is forgotten: only its hash is ever looked up. */
export function newV1Key(location: { id: string; companyId: string }, tokenId: string, now: number): string {
  const claims = { location_id: location.id, company_id: location.companyId, version: 1, iat: now, sub: tokenId }
  const content = [{ alg: 'HS256', typ: 'JWT' }, claims].map(encode).join('.')
  return `${content}.${createHmac('sha256', randomBytes(32)).update(content).digest('base64url')}`
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

function readName(name: string): string {
  if (!name.trim()) throw invalid('name should not be empty')
  return name.trim()
}

function readEnd(expiresAt: number | null, now: number): number | null {
  if (expiresAt !== null && expiresAt <= now) throw invalid('expiresAt must be in the future')
  return expiresAt
}

function readScopesOf(kind: TokenKind, wanted: readonly string[] | undefined): Scope[] {
  if (kind !== 'v1') return wanted ? readScopes(wanted) : usualScopes
  if (wanted && wanted.length > 0) throw invalid('scopes should not exist: a v1 key has none, it may do everything')
  return []
}
