import sql from 'sql-template-tag'
import type { Database, Transaction } from '../../store/database.ts'
import type { Token } from './token.ts'

/** Where an app is installed: a location, or a company in a location's place. */
export interface Install {
  locationId: string
  tokenId: string
  installedAt: number
}

/** A family of refresh tokens: the hash of its name, and of the only one of them that is good. */
export interface Family {
  family: string
  hash: string
  locationId: string
  tokenId: string
  expiresAt: number
}

/** The oldest first. */
export const installsOf = (db: Database, clientId: string) =>
  db.all<Install>(sql`
    select location_id as "locationId", token_id as "tokenId", installed_at as "installedAt"
    from app_installs where client_id = ${clientId} order by installed_at, location_id, token_id`)

export const insertInstall = (tx: Transaction, clientId: string, { locationId, tokenId, installedAt }: Install) =>
  tx.run(sql`
    insert into app_installs (client_id, location_id, token_id, installed_at)
    values (${clientId}, ${locationId}, ${tokenId}, ${installedAt})`)

export const deleteInstall = (tx: Transaction, clientId: string, token: Token) =>
  tx.run(sql`
    delete from app_installs
    where client_id = ${clientId} and location_id = ${token.locationId} and token_id = ${token.id}`)

export const findFamily = (db: Database, family: string) =>
  db.one<Family>(sql`
    select family, hash, location_id as "locationId", token_id as "tokenId", expires_at as "expiresAt"
    from refresh_tokens where family = ${family}`)

export const insertFamily = (tx: Transaction, { family, hash, locationId, tokenId, expiresAt }: Family) =>
  tx.run(sql`
    insert into refresh_tokens (family, hash, location_id, token_id, expires_at)
    values (${family}, ${hash}, ${locationId}, ${tokenId}, ${expiresAt})`)

/** The next one of its family is good from now on, and no other. */
export const renewFamily = (tx: Transaction, { family, hash, expiresAt }: Family) =>
  tx.run(sql`update refresh_tokens set hash = ${hash}, expires_at = ${expiresAt} where family = ${family}`)

/** Finds nothing but what the transaction wrote that made this refresh token. */
export const proof = ({ family, hash }: Family) =>
  sql`select 1 from refresh_tokens where family = ${family} and hash = ${hash}`

export const deleteFamilies = (tx: Transaction, token: Token) =>
  tx.run(sql`delete from refresh_tokens where location_id = ${token.locationId} and token_id = ${token.id}`)

/** Forgets the families of a grant that have ended, and all but those that last longest. */
export const pruneFamilies = (tx: Transaction, token: Token, now: number, most: number) =>
  tx.run(sql`
    delete from refresh_tokens
    where location_id = ${token.locationId} and token_id = ${token.id} and (expires_at <= ${now} or expires_at <= (
      select expires_at from refresh_tokens
      where location_id = ${token.locationId} and token_id = ${token.id}
      order by expires_at desc limit 1 offset ${most}))`)

/** The same of its access tokens. */
export const pruneHashes = (tx: Transaction, token: Token, now: number, most: number) =>
  tx.run(sql`
    delete from token_hashes
    where location_id = ${token.locationId} and token_id = ${token.id} and (expires_at <= ${now} or expires_at <= (
      select expires_at from token_hashes
      where location_id = ${token.locationId} and token_id = ${token.id}
      order by expires_at desc limit 1 offset ${most}))`)
