import * as contacts from '../../domain/contacts/table.ts'
import type { Transaction } from '../../store/database.ts'
import type { Listener } from '../dispatch.ts'
import type { Happened } from '../event.ts'
import type { Published } from './definition/workflow.ts'
import { begin, type Start } from './runs/begin.ts'
import { wakeWaiting } from './runs/queue.ts'
import { listPublished } from './table.ts'
import { triggerOf } from './triggers/index.ts'
import type { Change } from './triggers/trigger.ts'

/**
 * Begins what is published for the events, each workflow once for each, in the transaction that marks them as done; and
 * lets those look again that wait for something to change.
 */
export const startRuns: Listener = async (tx, now, events) => {
  const [first] = events
  if (!first) return
  const { locationId } = first
  const workflows = await listPublished(tx, locationId)
  for (const happened of events) {
    for (const workflow of workflows) {
      if (await isMeant(tx, workflow, happened)) await begin(tx, workflow, startOf(workflow, happened), now)
    }
  }
  await wakeWaiting(tx, locationId, recordsOf(events), now)
}

async function isMeant(tx: Transaction, { definition }: Published, happened: Happened): Promise<boolean> {
  const trigger = definition.trigger && triggerOf(definition.trigger.type)
  if (!definition.trigger || !trigger || trigger.record !== happened.record || !happened.after) return false
  if (!trigger.on.some((type) => happened.types.includes(type))) return false
  return trigger.matches(definition.trigger.filters as never, changeOf(tx, happened))
}

const changeOf = (tx: Transaction, { locationId, before, after }: Happened): Change<unknown> => ({
  before: before ?? null,
  after,
  tags: async () => (await contacts.find(tx, locationId, (after as { contactId: string }).contactId))?.tags ?? [],
})

function startOf({ definition }: Published, happened: Happened): Start {
  const { seq, record, recordId, after, at, depth, types } = happened
  const isOpportunity = record === 'opportunity'
  return {
    cause: `event ${seq}`,
    opportunityId: isOpportunity ? recordId : null,
    contactId: isOpportunity ? (after as { contactId: string }).contactId : recordId,
    data: {
      type: definition.trigger?.type,
      at: new Date(at).toISOString(),
      events: types,
      changes: changesOf(happened),
    },
    depth,
  }
}

/** What was before and what is after, of all that changed and is told in a word. */
function changesOf({ before, after }: Happened): Record<string, { from: unknown; to: unknown }> {
  const [was, is] = [(before ?? {}) as Record<string, unknown>, (after ?? {}) as Record<string, unknown>]
  if (!before) return {}
  const changed = Object.keys(is).filter((name) => isPlain(is[name]) && isPlain(was[name]) && was[name] !== is[name])
  return Object.fromEntries(changed.map((name) => [name, { from: was[name] ?? null, to: is[name] ?? null }]))
}

const isPlain = (value: unknown) => typeof value !== 'object' || value === null

function recordsOf(events: Happened[]) {
  const idsOf = (kinds: string[], of: (event: Happened) => string | undefined) => [
    ...new Set(events.filter(({ record }) => kinds.includes(record)).flatMap((event) => of(event) ?? [])),
  ]
  const contactOf = ({ before, after }: Happened) => ((after ?? before) as { contactId?: string } | null)?.contactId
  return {
    opportunityIds: idsOf(['opportunity'], ({ recordId }) => recordId),
    contactIds: [...idsOf(['contact'], ({ recordId }) => recordId), ...idsOf(['note', 'task'], contactOf)],
  }
}
