import type { Static } from '@sinclair/typebox'
import type { UsersReply } from '../../../src/api/v2/users/wire.ts'

export type User = Static<typeof UsersReply>['users'][number]

/** `own`: a user who sees only what was assigned to them. */
export const roles = ['admin', 'user', 'own'] as const
export type Role = (typeof roles)[number]

export function roleOf({ roles: { role }, permissions }: User): Role {
  return role === 'user' && permissions.assignedDataOnly ? 'own' : role
}

export interface UserDraft {
  firstName: string
  lastName: string
  email: string
  phone: string
  role: Role
}

export const blankUser: UserDraft = { firstName: '', lastName: '', email: '', phone: '', role: 'user' }

export function userDraftOf(user: User): UserDraft {
  const { firstName, lastName, email, phone } = user
  return { firstName, lastName, email, phone, role: roleOf(user) }
}

/** As v3 takes it; the other permissions stay as they are. */
export function userBody({ role, phone, ...rest }: UserDraft, before?: User) {
  const isPhoneSent = phone !== '' || Boolean(before?.phone)
  return {
    ...rest,
    ...(isPhoneSent && { phone }),
    email: rest.email.trim(),
    role: role === 'admin' ? 'admin' : 'user',
    permissions: { ...before?.permissions, assignedDataOnly: role === 'own' },
  }
}
