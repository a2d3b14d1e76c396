import * as contacts from '../../domain/contacts/table.ts'
import { nextOfRecord } from '../../domain/history/table.ts'
import type { Transaction } from '../../store/database.ts'
import type { Listener } from '../dispatch.ts'
import type { Happened } from '../event.ts'
import type { Published, Workflow } from './definition/workflow.ts'
import { changesBetween } from './merge/view.ts'
import { begin, type Start } from './runs/begin.ts'
import { stopRuns, wakeWaiting } from './runs/queue.ts'
import { keepEntered, listEntered } from './table.ts'
import { triggerOf } from './triggers/index.ts'
import type { Change } from './triggers/trigger.ts'

/**
 * Begins what was published when the events happened, each workflow once for each, in the transaction that marks them as
 * done; ends the runs of contacts that are gone; and lets those look again that wait for something to change.
 */
export const startRuns: Listener = async (tx, now, events) => {
  const [first] = events
  if (!first) return
  const { locationId } = first
  let workflows = await listEntered(tx, locationId)
  for (const happened of events) {
    if (happened.record === 'workflow') {
      await noteState(tx, happened)
      workflows = await listEntered(tx, locationId)
    }
    if (happened.record === 'contact' && !happened.after) {
      await stopRuns(tx, { locationId, contactId: happened.recordId }, 'Its contact was deleted', now)
    }
    for (const workflow of workflows) await beginWhereMeant(tx, workflow, happened, now)
  }
  await wakeWaiting(tx, locationId, recordsOf(events), now)
}

/** From this event on others may enter, or nobody. */
async function noteState(tx: Transaction, { locationId, recordId, after }: Happened): Promise<void> {
  const workflow = after as Pick<Workflow, 'state' | 'version'> | null
  await keepEntered(tx, locationId, recordId, workflow?.state === 'published' ? workflow.version : null)
}

async function beginWhereMeant(tx: Transaction, workflow: Published, happened: Happened, now: number) {
  const { trigger: meant } = workflow.definition
  const trigger = meant && triggerOf(meant.type)
  if (!meant || !trigger || trigger.record !== happened.record || !happened.after) return
  if (!trigger.on.some((type) => happened.types.includes(type))) return
  const change = changeOf(tx, happened)
  if (!(await trigger.matches(meant.filters as never, change))) return
  const told = { type: meant.type, ...trigger.tell?.(meant.filters as never, change) }
  await begin(tx, workflow, startOf(happened, told), now)
}

const changeOf = (tx: Transaction, { locationId, seq, before, after }: Happened): Change<unknown> => ({
  before: before ?? null,
  after,
  tags: () => tagsAt(tx, locationId, (after as { contactId: string }).contactId, seq),
})

/** Those that the contact has now, unless something happened to it since: then as they were before that. In this order. */
async function tagsAt(tx: Transaction, locationId: string, contactId: string, seq: number): Promise<string[]> {
  const now = await contacts.find(tx, locationId, contactId)
  const next = await nextOfRecord(tx, locationId, contactId, seq)
  const then = (next ? next.before : now) as { tags?: string[] } | null | undefined
  return then?.tags ?? []
}

function startOf(happened: Happened, told: Record<string, unknown>): Start {
  const { seq, record, recordId, before, after, at, depth, types, runId } = happened
  const isOpportunity = record === 'opportunity'
  return {
    cause: `event ${seq}`,
    opportunityId: isOpportunity ? recordId : null,
    contactId: isOpportunity ? (after as { contactId: string }).contactId : recordId,
    data: { ...told, at: new Date(at).toISOString(), events: types, changes: changesBetween(record, before, after) },
    depth,
    begunBy: runId,
  }
}

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
