import { seesContact, seesOpportunity } from '../accounts/sight.ts'
import type { Context } from '../context.ts'
import { DomainError, notFound } from '../errors.ts'
import { type Change, changesOf, idsIn, named } from './changes.ts'
import { maySee } from './hearing.ts'
import { goneNames, type NamedDoer, nameDoers, namesOf } from './names.ts'
import type { Kept } from './table.ts'
import * as events from './table.ts'

/** The records whose history can be asked for, as people call them; those that may hold secrets are not among them. */
const nouns = {
  opportunity: 'Opportunity',
  contact: 'Contact',
  pipeline: 'Pipeline',
  user: 'User',
  location: 'Location',
} as const

export type Recorded = keyof typeof nouns
export const recorded = Object.keys(nouns) as Recorded[]

export interface HistorySearch extends events.Page {
  record: Recorded
  recordId: string
}

/** Something that happened, with who did it and what differed. */
export interface Happening extends Pick<Kept, 'seq' | 'at' | 'types' | 'record' | 'recordId'> {
  caller: NamedDoer
  changes: Change[]
}

export interface History {
  events: Happening[]
  more: boolean
}

/**
 * What happened to a record, newest first, also once it is gone. A contact's notes and tasks are part of its history, and
 * of that of its opportunities.
 */
export async function getHistory(ctx: Context, search: HistorySearch): Promise<History> {
  const { store, caller } = ctx
  const { locationId } = caller
  requireSight(ctx, search.record)
  const record = { record: search.record, id: search.recordId }
  const last = await events.lastOfRecord(store, locationId, record)
  if (!last || !(await isInSight(ctx, last))) throw notFound(nouns[search.record])

  const page = { before: search.before, limit: search.limit + 1 }
  const ofItself = await events.ofRecord(store, locationId, record, page)
  const contactId = maySee(caller, 'note') ? contactOf(last) : undefined
  const ofContact = contactId ? await events.ofContact(store, locationId, contactId, page) : []
  const found = [...ofItself, ...ofContact].sort((a, b) => b.seq - a.seq)
  return { events: await tellAll(ctx, found.slice(0, search.limit)), more: found.length > search.limit }
}

function requireSight({ caller }: Context, record: Recorded) {
  if (maySee(caller, record)) return
  if (caller.kind === 'user') throw new DomainError('forbidden', 'Your role does not allow this.')
  throw new DomainError('unauthorized', 'The token is not authorized for this scope.')
}

/** By how the record is, or was last. */
async function isInSight({ store, caller }: Context, { record, recordId, before, after }: Kept): Promise<boolean> {
  const side = (after ?? before ?? {}) as { assignedTo?: string | null; followers?: string[] }
  const owned = { id: recordId, assignedTo: side.assignedTo ?? null, followers: side.followers ?? [] }
  if (record === 'opportunity') return seesOpportunity(caller, owned)
  return record !== 'contact' || seesContact(store, caller, owned)
}

function contactOf({ record, recordId, before, after }: Kept): string | undefined {
  if (record === 'contact') return recordId
  return record === 'opportunity' ? ((after ?? before)?.contactId as string) : undefined
}

async function tellAll({ store, caller: { locationId } }: Context, found: Kept[]): Promise<Happening[]> {
  const changes = found.map(changesOf)
  const ids = changes.flatMap(idsIn)
  const known = await namesOf(store, locationId, ids)
  const unknown = ids.filter((id) => !known.has(id))
  const names = new Map([...(await goneNames(store, locationId, unknown, found)), ...known])
  const doers = found.map(({ callerKind, callerId }) => ({ kind: callerKind, id: callerId }))
  const nameDoer = await nameDoers(store, locationId, doers)
  return found.map(({ seq, at, types, record, recordId, callerKind, callerId }, place) => ({
    ...{ seq, at, types, record, recordId },
    caller: nameDoer({ kind: callerKind, id: callerId }),
    changes: (changes[place] ?? []).map((change) => named(change, names)),
  }))
}
