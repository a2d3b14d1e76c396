import type { Database, Transaction } from '../../store/database.ts'
import { commitCallers } from '../callers.ts'
import { commit } from '../commit.ts'
import type { Context } from '../context.ts'
import { DomainError, invalid, notFound } from '../errors.ts'
import { newId } from '../ids.ts'
import { append, type EventType } from '../outbox.ts'
import { hashPassword } from './password.ts'
import { change, draft, matching, type NewUser, type User, type UserChange, type UserSearch } from './user.ts'
import * as users from './userTable.ts'

export type { NewUser, Role, User, UserChange, UserProfile, UserSearch } from './user.ts'
export { isOnlyAssigned, nameOf } from './user.ts'

/** Somebody who was deleted and is created again by the same e-mail address is the same user again. */
export async function createUser(ctx: Context, wanted: NewUser): Promise<User> {
  const hash = await hashOf(wanted)
  return commit(ctx, (tx) => insertUser(ctx, tx, wanted, hash))
}

/** `createUser` inside a transaction of the caller's; the password comes hashed, for hashing is slow. */
export async function insertUser(ctx: Context, tx: Transaction, wanted: NewUser, hash?: string): Promise<User> {
  const { locationId } = ctx.caller
  const fresh = draft(wanted, wanted.id ?? newId(), locationId, ctx.now())
  const same = await users.findByEmail(tx, locationId, fresh.email, tx.lock)
  if (same && !same.deleted) throw taken(same.id)

  const after = same ? { ...fresh, id: same.id, createdAt: same.createdAt } : fresh
  await record(ctx, tx, same ?? null, after, hash)
  return after
}

export async function updateUser(ctx: Context, id: string, wanted: UserChange): Promise<User> {
  const hash = await hashOf(wanted)
  return commitCallers(ctx, async (tx) => {
    const before = await requireLocked(ctx, tx, id)
    const after = change(before, wanted, ctx.now())
    await requireFreeEmail(tx, after)
    await keepAnAdmin(tx, before, after)
    if (after !== before || hash) await record(ctx, tx, before, after, hash)
    return after
  })
}

/** Old records keep the user's id and name; nobody signs in as the user any more. */
export async function deleteUser(ctx: Context, id: string): Promise<User> {
  return commitCallers(ctx, async (tx) => {
    const before = await requireLocked(ctx, tx, id)
    const after = { ...before, deleted: true, updatedAt: ctx.now() }
    await keepAnAdmin(tx, before, after)
    await record(ctx, tx, before, after)
    return after
  })
}

/** Gives the caller's location's user a password, inside a transaction of the caller's. */
export async function setPassword(ctx: Context, tx: Transaction, id: string, hash: string): Promise<User> {
  const user = await requireLocked(ctx, tx, id)
  await record(ctx, tx, user, user, hash)
  return user
}

export async function getUser(ctx: Context, id: string): Promise<User> {
  const user = await users.find(ctx.store, ctx.caller.locationId, id)
  if (!user || user.deleted) throw notFound('User')
  return user
}

export async function listUsers(ctx: Context, by: UserSearch = {}): Promise<User[]> {
  return (await searchUsers(ctx, by)).users
}

/** A location has tens of users, not thousands: they are read whole and chosen from. */
export async function searchUsers(ctx: Context, by: UserSearch): Promise<{ users: User[]; count: number }> {
  const found = matching(await users.list(ctx.store, ctx.caller.locationId), by)
  const skip = by.skip ?? 0
  return { users: found.slice(skip, by.limit === undefined ? undefined : skip + by.limit), count: found.length }
}

/** Deleted ones too, so that old records can be shown with their names. */
export const findUser = (db: Database, locationId: string, id: string): Promise<User | undefined> =>
  users.find(db, locationId, id)

/** For a field that names a user. Unlocked: one who is deleted right after stays on the records all the same. */
export async function requireUser(db: Database, locationId: string, id: string, field: string): Promise<User> {
  const user = await users.find(db, locationId, id)
  if (!user || user.deleted) throw invalid(`${field} is invalid`)
  return user
}

const hashOf = async ({ password }: UserChange) => (password ? hashPassword(password) : undefined)

async function requireLocked(ctx: Context, tx: Transaction, id: string): Promise<User> {
  const user = await users.findLocked(tx, ctx.caller.locationId, id)
  if (!user || user.deleted) throw notFound('User')
  return user
}

/** Two admins who leave at once both find the other still there; so they do it one after the other. */
async function keepAnAdmin(tx: Transaction, before: User, after: User) {
  const leaves = before.role === 'admin' && (after.deleted || after.role !== 'admin')
  if (!leaves) return
  await tx.alone(`admins ${before.locationId}`)
  const others = (await users.list(tx, before.locationId)).filter(({ id }) => id !== before.id)
  if (others.some(({ role, deleted }) => role === 'admin' && !deleted)) return
  throw new DomainError('in_use', 'This is the last admin of the location: make somebody else an admin first.')
}

/** Two who want one address at once both find it free here; the database refuses one, who then looks again. */
async function requireFreeEmail(tx: Transaction, user: User) {
  const same = await users.findByEmail(tx, user.locationId, user.email)
  if (same && same.id !== user.id) throw taken(same.id)
}

const taken = (existingId?: string) =>
  new DomainError('conflict', 'A user with this email already exists.', {
    name: 'USER_NO_DUPLICATE',
    ...(existingId ? { meta: { existingId } } : {}),
  })

/** The one door for writing a user: the row, the sign-in and the event. */
async function record(ctx: Context, tx: Transaction, before: User | null, after: User, hash?: string) {
  await (before ? users.update(tx, after) : users.insert(tx, after))
  await keepSignIn(tx, after, hash)
  await endWays(tx, before, after, hash)
  const shown = { before: before?.deleted ? null : before, after: after.deleted ? null : after }
  await append(ctx, tx, { types: [typeOf(shown)], record: 'user', recordId: after.id, ...shown })
}

/** The sign-in follows the e-mail address, and goes with the user. */
async function keepSignIn(tx: Transaction, user: User, hash: string | undefined) {
  const passwordHash = hash ?? (await users.findSignInOf(tx, user))?.passwordHash
  if (!passwordHash) return

  await users.removeSignIn(tx, user)
  if (user.deleted) return
  if (await users.findSignIn(tx, user.email)) throw taken()
  await users.insertSignIn(tx, user, passwordHash)
}

/** Whoever got in by what is not true any more is out: by an old password, or a letter to an old address. */
async function endWays(tx: Transaction, before: User | null, after: User, hash: string | undefined) {
  if (after.deleted || hash) await users.removeSessions(tx, after)
  if (after.deleted || hash || before?.email !== after.email) await users.removeInvitations(tx, after)
}

function typeOf({ before, after }: { before: User | null; after: User | null }): EventType {
  if (!before) return 'UserCreate'
  return after ? 'UserUpdate' : 'UserDelete'
}
