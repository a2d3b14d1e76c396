import type { CustomFieldValue } from '../customFields/values.ts'
import type { EventType } from '../outbox.ts'

export const statuses = ['open', 'won', 'lost', 'abandoned'] as const
export type Status = (typeof statuses)[number]

/** A deal in a pipeline. Times are epoch milliseconds. */
export interface Opportunity {
  id: string
  locationId: string
  name: string
  pipelineId: string
  pipelineStageId: string
  status: Status
  /** In the location's currency; null when nobody named one. */
  monetaryValue: number | null
  /** A user's id. */
  assignedTo: string | null
  contactId: string
  source: string | null
  /** Only while lost. */
  lostReasonId: string | null
  customFields: CustomFieldValue[]
  /** User ids. */
  followers: string[]
  /** The day the deal is expected to close: midnight UTC. */
  forecastExpectedCloseDate: number | null
  /** The first day ever expected. */
  forecastOriginalCloseDate: number | null
  /** How many times the expected day moved later. */
  forecastSlippageCount: number
  /** Days between the first day expected and the one expected now; 0 when it is not later. */
  forecastDaysSlipped: number
  forecastLastSlippedAt: number | null
  /** 0 to 100; overrides the stage's own where the pipeline allows it. */
  forecastProbability: number | null
  /** Grows by one with each write. */
  indexVersion: number
  lastStatusChangeAt: number
  lastStageChangeAt: number
  lastActionAt: number
  createdAt: number
  updatedAt: number
}

/** What can be changed; what is absent stays. */
export type OpportunityChange = Partial<
  Pick<
    Opportunity,
    | 'name'
    | 'pipelineId'
    | 'pipelineStageId'
    | 'status'
    | 'monetaryValue'
    | 'assignedTo'
    | 'contactId'
    | 'source'
    | 'lostReasonId'
    | 'customFields'
    | 'followers'
    | 'forecastExpectedCloseDate'
    | 'forecastProbability'
  >
>

export type NewOpportunity = OpportunityChange &
  Pick<Opportunity, 'name' | 'pipelineId' | 'pipelineStageId' | 'status' | 'contactId'>

const day = 86_400_000

/** An opportunity as it begins. */
export function begin(id: string, locationId: string, wanted: NewOpportunity, now: number): Opportunity {
  const expected = wanted.forecastExpectedCloseDate ?? null
  return {
    id,
    locationId,
    name: wanted.name,
    pipelineId: wanted.pipelineId,
    pipelineStageId: wanted.pipelineStageId,
    status: wanted.status,
    monetaryValue: wanted.monetaryValue ?? null,
    assignedTo: wanted.assignedTo ?? null,
    contactId: wanted.contactId,
    source: wanted.source ?? null,
    lostReasonId: wanted.status === 'lost' ? (wanted.lostReasonId ?? null) : null,
    customFields: wanted.customFields ?? [],
    followers: [...new Set(wanted.followers)],
    forecastExpectedCloseDate: expected,
    forecastOriginalCloseDate: expected,
    forecastSlippageCount: 0,
    forecastDaysSlipped: 0,
    forecastLastSlippedAt: null,
    forecastProbability: wanted.forecastProbability ?? null,
    indexVersion: 1,
    lastStatusChangeAt: now,
    lastStageChangeAt: now,
    lastActionAt: now,
    createdAt: now,
    updatedAt: now,
  }
}

/**
 * The opportunity after a change; the same object when nothing differs. The clocks that move, and what follows from a
 * status or a date, are decided here and nowhere else.
 */
export function change(before: Opportunity, wanted: OpportunityChange, now: number): Opportunity {
  const after = { ...before, ...wanted }
  if (after.status !== 'lost') after.lostReasonId = null
  forecast(before, after, now)
  if (changedFields(before, after).length === 0) return before

  after.updatedAt = now
  after.lastActionAt = now
  after.indexVersion = before.indexVersion + 1
  if (moved(before, after)) after.lastStageChangeAt = now
  if (after.status !== before.status) after.lastStatusChangeAt = now
  return after
}

/** Keeps count of how far the expected day slips past the first one. */
function forecast(before: Opportunity, after: Opportunity, now: number) {
  const [was, is] = [before.forecastExpectedCloseDate, after.forecastExpectedCloseDate]
  if (was === is) return
  after.forecastOriginalCloseDate ??= is
  const first = after.forecastOriginalCloseDate
  after.forecastDaysSlipped = is === null || first === null ? 0 : Math.max(0, Math.round((is - first) / day))
  if (was === null || is === null || is <= was) return
  after.forecastSlippageCount++
  after.forecastLastSlippedAt = now
}

const moved = (before: Opportunity, after: Opportunity) =>
  after.pipelineStageId !== before.pipelineStageId || after.pipelineId !== before.pipelineId

const clocks = new Set(['indexVersion', 'updatedAt', 'lastActionAt', 'lastStageChangeAt', 'lastStatusChangeAt'])

/** The names of the fields that differ, clocks aside. */
export function changedFields(before: Opportunity, after: Opportunity): (keyof Opportunity)[] {
  return (Object.keys(after) as (keyof Opportunity)[]).filter(
    (field) => !clocks.has(field) && differs(before[field], after[field]),
  )
}

function differs(one: unknown, other: unknown): boolean {
  if (one === other) return false
  return typeof one !== 'object' || typeof other !== 'object' || JSON.stringify(one) !== JSON.stringify(other)
}

/** What a change is called: every change is an update, and more when it moves, closes, revalues or reassigns. */
export function eventsBetween(before: Opportunity | null, after: Opportunity | null): EventType[] {
  // sic: creation counts as an update too; deletion does not (contract 6.1).
  if (!before) return ['OpportunityCreate', 'OpportunityUpdate']
  if (!after) return ['OpportunityDelete']
  const types: EventType[] = ['OpportunityUpdate']
  if (moved(before, after)) types.push('OpportunityStageUpdate')
  if (after.status !== before.status) types.push('OpportunityStatusUpdate')
  if (after.monetaryValue !== before.monetaryValue) types.push('OpportunityMonetaryValueUpdate')
  if (after.assignedTo !== before.assignedTo) types.push('OpportunityAssignedToUpdate')
  return types
}
