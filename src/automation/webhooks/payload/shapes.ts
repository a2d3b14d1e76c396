import type { Location } from '../../../domain/accounts/locations.ts'
import type { User } from '../../../domain/accounts/users.ts'
import type { Contact, DndSettings } from '../../../domain/contacts/contact.ts'
import type { Note } from '../../../domain/contacts/notes/note.ts'
import type { Task } from '../../../domain/contacts/tasks/task.ts'
import type { Opportunity } from '../../../domain/opportunities/opportunity.ts'
import type { Event } from '../../../domain/outbox.ts'
import type { TypeTold } from '../types.ts'
import type { Fields } from './payload.ts'

/** What is told of a kind of record. */
interface Shape {
  /** The members of its payload, in the order of the original's pages. */
  fields: Fields
  /** Members of some types only. */
  more?: Partial<Record<TypeTold, Fields>>
  /** What `changes` tells of besides. */
  beside?: Fields
  /** Is the location itself, which its payload does not name again. */
  isLocation?: boolean
  namesCompany?: boolean
}

/** Fields whose names on the wire are our own. */
const same = <Record>(...names: (keyof Record & string)[]): Fields =>
  Object.fromEntries(names.map((name) => [name, (record: Record) => record[name]]))

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

/** Contract 6.1: when the record was made, not when it changed. */
const dateAdded: Fields = { dateAdded: ({ createdAt }: { createdAt: number }) => iso(createdAt) }

const opportunity: Shape = {
  fields: {
    ...same<Opportunity>('id', 'assignedTo', 'contactId', 'monetaryValue', 'name', 'pipelineId', 'pipelineStageId'),
    ...same<Opportunity>('source', 'status'),
    ...dateAdded,
  },
  beside: {
    ...same<Opportunity>('lostReasonId', 'customFields', 'followers', 'forecastProbability'),
    forecastExpectedCloseDate: (deal: Opportunity) => iso(deal.forecastExpectedCloseDate),
  },
}

/** v2's words for the ways to reach somebody. */
const channels = { Call: 'call', Email: 'email', SMS: 'sms', WhatsApp: 'whatsApp', GMB: 'gmb', FB: 'fb' } as const

const dndSettings: Fields = {
  dndSettings: ({ dndSettings: settings }: { dndSettings: DndSettings | null }) =>
    Object.fromEntries(
      Object.entries(channels).flatMap(([name, own]) => (settings?.[own] ? [[name, settings[own]]] : [])),
    ),
}

const contact: Shape = {
  fields: {
    ...same<Contact>('id', 'address1', 'city', 'companyName', 'country', 'source'),
    ...dateAdded,
    dateOfBirth: (person: Contact) => person.dateOfBirth && `${person.dateOfBirth}T00:00:00.000Z`,
    ...same<Contact>('dnd', 'email', 'name', 'firstName', 'lastName', 'phone', 'postalCode', 'state', 'tags'),
    ...same<Contact>('website', 'attachments', 'assignedTo', 'customFields'),
  },
  more: { ContactDndUpdate: dndSettings },
  beside: { ...dndSettings, ...same<Contact>('type', 'timezone', 'gender', 'followers') },
}

const note: Shape = {
  fields: { ...same<Note>('id', 'body', 'contactId'), ...dateAdded },
  beside: same<Note>('title', 'color', 'pinned', 'userId'),
}

const task: Shape = {
  fields: {
    ...same<Task>('id', 'assignedTo', 'body', 'contactId', 'title'),
    ...dateAdded,
    dueDate: ({ dueAt }: Task) => iso(dueAt),
  },
  beside: same<Task>('completed'),
}

const user: Shape = {
  fields: {
    ...same<User>('id', 'firstName', 'lastName', 'email', 'phone'),
    extension: ({ profile }: User) => profile.extension,
    role: (person: User) => person.role,
    permissions: ({ profile }: User) => profile.permissions,
    locations: ({ locationId }: User) => [locationId],
  },
  namesCompany: true,
}

const location: Shape = {
  fields: {
    ...same<Location>('id', 'name'),
    email: ({ profile }: Location) => profile.email,
    // Nothing is sold here.
    stripeProductId: () => null,
    ...same<Location>('companyId'),
  },
  isLocation: true,
}

export const shapes: Partial<Record<Event['record'], Shape>> = { opportunity, contact, note, task, user, location }
