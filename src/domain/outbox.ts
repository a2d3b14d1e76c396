import sql, { type Sql } from 'sql-template-tag'
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
  | 'WebhookCreate'
  | 'WebhookUpdate'
  | 'WebhookDelete'
  | 'WorkflowCreate'
  | 'WorkflowUpdate'
  | 'WorkflowDelete'
  | 'ViewCreate'
  | 'ViewUpdate'
  | 'ViewDelete'

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
    | 'webhook'
    | 'workflow'
    | 'view'
  recordId: string
  /** Of a note or a task, whose it is: it belongs to that history too. */
  contactId?: string
  /** Grows by one with each change of the record, where the record counts them; else 0. */
  version?: number
  /** The record before and after, whole; null where it was not there. */
  before: unknown
  after: unknown
}

/** Keeps an event for ever, in the transaction of the change itself. Answers its number, by which history finds it. */
export async function append(ctx: Context, tx: Transaction, event: Event): Promise<number> {
  const { locationId, kind, id } = ctx.caller
  const { types, record, recordId, contactId = null, version = 0, after } = event
  const sides = [json(sideBefore(event)), json(after)]
  const { runId = null, depth = 0 } = ctx.cause ?? {}
  const caused = [kind, id, ctx.requestId ?? null, tx.id, ctx.now(), runId, depth]
  const kept = [
    locationId,
    JSON.stringify(types),
    record,
    recordId,
    contactId,
    version,
    ...sides,
    ...caused,
    locationId,
  ]
  const place = [locationId, recordId]
  const written = record === 'opportunity' ? chained(...kept, ...place, ...place) : insertion(...kept)
  const { seq, pending } = (await tx.one<{ seq: number; pending: number }>(written)) as { seq: number; pending: number }
  if (pending === 1) ctx.isHeard = true
  if (tx.id) tx.prove(proof(locationId, seq, tx.id))
  return seq
}

/** What the index of records knows, in its own words; of opportunities only how they ended. */
export const indexed = sql`(record <> 'opportunity' or "after" is null)`

/** Pending where somebody listens: nothing is left to do later for those who have nobody to tell. */
const insertionAfter = (previous: Sql) =>
  fixed(sql`
    insert into events (location_id, types, record, record_id, contact_id, record_version, "before", "after",
      caller_kind, caller_id, request_id, transaction_id, at, run_id, depth, pending, previous)
    select ${''}, ${''}, ${''}, ${''}, ${''}, ${0}, ${''}, ${''}, ${''}, ${''}, ${''}, ${''}, ${0}, ${''}, ${0},
      coalesce((select listening from locations where location_id = ${''}), 0), ${previous}
    returning seq, pending`)

const insertion = insertionAfter(sql`cast(null as bigint)`)
/** Of an opportunity that is there, behind its last event; of one that comes back, behind its deletion. */
const chained = insertionAfter(lastOf('', ''))

/** The number of an opportunity's last event, while the row stands there and once it is gone; null before its first. */
export function lastOf(locationId: string, id: string): Sql {
  return sql`coalesce(
    (select last_event from opportunities where location_id = ${locationId} and id = ${id}),
    (select max(seq) from events where location_id = ${locationId} and record_id = ${id}
      and ${indexed} and record = 'opportunity'))`
}

const proof = fixed(sql`
  select 1 from events where location_id = ${''} and seq = ${0} and transaction_id = ${''}`)

/** What an event keeps, as it is read: whole on both sides. */
export function readSides(row: { before: string | null; after: string | null }): { before: unknown; after: unknown } {
  const before = row.before && JSON.parse(row.before)
  const after = row.after && JSON.parse(row.after)
  return { before: before && after ? { ...after, ...before } : before, after }
}

/** A change keeps of `before` only the fields that differ: `after` has the others, and history is kept for ever. */
function sideBefore({ before, after }: Event): unknown {
  if (!before || !after) return before
  const [was, is] = [before as Record<string, unknown>, after as Record<string, unknown>]
  const kept: Record<string, unknown> = {}
  for (const name of Object.keys(was)) if (differs(was[name], is[name])) kept[name] = was[name]
  return kept
}

const differs = (one: unknown, other: unknown) =>
  one !== other && (typeof one !== 'object' || JSON.stringify(one) !== JSON.stringify(other))

const json = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value))
