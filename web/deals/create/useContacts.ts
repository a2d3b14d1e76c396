import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { post } from '../../api/client.ts'
import { useMay, useSession } from '../../api/session.tsx'
import type { Option } from '../../ui/choices/options.tsx'

/** Without an id: whoever is called that, or somebody new. */
export interface Chosen {
  id: string | null
  label: string
}

interface Found {
  id: string
  contactName?: string | null
  email?: string | null
  phone?: string | null
}

/** Contacts that fit what is typed. */
export function useContacts(name: string): Option[] {
  const { location } = useSession()
  const isAllowed = useMay()('contacts.readonly')
  const query = useLater(name).slice(0, 75)
  const { data = [], isPlaceholderData } = useQuery({
    queryKey: ['contacts', 'found', query],
    queryFn: async ({ signal }) => {
      const body = { locationId: location.id, pageLimit: 10, ...(query && { query }) }
      return (await post<{ contacts: Found[] }>('/contacts/search', body, signal)).contacts.map(optionOf)
    },
    enabled: isAllowed,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  })
  // Until the server has answered, those of before that fit as well.
  return isPlaceholderData || query !== name.slice(0, 75) ? data.filter((one) => fits(one, name)) : data
}

/** Who is called exactly that, or has that address or number: two are enough to know that it is not one. */
export async function findCalled(locationId: string, name: string): Promise<Option[]> {
  const same = ['contactName', 'email', 'phone'].map((field) => ({ field, operator: 'eq', value: name }))
  const body = { locationId, pageLimit: 2, filters: [{ group: 'OR', filters: same }] }
  return (await post<{ contacts: Found[] }>('/contacts/search', body)).contacts.map(optionOf)
}

function optionOf({ id, contactName, email, phone }: Found): Option {
  const label = contactName || email || phone || id
  const detail = [email, phone].filter((one) => one && one !== label).join(separator)
  return { id, label, ...(detail && { detail }) }
}

const separator = ' · '

export const isCalled = (contact: Option, name: string) => namesOf(contact).includes(name.toLowerCase())

const fits = (contact: Option, name: string) => namesOf(contact).some((one) => one.includes(name.toLowerCase()))

const namesOf = ({ label, detail = '' }: Option) => [label, ...detail.split(separator)].map((one) => one.toLowerCase())

/** What was typed is a name, an e-mail address or a phone number, by the look of it. */
export function contactBody(label: string): Record<string, string> {
  if (/^\S+@\S+\.\S+$/.test(label)) return { email: label }
  if (/^\+?[\d\s()/.-]{6,}$/.test(label)) return { phone: label }
  return { name: label }
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
