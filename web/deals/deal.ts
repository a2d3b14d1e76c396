import type { writeOpportunity } from '../../src/api/v3/opportunityWire.ts'
import { queryClient } from '../api/queries.ts'

export type Deal = ReturnType<typeof writeOpportunity>
export type Status = Deal['status']
export interface DealReply {
  opportunity: Deal
}

/** What of a deal can be set, as v3's PUT takes it. */
export interface DealPatch {
  name?: string
  monetaryValue?: number | null
  pipelineId?: string
  pipelineStageId?: string
  status?: Status
  lostReasonId?: string | null
  assignedTo?: string | null
  contactId?: string
  source?: string | null
  forecastExpectedCloseDate?: string | null
  forecastProbability?: number | null
  customFields?: { id: string; fieldValue: unknown }[]
}

export const dealKey = (id: string) => ['deal', id]

export const dealShown = (id: string) => queryClient.getQueryData<Deal>(dealKey(id))

export const showDeal = (deal: Deal) => queryClient.setQueryData<Deal>(dealKey(deal.id), deal)
