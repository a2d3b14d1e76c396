import { createHmac, randomBytes } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, type CryptoKey as Key } from 'jose'
import sql from 'sql-template-tag'
import type { Database, Store } from '../../store/database.ts'

/** What this installation signs with; made once, when it is first needed, and alike in every process. */
export interface Keys {
  id: string
  /** Signs access tokens; RS256. */
  signing: Key
  /** What others verify them by. */
  publicJwk: JWK
  /** A keyed hash of `text`, for what goes out and must come back unchanged. */
  seal: (text: string) => string
}

interface Saved {
  signing: JWK
  sealing: string
}

const held = new WeakMap<Store, Promise<Keys>>()

export function keysOf(store: Store): Promise<Keys> {
  const known = held.get(store)
  if (known) return known
  const loading = load(store)
  held.set(store, loading)
  loading.catch(() => held.delete(store))
  return loading
}

async function load(store: Store): Promise<Keys> {
  const { signing, sealing } = (await find(store)) ?? (await make(store))
  const { kty, n, e } = signing as { kty: string; n: string; e: string }
  const id = await calculateJwkThumbprint({ kty, n, e })
  return {
    id,
    signing: (await importJWK(signing, 'RS256')) as Key,
    publicJwk: { kty, n, e, kid: id, alg: 'RS256', use: 'sig' },
    seal: (text) => createHmac('sha256', sealing).update(text).digest('base64url'),
  }
}

/** Of several processes that begin together, one keeps what it made, and the others take that. */
async function make(store: Store): Promise<Saved> {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true })
  const made: Saved = { signing: await exportJWK(privateKey), sealing: randomBytes(32).toString('base64url') }
  return store.transaction(async (tx) => {
    await tx.run(sql`
      insert into installation (name, value) values ('oauth_keys', ${JSON.stringify(made)})
      on conflict (name) do nothing`)
    return (await find(tx)) ?? made
  })
}

async function find(db: Database): Promise<Saved | undefined> {
  const row = await db.one<{ value: string }>(sql`select value from installation where name = 'oauth_keys'`)
  return row && JSON.parse(row.value)
}
