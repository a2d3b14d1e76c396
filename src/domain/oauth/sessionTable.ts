import sql from 'sql-template-tag'
import type { Database, Transaction } from '../../store/database.ts'

/** Somebody who showed a password, and where they work. */
export interface SignedIn {
  locationId: string
  userId: string
}

export interface Session extends SignedIn {
  hash: string
  expiresAt: number
}

export const find = (db: Database, hash: string) =>
  db.one<Session>(sql`
    select hash, location_id as "locationId", user_id as "userId", expires_at as "expiresAt"
    from oauth_sessions where hash = ${hash}`)

export const insert = (tx: Transaction, { hash, locationId, userId, expiresAt }: Session) =>
  tx.run(sql`
    insert into oauth_sessions (hash, location_id, user_id, expires_at)
    values (${hash}, ${locationId}, ${userId}, ${expiresAt})`)

/** Forgets those that ended. */
export const prune = (tx: Transaction, now: number) =>
  tx.run(sql`delete from oauth_sessions where expires_at <= ${now}`)
