import { newId } from '../../../domain/ids.ts'
import type { Transaction } from '../../../store/database.ts'
import { beginning } from '../definition/place.ts'
import type { Published } from '../definition/workflow.ts'
import { deepest, type Run } from './run.ts'
import * as runs from './table.ts'

/** What begins a run, and whom it is about. */
export type Start = Pick<Run, 'cause' | 'contactId' | 'opportunityId' | 'data' | 'depth'>

/** Lets somebody enter a workflow; answers the run's id, or nothing where this very cause, or they, entered before. */
export async function begin(
  tx: Transaction,
  workflow: Published,
  start: Start,
  now: number,
): Promise<string | undefined> {
  const run = draft(workflow, start, now)
  return (await runs.insert(tx, run)) ? run.id : undefined
}

function draft(workflow: Published, start: Start, now: number): Run {
  const isTooDeep = start.depth >= deepest
  return {
    ...start,
    id: newId(),
    locationId: workflow.locationId,
    workflowId: workflow.id,
    version: workflow.version,
    cause: causeOf(workflow, start),
    state: isTooDeep ? 'stopped' : 'running',
    place: beginning,
    stepCount: 0,
    attempts: 0,
    dueAt: isTooDeep ? null : now,
    held: false,
    deadline: null,
    request: null,
    error: isTooDeep ? `Stopped by the loop guard: it was begun by ${deepest} runs, one through the other` : null,
    startedAt: now,
    updatedAt: now,
    endedAt: isTooDeep ? now : null,
  }
}

/** Where each enters once, who enters is the cause, so that no second run can be kept. */
function causeOf({ definition }: Published, { cause, contactId, opportunityId, depth }: Start): string {
  const { allowMultiple, allowMultipleOpportunity } = definition.settings
  if (allowMultiple || depth >= deepest) return cause
  if (allowMultipleOpportunity && opportunityId) return `opportunity ${opportunityId}`
  return contactId ? `contact ${contactId}` : cause
}
