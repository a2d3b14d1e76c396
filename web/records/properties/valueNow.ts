import type { Static } from '@sinclair/typebox'
import type { ContactReply } from '../../../src/api/v2/contacts/contactWire.ts'
import type { writeOpportunity } from '../../../src/api/v3/opportunityWire.ts'
import { get } from '../../api/client.ts'

type Contact = Static<typeof ContactReply>['contact']
type Deal = ReturnType<typeof writeOpportunity>

/** What the server has of a custom field by now, null for nothing: what the page shows of it may be older. */
export async function valueNow(model: 'opportunity' | 'contact', recordId: string, fieldId: string): Promise<unknown> {
  const isAsked = ({ id }: { id: string }) => id === fieldId
  if (model === 'contact') {
    const { contact } = await get<{ contact: Contact }>(`/contacts/${recordId}`)
    return contact.customFields.find(isAsked)?.value ?? null
  }
  const { opportunity } = await get<{ opportunity: Deal }>(`/opportunities/${recordId}`)
  return opportunity.customFields.find(isAsked)?.fieldValue ?? null
}
