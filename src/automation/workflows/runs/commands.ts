import { requireSeen } from '../../../domain/contacts/seen.ts'
import * as contacts from '../../../domain/contacts/table.ts'
import type { Context } from '../../../domain/context.ts'
import { DomainError, notFound } from '../../../domain/errors.ts'
import { newId } from '../../../domain/ids.ts'
import type { Transaction } from '../../../store/database.ts'
import { commitWork } from '../../commit.ts'
import * as workflows from '../table.ts'
import { begin } from './begin.ts'
import { stopRuns } from './queue.ts'
import { isOver, type Run } from './run.ts'
import { advanced, entry, over, stepOf } from './steps/step.ts'
import * as runs from './table.ts'

/** Tries the step again that a run failed at, at once and as often as at first, and goes on from there. */
export const retryRun = (ctx: Context, id: string): Promise<Run> =>
  change(ctx, id, async (_tx, run) => {
    requireFailed(run)
    return { ...run, state: 'running', attempts: 0, dueAt: ctx.now(), request: null, error: null, updatedAt: ctx.now() }
  })

/** Goes on behind the step that a run failed at. */
export const skipStep = (ctx: Context, id: string): Promise<Run> =>
  change(ctx, id, async (tx, run) => {
    requireFailed(run)
    const workflow = await workflows.findVersion(tx, run.locationId, run.workflowId, run.version)
    const step = workflow && stepOf(workflow, run)
    if (!workflow || !step) return over(run, 'done', null, ctx.now())
    const skipped = { state: 'skipped' as const, result: { skippedBy: ctx.caller.id } }
    await runs.insertStep(tx, run, entry({ run, step }, ctx.now(), skipped))
    return advanced({ run, workflow, step }, {}, ctx.now())
  })

/** Ends a run, whatever it is at. */
export const stopRun = (ctx: Context, id: string): Promise<Run> =>
  change(ctx, id, async (_tx, run) => {
    if (isOver(run)) throw mismatch('The run is over.')
    return over(run, 'stopped', `Stopped by the ${ctx.caller.kind} ${ctx.caller.id}`, ctx.now())
  })

/** Lets a contact enter a workflow; answers the run's id, or null where it may not enter again. */
export const enrol = (ctx: Context, contactId: string, workflowId: string, data: Run['data'] = {}) =>
  commitWork(ctx, async (tx): Promise<string | null> => {
    const { locationId, id } = ctx.caller
    await requireSeen(ctx, tx, await contacts.findKept(tx, locationId, contactId))
    const workflow = await workflows.requirePublished(tx, locationId, workflowId)
    const { kind } = ctx.caller
    const cause = `${kind} ${id} ${newId()}`
    const begun = { type: 'enrolment', by: kind, ...data }
    const depth = ctx.cause?.depth ?? 0
    return (await begin(tx, workflow, { cause, contactId, opportunityId: null, data: begun, depth }, ctx.now())) ?? null
  })

/** Ends what runs a contact has in a workflow; answers how many there were. */
export const leave = (ctx: Context, contactId: string, workflowId: string): Promise<number> =>
  commitWork(ctx, async (tx) => {
    const { locationId, kind, id } = ctx.caller
    await requireSeen(ctx, tx, await contacts.find(tx, locationId, contactId))
    if (!(await workflows.find(tx, locationId, workflowId))) throw notFound('Workflow')
    return stopRuns(tx, { locationId, contactId, workflowId }, `Taken out by the ${kind} ${id}`, ctx.now())
  })

const change = (ctx: Context, id: string, decide: (tx: Transaction, run: Run) => Promise<Run>): Promise<Run> =>
  commitWork(ctx, async (tx) => {
    const run = await runs.findLocked(tx, ctx.caller.locationId, id)
    if (!run) throw notFound('Run')
    const after = await decide(tx, run)
    await runs.update(tx, after, null)
    return after
  })

/** Whoever knows better need not wait until it was tried often enough. */
function requireFailed(run: Run) {
  if (run.state !== 'failed' && run.state !== 'retrying') throw mismatch(`The run has not failed: it is ${run.state}.`)
}

const mismatch = (message: string) => new DomainError('mismatch', message, { name: 'RUN_STATE_MISMATCH' })
