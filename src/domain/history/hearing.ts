import sql, { join } from 'sql-template-tag'
import type { Database } from '../../store/database.ts'
import { seesOpportunity, sightOfNamed } from '../accounts/sight.ts'
import type { Caller } from '../context.ts'
import type { Event } from '../outbox.ts'
import type { Scope } from '../tokens/scopes.ts'
import { type Kept, padded, together } from './table.ts'

/** What lets somebody hear of changes of a record, and look at its history. */
const scopes: Record<Event['record'], Scope> = {
  opportunity: 'opportunities.readonly',
  contact: 'contacts.readonly',
  note: 'contacts.readonly',
  task: 'contacts.readonly',
  pipeline: 'opportunities.readonly',
  lost_reason: 'opportunities.readonly',
  custom_field: 'locations/customFields.readonly',
  tag: 'locations/tags.readonly',
  user: 'users.readonly',
  location: 'locations.readonly',
  custom_value: 'locations/customValues.readonly',
  token: 'tokens.readonly',
  webhook: 'webhooks.readonly',
  workflow: 'workflows.readonly',
  view: 'opportunities.readonly',
}

export const maySee = ({ scopes: own }: Caller, record: Event['record']): boolean => own.has(scopes[record])

/** An event as somebody hears it. */
export interface Heard {
  event: Kept
  /** It was taken from them: what is told is how it was, and what it is now they no longer see. */
  isTaken: boolean
}

/** Those of the events that a caller may hear of. Who sees only their own hears of a deal that goes from them, last. */
export async function hearable(db: Database, caller: Caller, events: Kept[]): Promise<Heard[]> {
  const allowed = events.filter(
    (event) => isOneself(caller, event) || (maySee(caller, event.record) && isTheirs(caller, event)),
  )
  if (!caller.onlyAssigned) return allowed.map((event) => ({ event, isTaken: false }))
  const contacts = await seenContacts(db, caller, allowed)
  return allowed.flatMap((event) => hear(caller, event, contacts))
}

/** Everybody hears of what they may do from now on. */
const isOneself = ({ kind, id }: Caller, { record, recordId }: Kept) =>
  kind === 'user' && record === 'user' && recordId === id

/** Somebody's view of a page that is not shared is nobody else's. */
function isTheirs({ id }: Caller, { record, before, after }: Kept): boolean {
  return record !== 'view' || [before, after].some((view) => view && (view.isShared || view.ownerId === id))
}

type Owned = Parameters<typeof seesOpportunity>[1]

function hear(caller: Caller, event: Kept, contacts: Set<string>): Heard[] {
  const { record, before, after } = event
  const sees = (side: Kept['before']) => side !== null && seesOpportunity(caller, side as unknown as Owned)
  if (record === 'opportunity' || record === 'contact') {
    if (sees(after) || contacts.has(event.recordId)) return [{ event, isTaken: false }]
    return sees(before) ? [{ event, isTaken: after !== null }] : []
  }
  const contactId = contactOf(event)
  return contactId === null || contacts.has(contactId) ? [{ event, isTaken: false }] : []
}

/** Of a note or task; those that were written before this was noted say it themselves. */
export function contactOf({ record, contactId, before, after }: Kept): string | null {
  if (record !== 'note' && record !== 'task' && record !== 'opportunity') return null
  return contactId ?? ((after ?? before)?.contactId as string | undefined) ?? null
}

/** Which of the contacts that the events are about the caller sees by now. */
async function seenContacts(db: Database, caller: Caller, events: Kept[]): Promise<Set<string>> {
  const about = events
    .filter(({ record }) => record !== 'opportunity')
    .map((event) => (event.record === 'contact' ? event.recordId : contactOf(event)))
  const ids = [...new Set(about.filter((id) => id !== null))]
  const seen = new Set<string>()
  for (let at = 0; at < ids.length; at += together) {
    const rows = await db.all<{ id: string }>(sql`
      select c.id from contacts c
      where c.location_id = ${caller.locationId} and c.id in (${join(padded(ids.slice(at, at + together)))})
        ${sightOfNamed(caller).contacts}`)
    for (const { id } of rows) seen.add(id)
  }
  return seen
}
