import type { Contact } from '../../domain/contacts/contact.ts'
import * as v2 from '../v2/contacts/contactWire.ts'

/** v2's contact, but for the names of the channels, which are those of v3 in the domain (contract 3.5). */
export const writeContact: v2.WriteContact = (contact: Contact) =>
  Object.assign(v2.writeContact(contact), { dndSettings: { ...contact.dndSettings } })
