import type { Database, Store, Transaction } from '../../store/database.ts'
import * as locations from '../accounts/locationTable.ts'
import { commitCallers } from '../callers.ts'
import type { Caller, Context } from '../context.ts'
import { invalid, notFound } from '../errors.ts'
import { newId } from '../ids.ts'
import { append, type EventType } from '../outbox.ts'
import { forgetGrant, isGrantLive } from './grants.ts'
import { requireHeld } from './held.ts'
import {
  callerOf,
  change,
  draft,
  hashOf,
  hintOf,
  isLive,
  type NewToken,
  newPit,
  newV1Key,
  overlap,
  scopesOf,
  type Token,
  type TokenChange,
  type TokenKind,
} from './token.ts'
import * as tokens from './tokenTable.ts'

export type { AppGrant, NewToken, Token, TokenChange, TokenKind } from './token.ts'
export { tokenKey } from './token.ts'

/** A token with its secret, which nobody can read again. */
export interface Issued {
  token: Token
  secret: string
}

/** Who comes with a secret. */
export interface Found {
  token: Token
  caller: Caller
  /** When the secret ends; null where it does not. */
  expiresAt: number | null
}

export async function createToken(ctx: Context, wanted: NewToken): Promise<Issued> {
  return commitCallers(ctx, (tx) => insertToken(ctx, tx, wanted))
}

/** `createToken` inside a transaction of the caller's. */
export async function insertToken(ctx: Context, tx: Transaction, wanted: NewToken): Promise<Issued> {
  const id = newId()
  const secret = await newSecret(ctx, tx, wanted.kind ?? 'pit', id)
  const token = draft(wanted, id, ctx.caller.locationId, hintOf(secret), ctx.now())
  requireHeld(ctx.caller, scopesOf(token))
  await tokens.insert(tx, token)
  await tokens.insertHash(tx, hashOf(secret), token)
  await tell(ctx, tx, 'TokenCreate', null, token)
  return { token, secret }
}

/** Name, description and scopes change without touching the secret. */
export async function updateToken(ctx: Context, id: string, wanted: TokenChange): Promise<Token> {
  return commitCallers(ctx, async (tx) => {
    const before = await requireToken(ctx, tx, id)
    const after = change(before, wanted)
    const added = after.scopes.filter((scope) => !before.scopes.includes(scope))
    requireHeld(ctx.caller, added)
    await tokens.update(tx, after)
    await tell(ctx, tx, 'TokenUpdate', before, after)
    return after
  })
}

/** Gives the token a new secret. The old one works for seven more days, or not at all with `now`. */
export async function rotateToken(ctx: Context, id: string, { now }: { now: boolean }): Promise<Issued> {
  return commitCallers(ctx, async (tx) => {
    const before = await requireToken(ctx, tx, id)
    if (before.app) throw invalid('ID must not be that of an app: it renews its tokens itself')
    requireHeld(ctx.caller, scopesOf(before))
    const at = ctx.now()
    const secret = await newSecret(ctx, tx, before.kind, id)
    const after = { ...before, hint: hintOf(secret), rotatedAt: at }

    await tokens.deleteHashes(tx, before, now ? null : at)
    await tokens.expireHashes(tx, before, at + overlap)
    await tokens.insertHash(tx, hashOf(secret), after)
    await tokens.update(tx, after)
    await tell(ctx, tx, 'TokenUpdate', before, after)
    return { token: after, secret }
  })
}

/** Ends the token and all its secrets at once; an app's grant too, which takes the app out of the location. */
export async function revokeToken(ctx: Context, id: string): Promise<Token> {
  return commitCallers(ctx, async (tx) => {
    const before = await requireToken(ctx, tx, id)
    const after = { ...before, revokedAt: ctx.now() }
    if (before.app) await forgetGrant(tx, before)
    await tokens.deleteHashes(tx, before)
    await tokens.update(tx, after)
    await tell(ctx, tx, 'TokenDelete', before, null)
    return after
  })
}

/** The tokens of the location that were not revoked, oldest first. */
export async function listTokens(ctx: Context): Promise<Token[]> {
  return tokens.list(ctx.store, ctx.caller.locationId)
}

/** The token behind a secret, and whom it stands for; undefined when unknown, revoked or expired. */
export async function findToken(store: Database, secret: string, now: number): Promise<Found | undefined> {
  const hash = await tokens.findHash(store, hashOf(secret))
  if (!hash || !isLive(hash.expiresAt, now)) return undefined

  const token = await tokens.find(store, hash.locationId, hash.tokenId)
  if (!token || !isLive(token.expiresAt, now) || !(await isGrantLive(store, token))) return undefined
  return { token, caller: callerOf(token), expiresAt: hash.expiresAt }
}

/** Notes when tokens were last used, many at a time; `uses` is keyed by `tokenKey`. No change of anyone's, so no event. */
export async function touchTokens(store: Store, uses: ReadonlyMap<string, number>): Promise<void> {
  if (uses.size === 0) return
  await store.transaction(async (tx) => {
    // In one order for every process, or two would wait for each other.
    for (const [key, at] of [...uses].sort()) {
      const [locationId = '', id = ''] = key.split(' ')
      await tokens.touch(tx, locationId, id, at)
    }
  })
}

async function newSecret(ctx: Context, tx: Transaction, kind: TokenKind, tokenId: string): Promise<string> {
  if (kind === 'pit') return newPit()
  const location = await locations.find(tx, ctx.caller.locationId)
  if (!location) throw notFound('Location')
  return newV1Key(location, tokenId, ctx.now())
}

async function requireToken(ctx: Context, tx: Transaction, id: string): Promise<Token> {
  const token = await tokens.findLocked(tx, ctx.caller.locationId, id)
  if (!token || token.revokedAt !== null) throw notFound('Token')
  return token
}

/** Keeps who changed what; a token's record holds neither secret nor hash. */
const tell = (ctx: Context, tx: Transaction, type: EventType, before: Token | null, after: Token | null) =>
  append(ctx, tx, { types: [type], record: 'token', recordId: (after ?? before)?.id ?? '', before, after })
