import { tellChanged } from '../../../../domain/commit.ts'
import { DomainError, Unavailable } from '../../../../domain/errors.ts'
import type { Transaction } from '../../../../store/database.ts'
import type { Automation } from '../../../context.ts'
import { stepIdAt } from '../../definition/stepIds.ts'
import type { State } from '../../definition/workflow.ts'
import { findVersion } from '../../table.ts'
import { release } from '../queue.ts'
import type { Run } from '../run.ts'
import * as runs from '../table.ts'
import { reasonOf, recordFailure } from './failure.ts'
import { act, keep, type Next, over, stepOf } from './step.ts'

/** A run that this process has for a while. */
export interface Claimed {
  locationId: string
  id: string
  claim: string
  /** To whom it sends something; null where it is a step. */
  host: string | null
}

/** How long a claim lasts without anything being done, in ms: whoever is killed is followed by somebody else then. */
export const lease = { steps: 10_000, requests: 30_000 }

/** Steps of one run that are done in a row, before others have their turn. */
const inARow = 50

/**
 * Performs the steps of a run, one transaction each, until it waits, ends or fails. Whatever a step changes in the data,
 * its line in the log and the run's new place are kept together: after a crash it is done again as a whole, or not.
 */
export async function performRun(automation: Automation, claimed: Claimed, signal: AbortSignal): Promise<void> {
  for (let done = 0; done < inARow && !signal.aborted; done++) if (!(await performStep(automation, claimed))) return
  const { locationId, id, claim } = claimed
  await automation.store.transaction((tx) => release(tx, locationId, id, claim))
}

/** Whether there is more to do at once. */
async function performStep(automation: Automation, claimed: Claimed): Promise<boolean> {
  const { store, wake, logger } = automation
  try {
    const goesOn = await store.transaction(async (tx) => {
      // Thousands may be due at one moment: whoever reads has a turn between any two steps.
      await tx.pause()
      return stepWithin(automation, tx, claimed)
    })
    wake()
    tellChanged(store, claimed.locationId)
    return goesOn
  } catch (error) {
    if (error instanceof Unavailable) throw error
    const reason = reasonOf(error)
    if (!(error instanceof DomainError)) logger.error({ err: error, runId: claimed.id }, 'a step failed')
    await store.transaction((tx) => failWithin(automation, tx, claimed, reason))
    return false
  }
}

async function stepWithin(automation: Automation, tx: Transaction, claimed: Claimed): Promise<boolean> {
  const now = automation.now()
  const next = await takeUp(tx, claimed, now)
  if (!next) return false
  const after = await keep(tx, next, await act(automation, tx, next), now)
  const goesOn = after.state === 'running'
  await runs.update(tx, after, goesOn ? { name: claimed.claim, until: now + lease.steps } : null)
  return goesOn
}

async function failWithin({ now }: Automation, tx: Transaction, claimed: Claimed, reason: string): Promise<void> {
  const at = now()
  const next = await takeUp(tx, claimed, at)
  if (next) await recordFailure(tx, next, reason, at)
}

/**
 * The step that is next of a run that is still ours. Nothing where somebody else has it by now, or where there is none:
 * a workflow that is paused lets its runs stand still, one that is a draft again, or gone, ends them.
 */
export async function takeUp(
  tx: Transaction,
  { locationId, id, claim }: Claimed,
  now: number,
  goesOnIn: State[] = ['published', 'draining'],
): Promise<Next | undefined> {
  const run = await runs.findClaimed(tx, locationId, id, claim)
  if (!run) return undefined
  const workflow = await findVersion(tx, locationId, run.workflowId, run.version)
  const step = workflow && stepOf(workflow, run)
  if (workflow && step && goesOnIn.includes(workflow.state)) {
    return { run: { ...run, stepId: stepIdAt(workflow, run.place) }, workflow, step }
  }
  await runs.update(tx, ended(run, workflow?.state, now), null)
  return undefined
}

function ended(run: Run, state: string | undefined, now: number): Run {
  if (state === 'paused') return { ...run, held: true }
  const isGone = state === undefined || state === 'draft'
  return over(run, isGone ? 'stopped' : 'done', isGone ? 'Its workflow is not published any more' : null, now)
}
