import { countSteps, getRun, searchRuns, searchStepRuns } from '../../automation/workflows/queries.ts'
import { retryRun, skipStep, stopRun } from '../../automation/workflows/runs/commands.ts'
import { type NamedRun, nameRuns } from '../../automation/workflows/runs/names.ts'
import type { Run } from '../../automation/workflows/runs/run.ts'
import { testWorkflow } from '../../automation/workflows/runs/steps/rehearse.ts'
import type { Context } from '../../domain/context.ts'
import { type Dialect, endpoint } from '../endpoint.ts'
import * as wire from './runWire.ts'
import { OfLocation, WorkflowId } from './workflowWire.ts'

const tag = 'Workflows'
const [see, change] = ['workflows.readonly', 'workflows.write'] as const

/** What a person can do about a run. */
const act = (path: string, summary: string, run: (ctx: Context, id: string) => Promise<Run>) =>
  endpoint({
    method: 'POST',
    path: `/console/runs/:runId/${path}`,
    summary,
    tag,
    scope: change,
    params: wire.RunId,
    reply: wire.RunReply,
    run: async (ctx, { params }) => {
      const [named] = await nameRuns(ctx, [await run(ctx, params.runId)])
      return { run: wire.writeRun(named as NamedRun) }
    },
  })

export const runRoutes: Dialect = {
  'test-workflow': endpoint({
    method: 'POST',
    path: '/console/workflows/:workflowId/test',
    summary: 'See what the draft would do; nothing is changed, sent or waited for',
    tag,
    scope: change,
    params: WorkflowId,
    body: wire.TestBody,
    reply: wire.TestReply,
    run: async (ctx, { params, body }) => {
      const { state, error, steps } = await testWorkflow(ctx, params.workflowId, body)
      return { state, error, steps: steps.map(wire.writeStep) }
    },
  }),

  'list-runs': endpoint({
    method: 'GET',
    path: '/console/runs',
    summary: 'List runs, newest first',
    tag,
    scope: see,
    query: wire.RunsQuery,
    reply: wire.RunsReply,
    run: async (ctx, { query }) => {
      const search = wire.readRuns(query)
      return wire.writeRuns(await nameRuns(ctx, await searchRuns(ctx, search)), search)
    },
  }),

  'get-run': endpoint({
    method: 'GET',
    path: '/console/runs/:runId',
    summary: 'Get a run with what each of its steps did',
    tag,
    scope: see,
    params: wire.RunId,
    reply: wire.StoryReply,
    run: async (ctx, { params }) => {
      const { run, steps } = await getRun(ctx, params.runId)
      return { run: wire.writeRun(run), trigger: run.data, steps: steps.map(wire.writeStep) }
    },
  }),

  'list-steps': endpoint({
    method: 'GET',
    path: '/console/workflows/:workflowId/steps',
    summary: 'List the steps of the draft, and how the runs stand that are at each of them',
    tag,
    scope: see,
    params: WorkflowId,
    query: OfLocation,
    reply: wire.StepsReply,
    run: async (ctx, { params }) => wire.writeSteps(await countSteps(ctx, params.workflowId)),
  }),

  'list-step-runs': endpoint({
    method: 'GET',
    path: '/console/workflows/:workflowId/steps/:stepId/runs',
    summary: 'List the runs that came to a step with what it did for each, newest first',
    tag,
    scope: see,
    params: wire.StepId,
    query: wire.StepRunsQuery,
    reply: wire.StepRunsReply,
    run: async (ctx, { params, query }) => {
      const search = wire.readStepRuns(params.stepId, query)
      return wire.writeStepRuns(await searchStepRuns(ctx, params.workflowId, search), search)
    },
  }),

  'retry-run': act('retry', 'Try the step again that a run failed at', retryRun),
  'skip-step': act('skip', 'Go on behind the step that a run failed at', skipStep),
  'stop-run': act('stop', 'End a run', stopRun),
}
