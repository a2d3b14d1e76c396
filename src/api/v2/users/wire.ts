import { type Static, Type } from '@sinclair/typebox'
import { type NewUser, nameOf, type User, type UserChange, type UserSearch } from '../../../domain/accounts/users.ts'
import { iso, oneOf, text as requiredText, strict } from '../../schemas.ts'

const text = Type.Optional(Type.String())
const Texts = Type.Optional(Type.Array(Type.String()))
const Kind = Type.Optional(oneOf(['account']))
const RoleName = oneOf(['admin', 'user'])
const Permissions = Type.Record(Type.String(), Type.Boolean(), { examples: [{ opportunitiesEnabled: true }] })
const Phones = Type.Record(Type.String(), Type.String())

export const UserId = Type.Object({ userId: Type.String() })
export const OfLocation = Type.Object({ locationId: Type.Optional(Type.String()) })

const Name = requiredText(255, { examples: ['John'] })
const Email = Type.String({ maxLength: 320, examples: ['john@deo.com'] })
const Password = Type.String({ minLength: 8, maxLength: 200, description: 'To sign in to the web app' })

const optional = {
  companyId: text,
  phone: text,
  extension: text,
  type: Kind,
  locationIds: Texts,
  permissions: Type.Optional(Permissions),
  scopes: Texts,
  scopesAssignedToOnly: Texts,
  profilePhoto: text,
  twilioPhone: Type.Optional(Phones),
  platformLanguage: text,
  password: Type.Optional(Password),
}

export const CreateBody = Type.Object(
  { firstName: Name, lastName: Type.String({ maxLength: 255 }), email: Email, role: RoleName, ...optional },
  strict,
)

export const UpdateBody = Type.Partial(CreateBody, strict)

/** The company and the type are those of the installation; sending them says nothing new. */
export const readNew = ({ companyId: _, type: __, ...wanted }: Static<typeof CreateBody>): NewUser => wanted

export const readChange = ({ companyId: _, type: __, ...wanted }: Static<typeof UpdateBody>): UserChange => wanted

export const SearchQuery = Type.Object({
  companyId: Type.String({ minLength: 1 }),
  query: text,
  skip: Type.Optional(Type.Integer({ minimum: 0 })),
  limit: Type.Optional(Type.Integer({ minimum: 1 })),
  locationId: text,
  type: text,
  role: Type.Optional(RoleName),
  ids: Type.Optional(Type.String({ description: 'Ids with commas between them' })),
  sort: Type.Optional(oneOf(['name', 'dateAdded'])),
  sortDirection: Type.Optional(oneOf(['asc', 'desc'])),
  enabled2waySync: Type.Optional(Type.Boolean()),
})

export function readSearch(search: Static<typeof SearchQuery>): UserSearch {
  const { query = '', skip = 0, limit = 25, role, ids, sort = 'name', sortDirection = 'asc' } = search
  const chosen = { ...(role && { role }), ...(ids && { ids: readList(ids) }) }
  return { query, skip, limit, sort, direction: sortDirection, ...chosen }
}

export const EmailsBody = Type.Object(
  {
    companyId: Type.String({ minLength: 1 }),
    emails: Type.Union([Type.String(), Type.Array(Type.String())], { description: 'A list, or one text with commas' }),
    deleted: Type.Optional(Type.Boolean()),
    skip: Type.Optional(Type.Union([Type.String({ pattern: '^\\d+$' }), Type.Integer({ minimum: 0 })])),
    limit: Type.Optional(Type.Union([Type.String({ pattern: '^\\d+$' }), Type.Integer({ minimum: 1 })])),
    projection: text,
  },
  strict,
)

export function readEmails({ emails, deleted = false, skip = 0, limit = 25 }: Static<typeof EmailsBody>): UserSearch {
  const list = Array.isArray(emails) ? emails : readList(emails)
  return { emails: list.map((email) => email.toLowerCase()), deleted, skip: Number(skip), limit: Number(limit) }
}

const WireUser = Type.Object({
  id: Type.String(),
  name: Type.String(),
  firstName: Type.String(),
  lastName: Type.String(),
  email: Type.String(),
  phone: Type.String(),
  extension: Type.String(),
  permissions: Permissions,
  scopes: Type.Array(Type.String()),
  scopesAssignedToOnly: Type.Array(Type.String()),
  roles: Type.Object({
    type: Type.String(),
    role: RoleName,
    locationIds: Type.Array(Type.String()),
    restrictSubAccount: Type.Boolean(),
  }),
  deleted: Type.Boolean(),
  lcPhone: Phones,
  profilePhoto: Type.String(),
  platformLanguage: Type.String(),
  dateAdded: Type.String(),
})

export const UserReply = WireUser
export const UsersReply = Type.Object({ users: Type.Array(WireUser) })
export const SearchReply = Type.Object({ users: Type.Array(WireUser), count: Type.Number() })

export function writeUser(user: User): Static<typeof WireUser> {
  const { id, firstName, lastName, email, phone, role, locationId, deleted, createdAt } = user
  const { twilioPhone, ...profile } = user.profile
  return {
    id,
    name: nameOf(user),
    firstName,
    lastName,
    email,
    phone,
    ...profile,
    roles: { type: 'account', role, locationIds: [locationId], restrictSubAccount: false },
    deleted,
    lcPhone: twilioPhone,
    dateAdded: iso(createdAt),
  }
}

export const writeUsers = (users: User[]) => ({ users: users.map(writeUser) })

export const writeSearch = ({ users, count }: { users: User[]; count: number }) => ({ ...writeUsers(users), count })

export const DeletedReply = Type.Object({ succeded: Type.Boolean(), message: Type.String() })

// sic: the original's spelling; but here nothing is queued.
export const writeDeleted = (user: User): Static<typeof DeletedReply> => ({
  succeded: true,
  message: `Deleted user with e-mail ${user.email} and name ${nameOf(user)}.`,
})

const readList = (text: string) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)
