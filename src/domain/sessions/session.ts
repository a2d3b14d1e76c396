import { createHmac } from 'node:crypto'
import { isOnlyAssigned, type Role, type User } from '../accounts/users.ts'
import type { Caller } from '../context.ts'
import { newId } from '../ids.ts'
import { allScopes, type Scope } from '../tokens/scopes.ts'

/** Somebody signed in to the web app, in one browser, which alone has the secret; kept as its hash. */
export interface Session {
  hash: string
  locationId: string
  userId: string
  expiresAt: number
}

const day = 24 * 60 * 60 * 1000

/** How long a session lasts that nobody uses. */
export const life = 30 * day

/** Whether it was not put off for a day: writing at each use would make writers of all readers. */
export const isStale = ({ expiresAt }: Session, now: number): boolean => expiresAt < now + life - day

/** 256 bits, not guessable. */
export const newSecret = (): string => newId(secretLength)

const secretLength = 43

/** Whether it could be a session's at all. */
export const isSecret = (text: string): boolean => text.length === secretLength && /^[\dA-Za-z]+$/.test(text)

/**
 * What a page shows with each change, to be told from another site's that sends the cookie along unseen. It follows from
 * the secret, which no script can read, and nothing that is kept leads to it.
 */
export const csrfTokenOf = (secret: string): string => createHmac('sha256', secret).update('csrf').digest('base64url')

const ofUsers: readonly Scope[] = [
  'opportunities.readonly',
  'opportunities.write',
  'contacts.readonly',
  'contacts.write',
  'locations.readonly',
  'locations/customFields.readonly',
  'locations/customValues.readonly',
  'locations/tags.readonly',
  'locations/tags.write',
  'locations/tasks.readonly',
  'users.readonly',
  'workflows.readonly',
  'campaigns.readonly',
]

/** Of these, what shows or changes the deals and contacts of others without naming them. */
const aboutOthers: ReadonlySet<Scope> = new Set<Scope>(['locations/tags.write', 'workflows.readonly'])

const scopesOf: Record<Role | 'onlyAssigned', ReadonlySet<Scope>> = {
  admin: new Set(allScopes),
  user: new Set(ofUsers),
  onlyAssigned: new Set(ofUsers.filter((scope) => !aboutOthers.has(scope))),
}

/** Who a session stands for. */
export function callerOf(user: User): Caller {
  const caller = { locationId: user.locationId, kind: 'user', id: user.id } as const
  if (isOnlyAssigned(user)) return { ...caller, scopes: scopesOf.onlyAssigned, onlyAssigned: true }
  return { ...caller, scopes: scopesOf[user.role] }
}
