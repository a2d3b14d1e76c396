import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { post } from '../api/client.ts'
import { useSession } from '../api/session.tsx'
import type { Option } from '../ui/choices/options.tsx'

interface FoundContact {
  id: string
  contactName?: string | null
  companyName?: string | null
  email?: string | null
  phone?: string | null
}

/** Contacts that fit what is typed. */
export function useFoundContacts(typed: string): Option[] {
  const { location } = useSession()
  const query = useLater(typed.trim()).slice(0, 75)
  const { data = [] } = useQuery({
    queryKey: ['contacts', 'for workflows', query],
    queryFn: async ({ signal }) => {
      const body = { locationId: location.id, pageLimit: 10, ...(query && { query }) }
      const { contacts } = await post<{ contacts: FoundContact[] }>('/contacts/search', body, signal)
      return contacts.map(({ id, contactName, companyName, email, phone }) =>
        optionOf(id, [contactName, companyName, email, phone]),
      )
    },
    placeholderData: keepPreviousData,
  })
  return data
}

interface FoundDeal {
  id: string
  name: string
  contact?: { name?: string | null }
}

/** Deals that fit what is typed. */
export function useFoundDeals(typed: string): Option[] {
  const { location } = useSession()
  const query = useLater(typed.trim()).slice(0, 75)
  const { data = [] } = useQuery({
    queryKey: ['deals', 'for workflows', query],
    queryFn: async ({ signal }) => {
      const body = { locationId: location.id, limit: 10, ...(query && { query }) }
      const { opportunities } = await post<{ opportunities: FoundDeal[] }>('/opportunities/search', body, signal)
      return opportunities.map(({ id, name, contact }) => optionOf(id, [name, contact?.name]))
    },
    placeholderData: keepPreviousData,
  })
  return data
}

function optionOf(id: string, names: (string | null | undefined)[]): Option {
  const [label = id, detail] = names.filter((name) => typeof name === 'string' && name !== '') as string[]
  return { id, label, ...(detail && { detail }) }
}

/** A moment after the last key. */
function useLater(text: string): string {
  const [later, setLater] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setLater(text), 150)
    return () => clearTimeout(timer)
  }, [text])
  return later
}
