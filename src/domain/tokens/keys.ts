import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import type { Token } from './token.ts'
import * as tokens from './tokenTable.ts'

/** A private integration or a v1 key: a token that people make, and whose secret they replace. */
export interface Key extends Token {
  /** When the secret ends that the last rotation replaced; null once it has ended, or where it did so at once. */
  oldSecretEndsAt: number | null
}

/** Oldest first, without the revoked; what apps were allowed stands with the apps. */
export async function listKeys({ store, caller, now }: Context): Promise<Key[]> {
  const all = (await tokens.list(store, caller.locationId)).filter(isKey)
  const ends = new Map(
    (await tokens.listOldEnds(store, caller.locationId, now())).map((row) => [row.tokenId, row.endsAt]),
  )
  return all.map((token) => ({ ...token, oldSecretEndsAt: ends.get(token.id) ?? null }))
}

export async function getKey(ctx: Context, id: string): Promise<Key> {
  const key = (await listKeys(ctx)).find((one) => one.id === id)
  if (!key) throw notFound('Token')
  return key
}

const isKey = ({ kind }: Token) => kind === 'pit' || kind === 'v1'
