import { DomainError, invalid } from '../errors.ts'
import { fold } from '../text.ts'

export const roles = ['admin', 'user'] as const
export type Role = (typeof roles)[number]

/** What the original keeps about a user beside the name; shown, and for the web app to obey. */
export interface UserProfile {
  extension: string
  platformLanguage: string
  profilePhoto: string
  permissions: Record<string, boolean>
  scopes: string[]
  scopesAssignedToOnly: string[]
  /** Location id → phone number. */
  twilioPhone: Record<string, string>
}

/** A person who works in the location. A deleted one stays, so that old records keep their names. */
export interface User {
  id: string
  locationId: string
  firstName: string
  lastName: string
  /** In lower case; '' where nobody wrote one. */
  email: string
  phone: string
  role: Role
  profile: UserProfile
  deleted: boolean
  createdAt: number
  updatedAt: number
}

export interface UserChange
  extends Partial<Pick<User, 'firstName' | 'lastName' | 'email' | 'phone' | 'role'>>,
    Partial<UserProfile> {
  /** For the web app; without one the user is a name to assign to. */
  password?: string
  /** Where the user works: here, and nowhere else. */
  locationIds?: string[]
}

export interface NewUser extends UserChange {
  firstName: string
  email: string
  /** Given where ids are fixed beforehand: the sandbox, an import. */
  id?: string
}

export interface UserSearch {
  query?: string
  ids?: string[]
  emails?: string[]
  role?: Role
  deleted?: boolean
  sort?: 'name' | 'dateAdded'
  direction?: 'asc' | 'desc'
  skip?: number
  limit?: number
}

const blankProfile: UserProfile = {
  extension: '',
  platformLanguage: 'en_US',
  profilePhoto: '',
  permissions: {},
  scopes: [],
  scopesAssignedToOnly: [],
  twilioPhone: {},
}

export function draft(wanted: NewUser, id: string, locationId: string, now: number): User {
  const blank = { id, locationId, firstName: '', lastName: '', email: '', phone: '', role: 'user' as const }
  const { id: _, ...rest } = wanted
  return change({ ...blank, profile: blankProfile, deleted: true, createdAt: now, updatedAt: now }, rest, now)
}

/** The user after a change; the same object when nothing differs. Changing a deleted user brings it back. */
export function change(before: User, wanted: UserChange, now: number): User {
  if (wanted.locationIds?.some((id) => id !== before.locationId)) throw elsewhere()
  const { firstName, lastName, email, phone, role, password: _, locationIds: __, ...profile } = wanted
  const after = {
    ...before,
    firstName: firstName?.trim() ?? before.firstName,
    lastName: lastName?.trim() ?? before.lastName,
    email: email === undefined ? before.email : readEmail(email),
    phone: phone ?? before.phone,
    role: role ?? before.role,
    profile: { ...before.profile, ...profile },
    deleted: false,
  }
  if (!after.firstName) throw invalid('firstName should not be empty')
  return JSON.stringify(after) === JSON.stringify(before) ? before : { ...after, updatedAt: now }
}

/** Whether somebody sees nothing but what they were given; what an admin sees is never narrowed. */
export const isOnlyAssigned = ({ role, profile }: Pick<User, 'role' | 'profile'>): boolean =>
  role === 'user' && profile.permissions.assignedDataOnly === true

export const nameOf = ({ firstName, lastName }: Pick<User, 'firstName' | 'lastName'>): string =>
  `${firstName} ${lastName}`.trim()

/** The users that a search means, in its order; `skip` and `limit` are the caller's. */
export function matching(users: User[], by: UserSearch): User[] {
  const text = fold(by.query ?? '')
  const found = users.filter(
    (user) =>
      user.deleted === (by.deleted ?? false) &&
      (!by.ids || by.ids.includes(user.id)) &&
      (!by.emails || by.emails.includes(user.email)) &&
      (!by.role || by.role === user.role) &&
      fold(`${nameOf(user)}\n${user.email}\n${user.phone}`).includes(text),
  )
  return found.sort(by.direction === 'desc' ? (a, b) => order(b, a, by) : (a, b) => order(a, b, by))
}

function order(a: User, b: User, { sort }: UserSearch): number {
  if (sort === 'dateAdded') return a.createdAt - b.createdAt || compare(a.id, b.id)
  return compare(fold(nameOf(a)), fold(nameOf(b))) || compare(a.id, b.id)
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function readEmail(text: string): string {
  const email = text.trim().toLowerCase()
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) throw invalid('email must be an email')
  return email
}

const elsewhere = () => new DomainError('forbidden', 'The token does not have access to this location.')
