import type { Database } from '../../store/database.ts'
import { verifyPassword } from '../accounts/password.ts'
import * as users from '../accounts/userTable.ts'
import type { Context } from '../context.ts'
import { newId } from '../ids.ts'
import { hashOf } from '../tokens/token.ts'
import * as sessions from './sessionTable.ts'

export type { SignedIn } from './sessionTable.ts'

/** As costly as a real one, and nobody's password. */
const nobody = `scrypt:32768:8:3:${'A'.repeat(22)}:${'A'.repeat(43)}`

/** How long one may take to choose. */
const life = 10 * 60 * 1000

/**
 * Answers a session's secret. Undefined for a wrong password and for an unknown address alike, after the same time. The
 * session is a row, for who signed in must not follow from anything that a backup holds.
 */
export async function signIn(ctx: Context, email: string, password: string): Promise<string | undefined> {
  const found = await users.findSignIn(ctx.store, email.trim().toLowerCase())
  const isTheirs = await verifyPassword(password, found?.passwordHash ?? nobody)
  if (!found || !isTheirs) return undefined

  const secret = newId(32)
  const { locationId, userId } = found
  await ctx.store.transaction(async (tx) => {
    await sessions.prune(tx, ctx.now())
    await sessions.insert(tx, { hash: hashOf(secret), locationId, userId, expiresAt: ctx.now() + life })
  })
  return secret
}

/** Whose session it is; undefined once it has ended. */
export async function findSession(db: Database, secret: string, now: number): Promise<sessions.SignedIn | undefined> {
  const session = await sessions.find(db, hashOf(secret))
  return session && session.expiresAt > now ? session : undefined
}
