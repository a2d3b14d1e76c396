import { createPrivateKey, generateKeyPair, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { newId } from '../../../domain/ids.ts'
import type { Store } from '../../../store/database.ts'
import * as table from './keyTable.ts'

export const algorithms = ['ed25519', 'rsa'] as const
export type Algorithm = (typeof algorithms)[number]

/** A pair of the installation's own; both halves as PEM. Times are epoch milliseconds. */
export interface KeyPair {
  id: string
  algorithm: Algorithm
  publicKey: string
  privateKey: string
  createdAt: number
  /** From then on it is the one that signs, until one of its kind follows it. */
  activeFrom: number
  /** Until then it is published. */
  endsAt: number | null
}

/** A pair that is ready to sign. */
export interface SigningKey extends KeyPair {
  key: KeyObject
  isActive: boolean
}

/** How long a new pair is published before it signs, and the old one after it has signed for the last time. */
const overlap = 7 * 24 * 60 * 60 * 1000

/** Half of HighLevel's, which receivers do not mind: to sign with its length takes six times as long. */
const modulusLength = 2048

const generate = promisify(generateKeyPair)
/** Those that receivers may meet. Makes what is missing, whoever asks first. */
export async function keyPairs(store: Store, now: number, wanted: readonly Algorithm[] = ['ed25519']) {
  const found = live(await table.read(store), now)
  const missing = wanted.filter((algorithm) => !found.some((pair) => pair.algorithm === algorithm))
  if (missing.length === 0) return found
  const made = await Promise.all(missing.map((algorithm) => newPair(algorithm, now, now)))
  return store.transaction(async (tx) => {
    await tx.alone(table.name)
    const before = await table.read(tx)
    const added = made.filter(({ algorithm }) => !live(before, now).some((pair) => pair.algorithm === algorithm))
    if (added.length > 0) await table.write(tx, [...before, ...added])
    return live([...before, ...added], now)
  })
}

/**
 * Makes new pairs in place of those that there are. They are published at once and sign after seven days, when every
 * receiver has had time to fetch them; the old ones stay published for seven more. With `atOnce` the old ones end now.
 */
export async function rotateKeyPairs(store: Store, now: number, atOnce: boolean): Promise<KeyPair[]> {
  const old = await keyPairs(store, now)
  const activeFrom = atOnce ? now : now + overlap
  const kinds = algorithms.filter((algorithm) => old.some((pair) => pair.algorithm === algorithm))
  const made = await Promise.all(kinds.map((algorithm) => newPair(algorithm, now, activeFrom)))
  const end = atOnce ? now : activeFrom + overlap
  return store.transaction(async (tx) => {
    await tx.alone(table.name)
    const before = live(await table.read(tx), now)
    const ending = before.map((pair) => ({ ...pair, endsAt: Math.min(pair.endsAt ?? Infinity, end) }))
    await table.write(tx, [...live(ending, now), ...made])
    return live([...ending, ...made], now)
  })
}

const keyObjects = new Map<string, KeyObject>()

/** The same pairs, ready to sign; what was read from PEM is kept. */
export async function signingKeys(store: Store, now: number): Promise<SigningKey[]> {
  const pairs = await keyPairs(store, now)
  const active = new Set(algorithms.map((algorithm) => activeOf(pairs, algorithm, now)?.id))
  return pairs.map((pair) => {
    const key = keyObjects.get(pair.id) ?? createPrivateKey(pair.privateKey)
    keyObjects.set(pair.id, key)
    return { ...pair, key, isActive: active.has(pair.id) }
  })
}

/** Of a kind, the newest that may sign by now. */
export function activeOf(pairs: KeyPair[], algorithm: Algorithm, now: number): KeyPair | undefined {
  return pairs
    .filter((pair) => pair.algorithm === algorithm && pair.activeFrom <= now)
    .sort((a, b) => b.activeFrom - a.activeFrom)[0]
}

const live = (pairs: KeyPair[], now: number) => pairs.filter(({ endsAt }) => endsAt === null || endsAt > now)

async function newPair(algorithm: Algorithm, now: number, activeFrom: number): Promise<KeyPair> {
  const made = algorithm === 'rsa' ? await generate('rsa', { modulusLength }) : generateKeyPairSync('ed25519')
  return {
    id: newId(),
    algorithm,
    publicKey: made.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: made.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    createdAt: now,
    activeFrom,
    endsAt: null,
  }
}
