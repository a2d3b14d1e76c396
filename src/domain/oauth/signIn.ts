import type { Database } from '../../store/database.ts'
import { checkSignIn } from '../accounts/signIns.ts'
import type { Context } from '../context.ts'
import { newId } from '../ids.ts'
import { hashOf } from '../tokens/token.ts'
import * as sessions from './sessionTable.ts'

export type { SignedIn } from './sessionTable.ts'

/** How long one may take to choose. */
const life = 10 * 60 * 1000

/**
 * Answers a session's secret. Undefined for a wrong password and for an unknown address alike, after the same time. The
 * session is a row, for who signed in must not follow from anything that a backup holds.
 */
export async function signIn(ctx: Context, email: string, password: string): Promise<string | undefined> {
  const found = await checkSignIn(ctx.store, email, password)
  if (!found) return undefined

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
