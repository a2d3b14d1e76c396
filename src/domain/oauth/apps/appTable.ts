import sql from 'sql-template-tag'
import type { Database, Transaction } from '../../../store/database.ts'
import { type App, isClientId } from './app.ts'

/** With what is not for everybody's eyes, and whether the app is being deleted. */
export interface Kept extends App {
  secretHash: string
  deletedAt: number | null
}

type Row = Omit<Kept, 'redirectUris' | 'scopes'> & { redirectUris: string; scopes: string }

const columns = sql`client_id as "clientId", secret_hash as "secretHash", name, redirect_uris as "redirectUris", scopes,
  distribution, created_at as "createdAt", rotated_at as "rotatedAt", deleted_at as "deletedAt"`

export async function find(db: Database, clientId: string): Promise<Kept | undefined> {
  if (!isClientId(clientId)) return undefined
  const row = await db.one<Row>(sql`select ${columns} from oauth_apps where client_id = ${clientId}`)
  return row && read(row)
}

/** Whether the app is there and stays as it is until the end of the transaction. */
export async function isOpen(tx: Transaction, clientId: string): Promise<boolean> {
  const row = await tx.one(
    sql`select client_id from oauth_apps where client_id = ${clientId} and deleted_at is null ${tx.lock}`,
  )
  return row !== undefined
}

/** Oldest first. */
export async function list(db: Database): Promise<Kept[]> {
  const rows = await db.all<Row>(sql`select ${columns} from oauth_apps order by created_at, client_id`)
  return rows.map(read)
}

export const insert = (tx: Transaction, app: App, secretHash: string) =>
  tx.run(sql`
    insert into oauth_apps (client_id, secret_hash, name, redirect_uris, scopes, distribution, created_at, rotated_at)
    values (${app.clientId}, ${secretHash}, ${app.name}, ${JSON.stringify(app.redirectUris)},
      ${JSON.stringify(app.scopes)}, ${app.distribution}, ${app.createdAt}, ${app.rotatedAt})`)

export const update = (tx: Transaction, { clientId, name, redirectUris, scopes, distribution }: App) =>
  tx.run(sql`
    update oauth_apps set name = ${name}, redirect_uris = ${JSON.stringify(redirectUris)},
      scopes = ${JSON.stringify(scopes)}, distribution = ${distribution}
    where client_id = ${clientId} and deleted_at is null`)

/** Answers how many there were: none or one. */
export const rotate = (tx: Transaction, clientId: string, secretHash: string, at: number) =>
  tx.run(sql`
    update oauth_apps set secret_hash = ${secretHash}, rotated_at = ${at}
    where client_id = ${clientId} and deleted_at is null`)

export const close = (tx: Transaction, clientId: string, at: number) =>
  tx.run(sql`update oauth_apps set deleted_at = ${at} where client_id = ${clientId}`)

export const remove = (tx: Transaction, clientId: string) =>
  tx.run(sql`delete from oauth_apps where client_id = ${clientId}`)

const read = (row: Row): Kept => ({
  ...row,
  redirectUris: JSON.parse(row.redirectUris),
  scopes: JSON.parse(row.scopes),
})
