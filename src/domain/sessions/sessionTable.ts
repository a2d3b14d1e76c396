import sql from 'sql-template-tag'
import type { Database, Transaction } from '../../store/database.ts'
import type { Session } from './session.ts'

export const find = (db: Database, hash: string) =>
  db.one<Session>(sql`
    select hash, location_id as "locationId", user_id as "userId", expires_at as "expiresAt"
    from sessions where hash = ${hash}`)

export const insert = (tx: Transaction, { hash, locationId, userId, expiresAt }: Session) =>
  tx.run(sql`
    insert into sessions (hash, location_id, user_id, expires_at)
    values (${hash}, ${locationId}, ${userId}, ${expiresAt})`)

/** Puts its end off; one that was ended meanwhile stays ended. */
export const extend = (tx: Transaction, { hash }: Session, expiresAt: number) =>
  tx.run(sql`update sessions set expires_at = ${expiresAt} where hash = ${hash}`)

export const remove = (tx: Transaction, hash: string) => tx.run(sql`delete from sessions where hash = ${hash}`)

/** Forgets those of everybody that have ended. */
export const prune = (tx: Transaction, now: number) => tx.run(sql`delete from sessions where expires_at <= ${now}`)

/** Leaves a user those that last longest. */
export const keepNewest = (tx: Transaction, { locationId, userId }: Session, most: number) =>
  tx.run(sql`
    delete from sessions
    where location_id = ${locationId} and user_id = ${userId} and expires_at <= (
      select expires_at from sessions where location_id = ${locationId} and user_id = ${userId}
      order by expires_at desc limit 1 offset ${most})`)
