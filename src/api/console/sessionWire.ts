import { type Static, Type } from '@sinclair/typebox'
import type { Location } from '../../domain/accounts/locations.ts'
import { isOnlyAssigned, nameOf, type User } from '../../domain/accounts/users.ts'
import { callerOf, csrfTokenOf } from '../../domain/sessions/session.ts'
import { iso, oneOf, strict, Timestamp, text } from '../schemas.ts'

const Email = Type.String({ minLength: 1, maxLength: 320, examples: ['admin@pipewright.local'] })
const Password = Type.String({ minLength: 1, maxLength: 200 })
const NewPassword = Type.String({ minLength: 8, maxLength: 200 })
const Secret = Type.String({ minLength: 1, maxLength: 200, description: 'What stands behind the # of the link' })

export const SignInBody = Type.Object({ email: Email, password: Password }, strict)
export const PasswordBody = Type.Object({ currentPassword: Password, newPassword: NewPassword }, strict)
export const LookBody = Type.Object({ secret: Secret }, strict)
export const JoinBody = Type.Object({ secret: Secret, password: NewPassword }, strict)
export const UserId = Type.Object({ userId: text(255) })

/** Cases and blanks around it are the keyboard's. */
export const readEmail = (email: string): string => email.trim().toLowerCase()

const WireSession = Type.Object(
  {
    user: Type.Object(
      {
        id: Type.String(),
        name: Type.String(),
        firstName: Type.String(),
        lastName: Type.String(),
        email: Type.String(),
        role: oneOf(['admin', 'user']),
        onlyAssigned: Type.Boolean({ description: 'Whether the user sees only what was given to them' }),
      },
      strict,
    ),
    location: Type.Object(
      {
        id: Type.String(),
        name: Type.String(),
        timezone: Type.String({ examples: ['Europe/Vienna'] }),
        currency: Type.String({ examples: ['USD'] }),
        country: Type.String({ examples: ['US'] }),
      },
      strict,
    ),
    scopes: Type.Array(Type.String(), { description: 'What the role allows' }),
    csrfToken: Type.String({ description: 'Goes along with each change, in the header x-csrf-token' }),
  },
  { ...strict, title: 'Session' },
)

export const SessionReply = Type.Object({ session: WireSession })
export const EndedReply = Type.Object({ signedOut: Type.Literal(true) })
export const ended: Static<typeof EndedReply> = { signedOut: true }
export const InvitationReply = Type.Object({
  url: Type.String({ description: 'To be handed to the user; good once', examples: ['http://localhost/app/join#…'] }),
  expiresAt: Timestamp,
})
export const InvitedReply = Type.Object({
  email: Type.String(),
  firstName: Type.String(),
  locationName: Type.String(),
})

/** Who somebody is who signed in, where, and what they may do. */
interface SignedIn {
  user: User
  location: Location
}

export const writeSession = (secret: string, { user, location }: SignedIn): Static<typeof SessionReply> => ({
  session: {
    user: writeUser(user),
    location: writeLocation(location),
    scopes: [...callerOf(user).scopes],
    csrfToken: csrfTokenOf(secret),
  },
})

function writeUser(user: User): Static<typeof WireSession>['user'] {
  const { id, firstName, lastName, email, role } = user
  return { id, name: nameOf(user), firstName, lastName, email, role, onlyAssigned: isOnlyAssigned(user) }
}

function writeLocation({ id, name, profile, settings }: Location): Static<typeof WireSession>['location'] {
  return { id, name, timezone: profile.timezone, currency: settings.currency, country: profile.country }
}

interface Invitation {
  secret: string
  expiresAt: number
}

/** Behind the `#`, where no server's log and no proxy sees it. */
export const writeInvitation = ({ secret, expiresAt }: Invitation, origin: string): Static<typeof InvitationReply> => ({
  url: `${origin}/app/join#${secret}`,
  expiresAt: iso(expiresAt),
})

export const writeInvited = ({ user, location }: SignedIn): Static<typeof InvitedReply> => ({
  email: user.email,
  firstName: user.firstName,
  locationName: location.name,
})
