import type { Database } from '../../store/database.ts'
import { getLocation, type Location } from '../accounts/locations.ts'
import { findUser, getUser, type User } from '../accounts/users.ts'
import * as users from '../accounts/userTable.ts'
import type { Context } from '../context.ts'
import { DomainError, notFound } from '../errors.ts'
import { newId } from '../ids.ts'
import { hashOf } from '../tokens/token.ts'
import { as, type Begun, setNewPassword } from './commands.ts'
import * as invitations from './invitationTable.ts'

/** How long somebody may take to follow the link. */
const life = 7 * 24 * 60 * 60 * 1000

/** What somebody is handed who is to choose a password: good once; the one before it ends. */
export async function invite(ctx: Context, userId: string): Promise<{ secret: string; expiresAt: number }> {
  const user = await getUser(ctx, userId)
  const secret = newId(43)
  const expiresAt = ctx.now() + life
  await ctx.store.transaction(async (tx) => {
    await requireFreeAddress(tx, user)
    await invitations.prune(tx, ctx.now())
    await users.removeInvitations(tx, user)
    await invitations.insert(tx, { hash: hashOf(secret), locationId: user.locationId, userId, expiresAt })
  })
  return { secret, expiresAt }
}

/** Whom an invitation is for, and where to. */
export async function getInvited(ctx: Context, secret: string): Promise<{ user: User; location: Location }> {
  const { locationId, userId, expiresAt } = (await invitations.find(ctx.store, hashOf(secret))) ?? {}
  if (!locationId || !userId || !expiresAt || expiresAt <= ctx.now()) throw notFound('Invitation')
  const user = await findUser(ctx.store, locationId, userId)
  if (!user || user.deleted) throw notFound('Invitation')
  return { user, location: await getLocation(as(ctx, user)) }
}

/** Takes the invitation up: the password is theirs from now on, and they are signed in. */
export async function join(ctx: Context, secret: string, password: string): Promise<Begun> {
  const { user } = await getInvited(ctx, secret)
  return setNewPassword(as(ctx, user), user.id, password, async (tx) => {
    if ((await invitations.use(tx, hashOf(secret))) === 0) throw notFound('Invitation')
  })
}

/** An e-mail address signs in to one location: to be told before the link is sent, not to whom it was sent. */
async function requireFreeAddress(db: Database, { id, email }: User) {
  const taken = await users.findSignIn(db, email)
  if (taken && taken.userId !== id)
    throw new DomainError('conflict', 'Somebody signs in with this e-mail address already.')
}
