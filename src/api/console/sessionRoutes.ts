import type { Context } from '../../domain/context.ts'
import { as, type Begun, changePassword, signIn, signOut, signOutEverywhere } from '../../domain/sessions/commands.ts'
import { getInvited, invite, join } from '../../domain/sessions/invitations.ts'
import { getSignedIn } from '../../domain/sessions/queries.ts'
import { type Dialect, endpoint, type Visitor } from '../endpoint.ts'
import * as wire from './sessionWire.ts'

const tag = 'Sessions'

/** By which people come and go. */
export const sessionRoutes: Dialect = {
  'sign-in': endpoint({
    method: 'POST',
    path: '/console/session',
    summary: 'Sign in; the session is in a cookie that no script can read',
    tag,
    body: wire.SignInBody,
    reply: wire.SessionReply,
    run: async (ctx, { body, visitor }) => {
      const email = wire.readEmail(body.email)
      visitor().countTry(email)
      const begun = await signIn(ctx, email, body.password, visitor().kept())
      visitor().forgetTries(email)
      return welcome(ctx, begun, visitor())
    },
  }),

  'get-session': endpoint({
    method: 'GET',
    path: '/console/session',
    summary: 'Who is signed in, and what they may do',
    tag,
    scope: null,
    reply: wire.SessionReply,
    run: async (ctx, { visitor }) => wire.writeSession(visitor().session(), await getSignedIn(ctx)),
  }),

  'sign-out': endpoint({
    method: 'DELETE',
    path: '/console/session',
    summary: 'Sign out of this browser',
    tag,
    scope: null,
    reply: wire.EndedReply,
    run: async (ctx, { visitor }) => {
      await signOut(ctx, visitor().session())
      visitor().keep(null)
      return wire.ended
    },
  }),

  'sign-out-everywhere': endpoint({
    method: 'DELETE',
    path: '/console/sessions',
    summary: 'Sign out of every browser',
    tag,
    scope: null,
    reply: wire.EndedReply,
    run: async (ctx, { visitor }) => {
      visitor().session()
      await signOutEverywhere(ctx)
      visitor().keep(null)
      return wire.ended
    },
  }),

  'change-password': endpoint({
    method: 'PUT',
    path: '/console/session/password',
    summary: 'Change the own password; every other session ends',
    tag,
    scope: null,
    body: wire.PasswordBody,
    reply: wire.SessionReply,
    run: async (ctx, { body, visitor }) => {
      visitor().session()
      const { email } = (await getSignedIn(ctx)).user
      visitor().countTry(email)
      const begun = await changePassword(ctx, body.currentPassword, body.newPassword)
      visitor().forgetTries(email)
      return welcome(ctx, begun, visitor())
    },
  }),

  'invite-user': endpoint({
    method: 'POST',
    path: '/console/users/:userId/invite',
    summary: 'Make a link by which a user chooses a password; the one before it ends',
    tag,
    scope: 'users.write',
    status: 201,
    params: wire.UserId,
    reply: wire.InvitationReply,
    run: async (ctx, { params, origin }) => wire.writeInvitation(await invite(ctx, params.userId), origin()),
  }),

  'look-at-invitation': endpoint({
    method: 'POST',
    path: '/console/join/look',
    summary: 'Whom an invitation is for',
    tag,
    body: wire.LookBody,
    reply: wire.InvitedReply,
    run: async (ctx, { body }) => wire.writeInvited(await getInvited(ctx, body.secret)),
  }),

  join: endpoint({
    method: 'POST',
    path: '/console/join',
    summary: 'Choose a password by an invitation, and sign in',
    tag,
    body: wire.JoinBody,
    reply: wire.SessionReply,
    run: async (ctx, { body, visitor }) => welcome(ctx, await join(ctx, body.secret, body.password), visitor()),
  }),
}

/** The browser keeps the secret, the page hears who it is. */
async function welcome(ctx: Context, { user, secret }: Begun, visitor: Visitor) {
  visitor.keep(secret)
  return wire.writeSession(secret, await getSignedIn(as(ctx, user)))
}
