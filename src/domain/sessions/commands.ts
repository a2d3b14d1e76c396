import type { Transaction } from '../../store/database.ts'
import { hashPassword } from '../accounts/password.ts'
import { checkSignIn } from '../accounts/signIns.ts'
import { getUser, setPassword, type User } from '../accounts/users.ts'
import * as users from '../accounts/userTable.ts'
import { commitCallers } from '../callers.ts'
import type { Context } from '../context.ts'
import { DomainError, invalid } from '../errors.ts'
import { hashOf } from '../tokens/token.ts'
import { callerOf, life, newSecret } from './session.ts'
import * as sessions from './sessionTable.ts'

/** A session begun: whose it is, and the secret that only the browser keeps. */
export interface Begun {
  secret: string
  user: User
}

/** Of one user, how many there are at once; who signs in by a program again and again ends the oldest. */
const most = 100

/**
 * Refused alike for a wrong password and for an address that nobody has. `replaced` is the secret that the browser has
 * kept so far: it keeps one alone, so that session ends.
 */
export async function signIn(ctx: Context, email: string, password: string, replaced?: string): Promise<Begun> {
  const found = await checkSignIn(ctx.store, email, password)
  if (!found) throw wrong()
  return ctx.store.transaction(async (tx) => {
    // Whoever changed the password while this one was looked at has ended what it opened.
    const now = await users.findSignIn(tx, found.email, tx.keep)
    const user = await users.find(tx, found.locationId, found.userId)
    if (now?.passwordHash !== found.passwordHash || !user || user.deleted) throw wrong()
    if (replaced !== undefined) await sessions.remove(tx, hashOf(replaced))
    return { secret: await begin(ctx, tx, user), user }
  })
}

/** A new session, inside a transaction of the caller's. */
export async function begin(ctx: Context, tx: Transaction, { locationId, id: userId }: User): Promise<string> {
  const secret = newSecret()
  const session = { hash: hashOf(secret), locationId, userId, expiresAt: ctx.now() + life }
  await sessions.prune(tx, ctx.now())
  await sessions.keepNewest(tx, session, most - 1)
  await sessions.insert(tx, session)
  return secret
}

/** Ends this session. */
export const signOut = (ctx: Context, secret: string): Promise<number> =>
  commitCallers(ctx, (tx) => sessions.remove(tx, hashOf(secret)))

/** Ends every session of the caller's, in every browser. */
export async function signOutEverywhere(ctx: Context): Promise<void> {
  const user = await getUser(ctx, ctx.caller.id)
  await commitCallers(ctx, (tx) => users.removeSessions(tx, user))
}

/** Ends every session that the old password opened; answers the one that takes this one's place. */
export async function changePassword(ctx: Context, old: string, wanted: string): Promise<Begun> {
  const user = await getUser(ctx, ctx.caller.id)
  if (!(await checkSignIn(ctx.store, user.email, old))) throw invalid('currentPassword is wrong')
  return setNewPassword(ctx, user.id, wanted)
}

/** Gives the caller's location's user a password and, by it, a session. `first` comes first in the transaction. */
export async function setNewPassword(
  ctx: Context,
  userId: string,
  password: string,
  first: (tx: Transaction) => Promise<void> = async () => {},
): Promise<Begun> {
  const hash = await hashPassword(password)
  return commitCallers(ctx, async (tx) => {
    await first(tx)
    const user = await setPassword(ctx, tx, userId, hash)
    return { secret: await begin(ctx, tx, user), user }
  })
}

/** As the user at work, who nobody was before. */
export const as = (ctx: Context, user: User): Context => ({ ...ctx, caller: callerOf(user) })

const wrong = () => new DomainError('unauthorized', 'The e-mail address or the password is wrong.')
