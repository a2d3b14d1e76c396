import type { Context } from '../../domain/context.ts'
import { notFound } from '../../domain/errors.ts'
import { isChanged } from './changed.ts'
import { issuesToPublish } from './commands.ts'
import { stepIdsOf } from './definition/stepIds.ts'
import type { Workflow } from './definition/workflow.ts'
import { listSamples, type Sample } from './inbound/table.ts'
import { countAtSteps, type StepRun, type StepSearch, searchExpected, searchLogged } from './runs/atSteps.ts'
import { type NamedRun, nameRuns } from './runs/names.ts'
import { isOver, type Run, type StepEntry } from './runs/run.ts'
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
  return { workflow, issues, isChanged: await isChanged(ctx.store, workflow), runs: runsByState }
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

/** A step, and how many of the runs that are not over stand at it, by their state. */
export interface StepCount {
  id: string
  /** In the draft; null of one that the draft does not have any more. */
  place: string | null
  runs: Record<string, number>
}

/** The steps of the draft, then those at which runs of other versions stand. */
export async function countSteps(ctx: Context, workflowId: string): Promise<StepCount[]> {
  const workflow = await getWorkflow(ctx, workflowId)
  const steps = new Map<string, StepCount>()
  for (const [place, id] of Object.entries(stepIdsOf(workflow))) steps.set(id, { id, place, runs: {} })
  for (const { stepId: id, state, count } of await countAtSteps(ctx.store, workflow.locationId, workflowId)) {
    const step = steps.get(id) ?? { id, place: null, runs: {} }
    step.runs[state] = count
    steps.set(id, step)
  }
  return [...steps.values()]
}

export interface NamedStepRun extends StepRun {
  run: NamedRun
  /** Whether the run stands at the step now. */
  isHere: boolean
}

/** The runs that came to a step of a workflow, each with the last that the step did for it; the newest first. */
export async function searchStepRuns(ctx: Context, workflowId: string, by: StepSearch): Promise<NamedStepRun[]> {
  const { locationId } = await getWorkflow(ctx, workflowId)
  const both = [await searchLogged(ctx.store, locationId, by), await searchExpected(ctx.store, locationId, by)].flat()
  const found = both
    .filter(({ run }) => run.workflowId === workflowId)
    .sort(newestFirst)
    .slice(0, by.limit)
  const named = await nameRuns(
    ctx,
    found.map(({ run }) => run),
  )
  return found.map((one, at) => ({
    ...one,
    run: named[at] as NamedRun,
    isHere: !isOver(one.run) && one.run.stepId === by.stepId,
  }))
}

const newestFirst = (one: StepRun, other: StepRun) => other.at - one.at || (one.run.id < other.run.id ? 1 : -1)
