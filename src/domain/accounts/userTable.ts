import sql, { empty, raw } from 'sql-template-tag'
import type { Database, Transaction } from '../../store/database.ts'
import type { User } from './user.ts'

type Row = Omit<User, 'profile' | 'deleted'> & { profile: string; deleted: number }

export interface SignIn {
  email: string
  locationId: string
  userId: string
  passwordHash: string
}

const columns =
  raw(`id, location_id as "locationId", first_name as "firstName", last_name as "lastName", email, phone, role,
  profile, deleted, created_at as "createdAt", updated_at as "updatedAt"`)

const signInColumns = raw(`email, location_id as "locationId", user_id as "userId", password_hash as "passwordHash"`)

export async function find(db: Database, locationId: string, id: string): Promise<User | undefined> {
  const row = await db.one<Row>(sql`select ${columns} from users where location_id = ${locationId} and id = ${id}`)
  return row && read(row)
}

export async function findLocked(tx: Transaction, locationId: string, id: string): Promise<User | undefined> {
  const row = await tx.one<Row>(
    sql`select ${columns} from users where location_id = ${locationId} and id = ${id} ${tx.lock}`,
  )
  return row && read(row)
}

/** Deleted ones too; with the `lock` of who means to bring such a one back. */
export async function findByEmail(db: Database, locationId: string, email: string, lock = empty) {
  const row = await db.one<Row>(
    sql`select ${columns} from users where location_id = ${locationId} and email = ${email} ${lock}`,
  )
  return row && read(row)
}

/** Everybody who ever worked here, the deleted too. */
export async function list(db: Database, locationId: string): Promise<User[]> {
  const rows = await db.all<Row>(sql`select ${columns} from users where location_id = ${locationId}`)
  return rows.map(read)
}

export const insert = (tx: Transaction, user: User) =>
  tx.run(sql`
    insert into users (location_id, id, first_name, last_name, email, phone, role, profile, deleted,
      created_at, updated_at)
    values (${user.locationId}, ${user.id}, ${user.firstName}, ${user.lastName}, ${user.email}, ${user.phone},
      ${user.role}, ${JSON.stringify(user.profile)}, ${Number(user.deleted)}, ${user.createdAt}, ${user.updatedAt})`)

export const update = (tx: Transaction, user: User) =>
  tx.run(sql`
    update users
    set first_name = ${user.firstName}, last_name = ${user.lastName}, email = ${user.email}, phone = ${user.phone},
      role = ${user.role}, profile = ${JSON.stringify(user.profile)}, deleted = ${Number(user.deleted)},
      updated_at = ${user.updatedAt}
    where location_id = ${user.locationId} and id = ${user.id}`)

/** Across all locations: an e-mail address signs in to one of them. With the `lock` of who needs it to stay. */
export const findSignIn = (db: Database, email: string, lock = empty) =>
  db.one<SignIn>(sql`select ${signInColumns} from sign_ins where email = ${email} ${lock}`)

export const findSignInOf = (db: Database, user: User) =>
  db.one<SignIn>(
    sql`select ${signInColumns} from sign_ins where location_id = ${user.locationId} and user_id = ${user.id}`,
  )

export const insertSignIn = (tx: Transaction, user: User, passwordHash: string) =>
  tx.run(sql`
    insert into sign_ins (email, location_id, user_id, password_hash)
    values (${user.email}, ${user.locationId}, ${user.id}, ${passwordHash})`)

export const removeSignIn = (tx: Transaction, user: User) =>
  tx.run(sql`delete from sign_ins where location_id = ${user.locationId} and user_id = ${user.id}`)

/** Nobody goes on as this user, in whatever browser. */
export const removeSessions = (tx: Transaction, user: User) =>
  tx.run(sql`delete from sessions where location_id = ${user.locationId} and user_id = ${user.id}`)

export const removeInvitations = (tx: Transaction, user: User) =>
  tx.run(sql`delete from invitations where location_id = ${user.locationId} and user_id = ${user.id}`)

const read = (row: Row): User => ({ ...row, profile: JSON.parse(row.profile), deleted: row.deleted !== 0 })
