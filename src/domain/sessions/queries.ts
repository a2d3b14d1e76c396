import { getLocation, type Location } from '../accounts/locations.ts'
import { getUser, type User } from '../accounts/users.ts'
import * as users from '../accounts/userTable.ts'
import type { Caller, Context, Store } from '../context.ts'
import { hashOf } from '../tokens/token.ts'
import { callerOf, isSecret, isStale, life } from './session.ts'
import * as sessions from './sessionTable.ts'

/** Whom a session stands for, and until when, unless it is used. */
export interface Found {
  caller: Caller
  expiresAt: number
}

/** Whose session it is, which is put off by being looked up; undefined once it has ended, or its user is gone. */
export async function findSession(store: Store, secret: string, now: number): Promise<Found | undefined> {
  if (!isSecret(secret)) return undefined
  const session = await sessions.find(store, hashOf(secret))
  if (!session || session.expiresAt <= now) return undefined
  const user = await users.find(store, session.locationId, session.userId)
  if (!user || user.deleted) return undefined

  const expiresAt = isStale(session, now) ? now + life : session.expiresAt
  if (expiresAt !== session.expiresAt) await store.transaction((tx) => sessions.extend(tx, session, expiresAt))
  return { caller: callerOf(user), expiresAt }
}

/** The caller as a person, and where they work. */
export async function getSignedIn(ctx: Context): Promise<{ user: User; location: Location }> {
  return { user: await getUser(ctx, ctx.caller.id), location: await getLocation(ctx) }
}
