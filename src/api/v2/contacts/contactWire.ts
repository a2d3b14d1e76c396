import { type Static, Type } from '@sinclair/typebox'
import type { Upserted } from '../../../domain/contacts/commands.ts'
import type { Contact, DndSettings } from '../../../domain/contacts/contact.ts'
import { iso, isoOrNull, nullable, Timestamp } from '../../schemas.ts'
import { ContactValue, writeContactValues } from '../customFieldValues.ts'
import { Channel, channels } from './inputWire.ts'

const written = nullable(Type.String())
const list = Type.Array(Type.String())
const anything = nullable(Type.Record(Type.String(), Type.Unknown()))

export const WireContact = Type.Object({
  id: Type.String(),
  locationId: Type.String(),
  contactName: written,
  name: written,
  firstName: written,
  lastName: written,
  firstNameLowerCase: written,
  lastNameLowerCase: written,
  fullNameLowerCase: written,
  email: written,
  emailLowerCase: written,
  phone: written,
  companyName: written,
  businessId: written,
  address1: written,
  city: written,
  state: written,
  country: written,
  postalCode: written,
  website: written,
  timezone: written,
  gender: written,
  dateOfBirth: written,
  source: written,
  type: written,
  assignedTo: written,
  tags: list,
  dnd: Type.Boolean(),
  dndSettings: Type.Record(Type.String(), Channel),
  inboundDndSettings: anything,
  customFields: Type.Array(ContactValue),
  followers: list,
  additionalEmails: list,
  additionalPhones: list,
  attributionSource: anything,
  lastAttributionSource: anything,
  attributions: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  keyword: written,
  ssn: written,
  visitorId: written,
  attachments: written,
  dateAdded: Timestamp,
  dateUpdated: Timestamp,
  lastActivity: nullable(Timestamp),
})

export function writeContact(contact: Contact): Static<typeof WireContact> {
  const { noteCount: _, taskCount: __, createdAt, updatedAt, lastActivityAt, ...same } = contact
  return {
    ...same,
    contactName: contact.name,
    firstNameLowerCase: lower(contact.firstName),
    lastNameLowerCase: lower(contact.lastName),
    fullNameLowerCase: lower(contact.name),
    emailLowerCase: lower(contact.email),
    dateOfBirth: contact.dateOfBirth && `${contact.dateOfBirth}T00:00:00.000Z`,
    dndSettings: writeDndSettings(contact.dndSettings ?? {}),
    customFields: writeContactValues(contact.customFields),
    attributions: [contact.attributionSource, contact.lastAttributionSource].filter((source) => source !== null),
    dateAdded: iso(createdAt),
    dateUpdated: iso(updatedAt),
    lastActivity: isoOrNull(lastActivityAt),
  }
}

/** How a dialect writes a contact. */
export type WriteContact = typeof writeContact

const lower = (text: string | null) => text?.toLowerCase() ?? null

const writeDndSettings = (settings: DndSettings) =>
  Object.fromEntries(
    Object.entries(channels).flatMap(([name, key]) => (settings[key] ? [[name, settings[key]]] : [])),
  ) as Record<string, Static<typeof Channel>>

export const ContactReply = Type.Object({ contact: WireContact })
export const UpsertReply = Type.Object({ new: Type.Boolean(), contact: WireContact })
export const UpdatedReply = Type.Object({
  succeded: Type.Boolean(),
  success: Type.Boolean(),
  succeeded: Type.Boolean(),
  contact: WireContact,
})
export const CreatedReply = Type.Object({
  contact: Type.Composite([
    WireContact,
    Type.Object({
      birthMonth: Type.Optional(Type.Number()),
      birthDay: Type.Optional(Type.Number()),
      deleted: Type.Boolean(),
      bounceEmail: Type.Boolean(),
      unsubscribeEmail: Type.Boolean(),
      offers: list,
      products: list,
      lastSessionActivityAt: nullable(Timestamp),
    }),
  ]),
})

export function writeCreated(contact: Contact, write: WriteContact): Static<typeof CreatedReply> {
  const written = write(contact)
  const [, birthMonth, birthDay] = contact.dateOfBirth?.split('-').map(Number) ?? []
  return {
    contact: {
      ...written,
      ...(birthMonth && birthDay && { birthMonth, birthDay }),
      deleted: false,
      bounceEmail: false,
      unsubscribeEmail: false,
      offers: [],
      products: [],
      lastSessionActivityAt: written.lastActivity,
    },
  }
}

// sic: the original's spelling; clients look for any of the three (contract, conflict 8).
export const writeUpdated = (contact: Contact, write: WriteContact): Static<typeof UpdatedReply> => ({
  succeded: true,
  success: true,
  succeeded: true,
  contact: write(contact),
})

export const writeUpserted = ({ contact, isNew }: Upserted, write: WriteContact): Static<typeof UpsertReply> => ({
  new: isNew,
  contact: write(contact),
})
