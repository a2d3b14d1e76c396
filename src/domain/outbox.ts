import sql from 'sql-template-tag'
import { fixed, type Transaction } from '../store/database.ts'
import type { Context } from './context.ts'

export type EventType =
  | 'OpportunityCreate'
  | 'OpportunityUpdate'
  | 'OpportunityDelete'
  | 'OpportunityStageUpdate'
  | 'OpportunityStatusUpdate'
  | 'OpportunityMonetaryValueUpdate'
  | 'OpportunityAssignedToUpdate'
  | 'ContactCreate'
  | 'ContactUpdate'
  | 'ContactDelete'
  | 'ContactTagUpdate'
  | 'ContactDndUpdate'
  | 'NoteCreate'
  | 'NoteUpdate'
  | 'NoteDelete'
  | 'TaskCreate'
  | 'TaskUpdate'
  | 'TaskComplete'
  | 'TaskDelete'
  | 'PipelineCreate'
  | 'PipelineUpdate'
  | 'PipelineDelete'
  | 'LostReasonCreate'
  | 'LostReasonUpdate'
  | 'LostReasonDelete'
  | 'CustomFieldCreate'
  | 'CustomFieldUpdate'
  | 'CustomFieldDelete'
  | 'TagCreate'
  | 'TagUpdate'
  | 'TagDelete'
  | 'UserCreate'
  | 'UserUpdate'
  | 'UserDelete'
  | 'LocationCreate'
  | 'LocationUpdate'
  | 'CustomValueCreate'
  | 'CustomValueUpdate'
  | 'CustomValueDelete'
  | 'TokenCreate'
  | 'TokenUpdate'
  | 'TokenDelete'

/** One change to one record. A change may be several types at once: an update that is also a stage update. */
export interface Event {
  types: EventType[]
  record:
    | 'opportunity'
    | 'contact'
    | 'note'
    | 'task'
    | 'pipeline'
    | 'lost_reason'
    | 'custom_field'
    | 'tag'
    | 'user'
    | 'location'
    | 'custom_value'
    | 'token'
  recordId: string
  /** Grows by one with each change of the record, where the record counts them; else 0. */
  version?: number
  /** The record before and after, whole; null where it was not there. */
  before: unknown
  after: unknown
}

/** Keeps an event for ever, in the transaction of the change itself. */
export async function append(ctx: Context, tx: Transaction, event: Event): Promise<void> {
  const { locationId, kind, id } = ctx.caller
  const { types, record, recordId, version = 0, after } = event
  const sides = [json(was(event)), json(after)]
  const caused = [kind, id, ctx.requestId ?? null, ctx.now()]
  await tx.run(insertion(locationId, JSON.stringify(types), record, recordId, version, ...sides, ...caused))
}

const insertion = fixed(sql`
  insert into events (location_id, types, record, record_id, record_version, "before", "after",
    caller_kind, caller_id, request_id, at, depth)
  values (${''}, ${''}, ${''}, ${''}, ${0}, ${''}, ${''}, ${''}, ${''}, ${''}, ${0}, 0)`)

/** What an event keeps, as it is read: whole on both sides. */
export function readSides(row: { before: string | null; after: string | null }): { before: unknown; after: unknown } {
  const before = row.before && JSON.parse(row.before)
  const after = row.after && JSON.parse(row.after)
  return { before: before && after ? { ...after, ...before } : before, after }
}

/** A change keeps of `before` only the fields that differ: `after` has the others, and history is kept for ever. */
function was({ before, after }: Event): unknown {
  if (!before || !after) return before
  const now = after as Record<string, unknown>
  const differs = ([name, value]: [string, unknown]) =>
    value !== now[name] && (typeof value !== 'object' || JSON.stringify(value) !== JSON.stringify(now[name]))
  return Object.fromEntries(Object.entries(before).filter(differs))
}

const json = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value))
