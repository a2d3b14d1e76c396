import { isDeepStrictEqual } from 'node:util'
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import type { CustomFieldValue, ValueInput } from '../customFields/values.ts'
import { invalid } from '../errors.ts'
import type { EventType } from '../outbox.ts'
import { searchText } from '../text.ts'
import { namesAfter } from './identity.ts'

const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const text = (description?: string) => nullable(Type.String({ description }))
const time = (description: string) => Type.Number({ description: `${description}; epoch milliseconds` })

export const channels = ['call', 'email', 'sms', 'whatsApp', 'gmb', 'fb'] as const

export const DndSetting = Type.Object({
  status: Type.Union([Type.Literal('active'), Type.Literal('inactive'), Type.Literal('permanent')]),
  message: Type.Optional(Type.String()),
  code: Type.Optional(Type.String()),
})
const DndSettings = Type.Partial(
  Type.Object({
    call: DndSetting,
    email: DndSetting,
    sms: DndSetting,
    whatsApp: DndSetting,
    gmb: DndSetting,
    fb: DndSetting,
  }),
)
const InboundDndSettings = Type.Object({
  all: Type.Optional(Type.Object({ status: Type.String(), message: Type.Optional(Type.String()) })),
})
const Attribution = Type.Record(Type.String(), nullable(Type.String()))
const CustomFields = Type.Unsafe<CustomFieldValue[]>(
  Type.Array(Type.Object({ id: Type.String(), value: Type.Unknown() })),
)

/** Known about a contact, seldom asked for; one JSON column keeps them all. */
export const Profile = Type.Object({
  address1: text(),
  city: text(),
  state: text(),
  postalCode: text(),
  website: text(),
  timezone: text(),
  gender: text(),
  dateOfBirth: text('A day, `1990-09-25`'),
  dndSettings: nullable(DndSettings),
  inboundDndSettings: nullable(InboundDndSettings),
  additionalEmails: Type.Array(Type.String()),
  additionalPhones: Type.Array(Type.String()),
  attributionSource: nullable(Attribution),
  lastAttributionSource: nullable(Attribution),
  businessId: text(),
  keyword: text(),
  ssn: text(),
  visitorId: text(),
  attachments: text(),
})

/** A person or company that opportunities are about. */
export const Contact = Type.Composite([
  Type.Object({
    id: Type.String(),
    locationId: Type.String(),
    firstName: text(),
    lastName: text(),
    name: text('As sent, else first and last name'),
    email: text(),
    phone: text('E.164'),
    companyName: text(),
    country: text(),
    source: text(),
    type: text('Such as `lead` or `customer`'),
    assignedTo: text("A user's id"),
    tags: Type.Array(Type.String(), { description: 'Lower case, each once' }),
    dnd: Type.Boolean({ description: 'Do not disturb, on every channel' }),
    customFields: CustomFields,
    followers: Type.Array(Type.String(), { description: "Users' ids" }),
    noteCount: Type.Number(),
    taskCount: Type.Number(),
    createdAt: time('Created'),
    updatedAt: time('Last changed'),
    lastActivityAt: nullable(time('Last changed, noted or given a task')),
  }),
  Profile,
])
export type Contact = Static<typeof Contact>
export type DndSettings = Static<typeof DndSettings>

type Given = Omit<
  Contact,
  | 'id'
  | 'locationId'
  | 'customFields'
  | 'dateOfBirth'
  | 'noteCount'
  | 'taskCount'
  | 'createdAt'
  | 'updatedAt'
  | 'lastActivityAt'
>

/** What somebody wants a contact to be. Absent is untouched, null or "" is cleared; still as it was typed. */
export type ContactInput = { [Field in keyof Given]?: Given[Field] | null } & {
  dateOfBirth?: string | number | null
  customFields?: ValueInput[]
}

/** The same, in its normal form. */
export type ContactChange = Partial<Given & Pick<Contact, 'dateOfBirth' | 'customFields'>>

export const blank = (id: string, locationId: string, now: number): Contact => ({
  id,
  locationId,
  firstName: null,
  lastName: null,
  name: null,
  email: null,
  phone: null,
  companyName: null,
  country: null,
  source: null,
  type: 'lead',
  assignedTo: null,
  tags: [],
  dnd: false,
  ...blankProfile,
  customFields: [],
  followers: [],
  noteCount: 0,
  taskCount: 0,
  createdAt: now,
  updatedAt: now,
  lastActivityAt: now,
})

export const blankProfile: Static<typeof Profile> = {
  address1: null,
  city: null,
  state: null,
  postalCode: null,
  website: null,
  timezone: null,
  gender: null,
  dateOfBirth: null,
  dndSettings: null,
  inboundDndSettings: null,
  additionalEmails: [],
  additionalPhones: [],
  attributionSource: null,
  lastAttributionSource: null,
  businessId: null,
  keyword: null,
  ssn: null,
  visitorId: null,
  attachments: null,
}

/** The contact after a change: the very same object when nothing differs. */
export function change(before: Contact, wanted: ContactChange, now: number): Contact {
  const after = { ...before, ...wanted, ...namesAfter(before, wanted) }
  if (wanted.dndSettings) after.dndSettings = { ...before.dndSettings, ...wanted.dndSettings }
  if (isDeepStrictEqual(before, after)) return before
  return { ...after, updatedAt: now, lastActivityAt: now }
}

/** Nobody could ever find a contact that has none of these. */
export function requireIdentity(contact: Contact) {
  const { email, phone, name, companyName } = contact
  if (!email && !phone && !name && !companyName) {
    throw invalid('email, phone, name, firstName, lastName or companyName should not be empty')
  }
}

/** What a change of a contact is called; often more than one thing at once. */
export function eventsBetween(before: Contact | null, after: Contact | null): EventType[] {
  if (!before) return ['ContactCreate']
  if (!after) return ['ContactDelete']
  const types: EventType[] = ['ContactUpdate']
  if (!isDeepStrictEqual(before.tags, after.tags)) types.push('ContactTagUpdate')
  if (before.dnd !== after.dnd || !isDeepStrictEqual(before.dndSettings, after.dndSettings)) {
    types.push('ContactDndUpdate')
  }
  return types
}

/** What free text finds a contact by. */
export const textOf = ({ name, email, phone, companyName }: Contact) => searchText([name, email, phone, companyName])
