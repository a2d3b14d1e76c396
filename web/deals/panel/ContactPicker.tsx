import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { post } from '../../api/client.ts'
import type { Named } from '../../api/lookups.ts'
import { useSession } from '../../api/session.tsx'
import { ComboBox } from '../../ui/choices/ComboBox.tsx'
import { dealWords as words } from '../../words/deals.ts'

interface Found {
  id: string
  contactName: string | null
  companyName: string | null
  email: string | null
  phone: string | null
}

/** One of all contacts, found by the server as one types. */
export function ContactPicker({ onChoose }: { onChoose: (contact: Named) => void }) {
  const { location } = useSession()
  const [typed, setTyped] = useState('')
  const query = useDeferredValue(typed.trim()).slice(0, 75)
  const { data: found = [] } = useQuery({
    queryKey: ['contacts', 'picker', query],
    queryFn: async ({ signal }) => {
      const body = { locationId: location.id, query, pageLimit: 10 }
      return (await post<{ contacts: Found[] }>('/contacts/search', body, signal)).contacts
    },
    placeholderData: (before) => before,
  })
  const options = found.map(({ id, contactName, companyName, email, phone }) => {
    const [label = words.nameless, detail] = [contactName, companyName, email, phone].filter((known) => known !== null)
    return { id, label, ...(detail && { detail }) }
  })
  return (
    <ComboBox
      label={words.contact}
      placeholder={words.searchContact}
      options={options}
      value={null}
      onChange={(id) => {
        const chosen = options.find((option) => option.id === id)
        if (chosen) onChoose({ id: chosen.id, name: chosen.label })
      }}
      isSearchedElsewhere
      onInputChange={setTyped}
      autoFocus
    />
  )
}
