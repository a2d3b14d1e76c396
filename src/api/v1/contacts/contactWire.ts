import { type Static, Type } from '@sinclair/typebox'
import type { Contact, ContactInput } from '../../../domain/contacts/contact.ts'
import type { ContactSearch, Page } from '../../../domain/contacts/queries.ts'
import type { ValueInput } from '../../../domain/customFields/values.ts'
import { invalid } from '../../../domain/errors.ts'
import { Meta, writeMeta } from '../../meta.ts'
import { oneOf } from '../../schemas.ts'
import { WireContact, writeContact as writeV2Contact } from '../../v2/contacts/contactWire.ts'
import { readContact as readV2Contact, UpdateBody } from '../../v2/contacts/inputWire.ts'
import { readList as readV2List, ListQuery as V2ListQuery } from '../../v2/contacts/searchWire.ts'
import { CustomFieldInputs, readValueInputs } from '../../v2/customFieldValues.ts'
import { said } from '../said.ts'

const { dndSettings: _, inboundDndSettings: __, ...fields } = UpdateBody.properties

/** What it does not know of a value v1 passes over, as it does in the body. */
const Values = Type.Array(Type.Object(CustomFieldInputs.items.properties), { maxItems: 200 })

/** By the ids of their fields; or the list that a contact is answered with, sent back. */
const CustomField = Type.Union([Type.Record(Type.String(), Type.Unknown(), { maxProperties: 200 }), Values], {
  examples: [{ '6dvNaf7VhkQ9snc5vnjJ': 'red' }],
})

export const ContactBody = Type.Object({
  ...fields,
  customFields: Type.Optional(Values),
  customField: Type.Optional(CustomField),
})

export function readContact({ customField, ...same }: Static<typeof ContactBody>): ContactInput {
  const contact = readV2Contact(same)
  return customField
    ? { ...contact, customFields: [...(contact.customFields ?? []), ...readValues(customField)] }
    : contact
}

function readValues(sent: Static<typeof CustomField>): ValueInput[] {
  const inputs = Array.isArray(sent)
    ? readValueInputs(sent)
    : Object.entries(sent).map(([id, value]) => ({ id, value }))
  return inputs.map((input, at) => ({ ...input, path: `customField.${Array.isArray(sent) ? at : input.id}` }))
}

/** A new one must be findable by more than its name. */
export function readNew(body: Static<typeof ContactBody>): ContactInput {
  const known = said(body)
  if (!known.email && !known.phone) throw invalid('email or phone should not be empty')
  return readContact(known)
}

export const V1Contact = Type.Object(
  { ...Type.Omit(WireContact, ['customFields']).properties, customField: WireContact.properties.customFields },
  { title: 'Contact' },
)

export function writeContact(contact: Contact): Static<typeof V1Contact> {
  const { customFields, ...same } = writeV2Contact(contact)
  return { ...same, customField: customFields }
}

export const ContactReply = Type.Object({ contact: V1Contact })

export const writeOne = (contact: Contact): Static<typeof ContactReply> => ({ contact: writeContact(contact) })

export const LookupQuery = Type.Object({
  email: Type.Optional(Type.String({ maxLength: 255, examples: ['john@deo.com'] })),
  phone: Type.Optional(Type.String({ maxLength: 100, examples: ['+1202-555-0107'] })),
})

export function readLookup({ email, phone }: Static<typeof LookupQuery>) {
  if (!email && !phone) throw invalid('email or phone should not be empty')
  return { email, number: phone }
}

export const LookupReply = Type.Object({ contacts: Type.Array(V1Contact), contact: Type.Optional(V1Contact) })

/** Clients read the first of the list, or the one; where there is none, both are missing. */
export function writeLookup(found: Contact | null): Static<typeof LookupReply> {
  if (!found) return { contacts: [] }
  const contact = writeContact(found)
  return { contacts: [contact], contact }
}

const { query, limit, startAfter, startAfterId, page } = V2ListQuery.properties

export const ListQuery = Type.Object({
  query,
  limit,
  sortBy: Type.Optional(oneOf(['date_added', 'date_updated'])),
  order: Type.Optional(oneOf(['asc', 'desc'])),
  startAfter,
  startAfterId,
  page,
})
type ListQuery = Static<typeof ListQuery>

export const readList = ({ sortBy = 'date_added', order = 'desc', ...same }: ListQuery): ContactSearch => ({
  ...readV2List(same),
  sort: [{ field: sortBy, direction: order }],
})

export const List = Type.Object({ contacts: Type.Array(V1Contact), meta: Meta })

export function writeList({ found, total, hasMore }: Page, query: ListQuery, origin: string): Static<typeof List> {
  const last = found.at(-1)
  const end = { last: last && { id: last.contact.id, place: last.key }, total, more: hasMore }
  return {
    contacts: found.map(({ contact }) => writeContact(contact)),
    meta: writeMeta(`${origin}/v1/contacts/`, query, end),
  }
}
