import sql, { empty, raw } from 'sql-template-tag'
import type { Database, Transaction } from '../../store/database.ts'
import type { Token } from './token.ts'

interface Hash {
  locationId: string
  tokenId: string
  expiresAt: number | null
}

type Row = Omit<Token, 'scopes' | 'app'> & { scopes: string; app: string | null }

const columns = raw(`location_id as "locationId", id, kind, name, description, hint, scopes, created_at as "createdAt",
  rotated_at as "rotatedAt", expires_at as "expiresAt", revoked_at as "revokedAt", last_used_at as "lastUsedAt",
  app`)

export async function find(db: Database, locationId: string, id: string): Promise<Token | undefined> {
  const row = await db.one<Row>(sql`select ${columns} from tokens where location_id = ${locationId} and id = ${id}`)
  return row && read(row)
}

export async function findLocked(tx: Transaction, locationId: string, id: string): Promise<Token | undefined> {
  const row = await tx.one<Row>(
    sql`select ${columns} from tokens where location_id = ${locationId} and id = ${id} ${tx.lock}`,
  )
  return row && read(row)
}

/** Oldest first, without the revoked. */
export async function list(db: Database, locationId: string): Promise<Token[]> {
  const rows = await db.all<Row>(sql`
    select ${columns} from tokens
    where location_id = ${locationId} and revoked_at is null
    order by created_at, kind, name, id`)
  return rows.map(read)
}

export const insert = (tx: Transaction, token: Token) =>
  tx.run(sql`
    insert into tokens (location_id, id, kind, name, description, hint, scopes,
      created_at, rotated_at, expires_at, revoked_at, last_used_at, app)
    values (${token.locationId}, ${token.id}, ${token.kind}, ${token.name}, ${token.description}, ${token.hint},
      ${JSON.stringify(token.scopes)}, ${token.createdAt}, ${token.rotatedAt}, ${token.expiresAt}, ${token.revokedAt},
      ${token.lastUsedAt}, ${token.app ? JSON.stringify(token.app) : null})`)

export const update = (tx: Transaction, token: Token) =>
  tx.run(sql`
    update tokens set name = ${token.name}, description = ${token.description}, hint = ${token.hint},
      scopes = ${JSON.stringify(token.scopes)}, rotated_at = ${token.rotatedAt}, expires_at = ${token.expiresAt},
      revoked_at = ${token.revokedAt}
    where location_id = ${token.locationId} and id = ${token.id}`)

/** Moves the time of last use forward, never back. */
export const touch = (tx: Transaction, locationId: string, id: string, at: number) =>
  tx.run(sql`
    update tokens set last_used_at = ${at}
    where location_id = ${locationId} and id = ${id} and (last_used_at is null or last_used_at < ${at})`)

export const findHash = (db: Database, hash: string) =>
  db.one<Hash>(sql`
    select location_id as "locationId", token_id as "tokenId", expires_at as "expiresAt"
    from token_hashes where hash = ${hash}`)

export const insertHash = (tx: Transaction, hash: string, token: Token) =>
  tx.run(sql`
    insert into token_hashes (hash, location_id, token_id, expires_at)
    values (${hash}, ${token.locationId}, ${token.id}, ${token.expiresAt})`)

/** Of the tokens of a location with a secret that ends before they do: when the last of those ends. */
export const listOldEnds = (db: Database, locationId: string, now: number) =>
  db.all<{ tokenId: string; endsAt: number }>(sql`
    select h.token_id as "tokenId", max(h.expires_at) as "endsAt"
    from tokens t join token_hashes h on h.location_id = t.location_id and h.token_id = t.id
    where t.location_id = ${locationId} and t.revoked_at is null and t.kind in ('pit', 'v1')
      and h.expires_at > ${now} and (t.expires_at is null or h.expires_at < t.expires_at)
    group by h.token_id`)

/** No secret of this token works longer than until `at`; those that end sooner keep their time. */
export const expireHashes = (tx: Transaction, token: Token, at: number) =>
  tx.run(sql`
    update token_hashes set expires_at = ${at}
    where location_id = ${token.locationId} and token_id = ${token.id} and (expires_at is null or expires_at > ${at})`)

/** Forgets the secrets of this token that end at `at` or before; all of them when no time is given. */
export const deleteHashes = (tx: Transaction, token: Token, at: number | null = null) =>
  tx.run(sql`
    delete from token_hashes
    where location_id = ${token.locationId} and token_id = ${token.id} ${at === null ? empty : sql`and expires_at <= ${at}`}`)

const read = ({ app, ...row }: Row): Token => ({
  ...row,
  scopes: JSON.parse(row.scopes),
  ...(app && { app: JSON.parse(app) }),
})
