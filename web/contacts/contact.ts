import type { Static } from '@sinclair/typebox'
import type { ContactReply } from '../../src/api/v2/contacts/contactWire.ts'
import type { SearchReply } from '../../src/api/v2/contacts/searchWire.ts'
import { queryClient } from '../api/queries.ts'
import { contactWords as words } from '../words/contacts.ts'

export type Reply = Static<typeof ContactReply>
export type Contact = Reply['contact']
export type Page = Static<typeof SearchReply>
/** A row of the list. */
export type Found = Page['contacts'][number]

type Called = Pick<Contact, 'contactName' | 'companyName' | 'email' | 'phone'>

/** What somebody is called: of one without a name, the company, the e-mail or the number. */
export const nameOf = ({ contactName, companyName, email, phone }: Called): string =>
  contactName || companyName || email || phone || words.nameless

export const contactKey = (id: string) => ['contact', id]

export const showContact = (contact: Contact) => queryClient.setQueryData<Contact>(contactKey(contact.id), contact)
