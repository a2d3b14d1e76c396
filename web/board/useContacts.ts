import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { post } from '../api/client.ts'
import { useMay, useSession } from '../api/session.tsx'
import type { Option } from '../ui/choices/options.tsx'

interface Found {
  id: string
  contactName?: string | null
  email?: string | null
  phone?: string | null
}

/** Contacts that fit what is typed; the chosen one is among them, whatever is typed. */
export function useContacts(typed: string, chosen: { id: string | null; label: string } | null): Option[] {
  const { location } = useSession()
  const isAllowed = useMay()('contacts.readonly')
  const query = useLater(typed.trim()).slice(0, 75)
  const { data = [] } = useQuery({
    queryKey: ['contacts', 'found', query],
    queryFn: async ({ signal }) => {
      const body = { locationId: location.id, pageLimit: 10, ...(query && { query }) }
      return (await post<{ contacts: Found[] }>('/contacts/search', body, signal)).contacts.map(optionOf)
    },
    enabled: isAllowed,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  })
  if (!chosen?.id || data.some(({ id }) => id === chosen.id)) return data
  return [{ id: chosen.id, label: chosen.label }, ...data]
}

function optionOf({ id, contactName, email, phone }: Found): Option {
  const label = contactName || email || phone || id
  const detail = [email, phone].filter((one) => one && one !== label).join(' · ')
  return { id, label, ...(detail && { detail }) }
}

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
