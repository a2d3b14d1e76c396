import { newId } from '../../../domain/ids.ts'
import type { Transaction } from '../../../store/database.ts'
import { beginning } from '../definition/place.ts'
import { stepIdAt } from '../definition/stepIds.ts'
import type { Published } from '../definition/workflow.ts'
import { deepest, mostOfChain, type Run } from './run.ts'
import * as runs from './table.ts'

/** What begins a run, and whom it is about. */
export type Start = Pick<Run, 'cause' | 'contactId' | 'opportunityId' | 'data' | 'depth'> & {
  /** The run that caused it. */
  begunBy?: string | null
}

/** Lets somebody enter a workflow; answers the run's id, or nothing where this very cause, or they, entered before. */
export async function begin(
  tx: Transaction,
  workflow: Published,
  start: Start,
  now: number,
): Promise<string | undefined> {
  const run = await guarded(tx, draft(workflow, start, now))
  return (await runs.insert(tx, run)) ? run.id : undefined
}

function draft(workflow: Published, { begunBy, ...start }: Start, now: number): Run {
  const id = newId()
  return {
    ...start,
    id,
    chain: begunBy ?? id,
    locationId: workflow.locationId,
    workflowId: workflow.id,
    version: workflow.version,
    cause: causeOf(workflow, start),
    state: 'running',
    place: beginning,
    stepId: stepIdAt(workflow, beginning),
    stepCount: 0,
    attempts: 0,
    dueAt: now,
    held: false,
    deadline: null,
    request: null,
    error: null,
    startedAt: now,
    updatedAt: now,
    endedAt: null,
  }
}

/** Of what goes round in circles, or ever wider, one line is kept for each workflow, and no more is begun. */
async function guarded(tx: Transaction, run: Run): Promise<Run> {
  const { locationId, depth } = run
  if (depth === 0) return run
  const chain = await runs.chainOf(tx, locationId, run.chain)
  if (depth >= deepest) return stopped({ ...run, chain }, `it was begun by ${deepest} runs, one through the other`)
  if (!(await runs.hasInChain(tx, locationId, chain, mostOfChain))) return { ...run, chain }
  return stopped({ ...run, chain, cause: `chain ${chain}` }, `one run caused ${mostOfChain} others`)
}

const stopped = (run: Run, why: string): Run => ({
  ...run,
  state: 'stopped',
  dueAt: null,
  error: `Stopped by the loop guard: ${why}`,
  endedAt: run.startedAt,
})

/** Where each enters once, who enters is the cause, so that no second run can be kept. */
function causeOf({ definition }: Published, { cause, contactId, opportunityId, depth }: Start): string {
  const { allowMultiple, allowMultipleOpportunity } = definition.settings
  if (allowMultiple || depth >= deepest) return cause
  if (allowMultipleOpportunity && opportunityId) return `opportunity ${opportunityId}`
  return contactId ? `contact ${contactId}` : cause
}
