import { useChange } from '../../api/change.ts'
import { del, get, post } from '../../api/client.ts'
import { useMay, useSession } from '../../api/session.tsx'
import { newDealWords as words } from '../../words/newDeal.ts'
import type { DealReply } from '../deal.ts'
import { type Chosen, contactBody, findCalled } from './useContacts.ts'

export interface Draft {
  name: string
  contact: Chosen | null
  /** The contact that was made for this deal, should the deal itself have been refused. */
  made: string | null
  value: number | null
  stageId: string
  /** '': not chosen yet. */
  ownerId: string
  closeDate: string | null
}

/** Creates the deal, and its contact before it if there is none who is called that. */
export function useCreating(pipelineId: string, change: (part: Partial<Draft>) => void, done: () => void) {
  const { location } = useSession()
  const mayFind = useMay()('contacts.readonly')
  const removeUnused = useRemoving()
  return useChange<Draft, DealReply>({
    run: async ({ name, contact, value, stageId, ownerId, closeDate }) => {
      const contactId = contact?.id ?? (await contactCalled(contact?.label.trim() ?? ''))
      return post('/opportunities/', {
        ...{ locationId: location.id, pipelineId, pipelineStageId: stageId, status: 'open' },
        ...{ name: name.trim(), contactId },
        ...(value !== null && { monetaryValue: value }),
        ...(ownerId !== 'nobody' && { assignedTo: ownerId }),
        ...(closeDate && { forecastExpectedCloseDate: closeDate }),
      })
    },
    isAlone: true,
    says: ({ name }) => words.created(name.trim()),
    done: (_, { made }) => {
      if (made) removeUnused.mutate(made)
      done()
    },
  })

  /** If the deal is then refused, the contact is there already, and is not created twice. */
  async function contactCalled(label: string): Promise<string> {
    const [known, another] = mayFind ? await findCalled(location.id, label) : []
    if (another) throw new Error(words.contactSeveral)
    if (known) return known.id
    const body = { locationId: location.id, ...contactBody(label) }
    const { contact } = await post<{ contact: { id: string } }>('/contacts/', body)
    change({ contact: { id: contact.id, label }, made: contact.id })
    return contact.id
  }
}

/** Takes a contact away again that no deal has come to use, and to which nothing has happened since it was made. */
export function useRemoving() {
  const { location } = useSession()
  return useChange<string>({
    run: async (id) => {
      const filters = [{ field: 'contact_id', operator: 'eq', value: id }]
      const body = { locationId: location.id, limit: 1, filters }
      const history = { record: 'contact', recordId: id, limit: 2 }
      const [{ total }, { events }] = await Promise.all([
        post<{ total: number }>('/opportunities/search', body),
        get<{ events: unknown[] }>('/console/history', history),
      ])
      if (total === 0 && events.length === 1) await del(`/contacts/${id}`)
    },
    refetch: [['contacts']],
  })
}
