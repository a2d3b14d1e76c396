import sql from 'sql-template-tag'
import type { Database, Transaction } from '../../store/database.ts'

/** A link by which a user chooses a password, kept as the hash of its secret. */
export interface Invitation {
  hash: string
  locationId: string
  userId: string
  expiresAt: number
}

export const find = (db: Database, hash: string) =>
  db.one<Invitation>(sql`
    select hash, location_id as "locationId", user_id as "userId", expires_at as "expiresAt"
    from invitations where hash = ${hash}`)

export const insert = (tx: Transaction, { hash, locationId, userId, expiresAt }: Invitation) =>
  tx.run(sql`
    insert into invitations (hash, location_id, user_id, expires_at)
    values (${hash}, ${locationId}, ${userId}, ${expiresAt})`)

/** Of all who come with an invitation, one finds that this took it away. */
export const use = (tx: Transaction, hash: string) => tx.run(sql`delete from invitations where hash = ${hash}`)

/** Forgets those of everybody that have ended. */
export const prune = (tx: Transaction, now: number) => tx.run(sql`delete from invitations where expires_at <= ${now}`)
