import { Handshake, UserRound } from 'lucide-react'
import { post } from '../../api/client.ts'
import type { Command } from '../../page/commands.ts'
import { pages } from '../../pages.ts'

/** Deals and contacts by name, e-mail or phone: five of each, of those that this person may see. */
export async function findRecords(
  query: string,
  locationId: string,
  may: (scope: string) => boolean,
  signal: AbortSignal,
) {
  const asks = (page: string, scope: string) => query.length > 1 && may(scope) && pages.some(({ id }) => id === page)
  const [deals, contacts] = await Promise.all([
    asks('opportunity', 'opportunities.readonly') ? findDeals(query, locationId, signal) : [],
    asks('contacts', 'contacts.readonly') ? findContacts(query, locationId, signal) : [],
  ])
  return { deals, contacts }
}

async function findDeals(query: string, locationId: string, signal: AbortSignal): Promise<Command[]> {
  const body = { locationId, query: query.slice(0, 75), limit: 5 }
  const { opportunities } = await post<{
    opportunities: { id: string; name: string; contact: { name: string | null } }[]
  }>('/opportunities/search', body, signal)
  return opportunities.map(({ id, name, contact }) => ({
    id: `deal ${id}`,
    label: name,
    ...(contact.name && { detail: contact.name }),
    icon: Handshake,
    href: `/opportunities/${id}`,
  }))
}

async function findContacts(query: string, locationId: string, signal: AbortSignal): Promise<Command[]> {
  const body = { locationId, query: query.slice(0, 75), pageLimit: 5 }
  const { contacts } = await post<{ contacts: FoundContact[] }>('/contacts/search', body, signal)
  return contacts.map(({ id, contactName, email, phone }) => ({
    id: `contact ${id}`,
    label: contactName || email || phone || id,
    ...((email || phone) && { detail: email || phone || '' }),
    icon: UserRound,
    href: `/contacts/${id}`,
  }))
}

interface FoundContact {
  id: string
  contactName?: string | null
  email?: string | null
  phone?: string | null
}
