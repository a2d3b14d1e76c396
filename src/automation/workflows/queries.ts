import type { Context } from '../../domain/context.ts'
import { notFound } from '../../domain/errors.ts'
import { issuesToPublish } from './commands.ts'
import { revisionOf } from './definition/revision.ts'
import type { Workflow } from './definition/workflow.ts'
import { listSamples, type Sample } from './inbound/table.ts'
import { type NamedRun, nameRuns } from './runs/names.ts'
import type { Run, StepEntry } from './runs/run.ts'
import * as runs from './runs/table.ts'
import type { Version } from './table.ts'
import * as workflows from './table.ts'

/** In the order in which they were made. */
export const listWorkflows = (ctx: Context): Promise<Workflow[]> => workflows.list(ctx.store, ctx.caller.locationId)

/** The same, with how many of each one's runs are in each state. */
export async function listWithRuns(ctx: Context) {
  const { locationId } = ctx.caller
  const found = await listWorkflows(ctx)
  return Promise.all(
    found.map(async (workflow) => ({
      workflow,
      runs: await runs.countStates(ctx.store, locationId, workflow.id),
    })),
  )
}

export async function getWorkflow(ctx: Context, id: string): Promise<Workflow> {
  const workflow = await workflows.find(ctx.store, ctx.caller.locationId, id)
  if (!workflow) throw notFound('Workflow')
  return workflow
}

/** A workflow with what stands in the way of publishing it, whether that would change it, and its runs by their state. */
export async function describeWorkflow(ctx: Context, id: string) {
  const workflow = await getWorkflow(ctx, id)
  const runsByState = await runs.countStates(ctx.store, workflow.locationId, id)
  const issues = await issuesToPublish(ctx.store, workflow)
  return { workflow, issues, isChanged: await isChanged(ctx, workflow), runs: runsByState }
}

/** Whether the draft is another than what was published last. */
async function isChanged({ store }: Context, { locationId, id, version, draft }: Workflow): Promise<boolean> {
  const published = await workflows.findVersion(store, locationId, id, version)
  return !published || revisionOf(published.definition) !== revisionOf(draft)
}

/** Newest first. */
export async function listVersions(ctx: Context, id: string): Promise<Version[]> {
  await getWorkflow(ctx, id)
  return workflows.listVersions(ctx.store, ctx.caller.locationId, id)
}

/** Newest first. */
export const searchRuns = (ctx: Context, by: runs.RunSearch): Promise<Run[]> =>
  runs.search(ctx.store, ctx.caller.locationId, by)

export async function getRun(ctx: Context, id: string): Promise<{ run: NamedRun; steps: StepEntry[] }> {
  const found = await runs.find(ctx.store, ctx.caller.locationId, id)
  const [run] = await nameRuns(ctx, found ? [found] : [])
  if (!run) throw notFound('Run')
  return { run, steps: await runs.listSteps(ctx.store, run.locationId, id) }
}

/** The last payloads that were sent to a workflow's address, newest first. */
export async function getSamples(ctx: Context, id: string): Promise<Sample[]> {
  const { locationId } = await getWorkflow(ctx, id)
  return listSamples(ctx.store, { locationId, workflowId: id })
}
