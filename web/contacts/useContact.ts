import { useQuery } from '@tanstack/react-query'
import { get, put } from '../api/client.ts'
import { askAnew } from '../api/live/askAnew.ts'
import { useLive } from '../api/live/live.ts'
import { type Contact, contactKey, type Reply, showContact } from './contact.ts'

/** A contact, asked anew when it changes. */
export function useContact(id: string) {
  useLive('contact', (changes) => {
    if (changes.some(({ recordId }) => recordId === id)) {
      void askAnew({ queryKey: contactKey(id) })
    }
  })
  return useQuery({
    queryKey: contactKey(id),
    queryFn: async ({ signal }) => (await get<Reply>(`/contacts/${id}`, undefined, signal)).contact,
  })
}

type Settable = 'firstName' | 'lastName' | 'email' | 'phone' | 'companyName' | 'website' | 'address1' | 'city'
type Further = 'state' | 'country' | 'postalCode' | 'assignedTo' | 'source' | 'dateOfBirth' | 'dnd'

export interface ContactPatch extends Partial<Pick<Contact, Settable | Further>> {
  customFields?: { id: string; fieldValue: unknown }[]
}

/** For a field in place: what it became is shown, what was refused is thrown. */
export async function saveContact(id: string, patch: ContactPatch): Promise<void> {
  showContact((await put<Reply>(`/contacts/${id}`, patch)).contact)
}
