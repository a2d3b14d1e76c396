import { actions } from '../../automation/workflows/actions/index.ts'
import {
  changeDraft,
  createWorkflow,
  deleteWorkflow,
  drainWorkflow,
  pauseWorkflow,
  publishWorkflow,
  resumeWorkflow,
  unpublishWorkflow,
} from '../../automation/workflows/commands.ts'
import type { Workflow } from '../../automation/workflows/definition/workflow.ts'
import { describeWorkflow, listVersions, listWithRuns } from '../../automation/workflows/queries.ts'
import { findTriggers } from '../../automation/workflows/triggers/index.ts'
import type { Context } from '../../domain/context.ts'
import { type Dialect, endpoint } from '../endpoint.ts'
import { hookRoutes } from './hookRoutes.ts'
import { runRoutes } from './runRoutes.ts'
import * as wire from './workflowWire.ts'

const tag = 'Workflows'
const [see, change] = ['workflows.readonly', 'workflows.write'] as const

/** The ways from one state to another, besides publishing. */
const move = (path: string, summary: string, run: (ctx: Context, id: string) => Promise<Workflow>) =>
  endpoint({
    method: 'POST',
    path: `/console/workflows/:workflowId/${path}`,
    summary,
    tag,
    scope: change,
    params: wire.WorkflowId,
    reply: wire.WorkflowReply,
    run: async (ctx, { params, origin }) => ({
      workflow: wire.writeWorkflow(await run(ctx, params.workflowId), ctx, origin),
    }),
  })

export const workflowRoutes: Dialect = {
  'list-trigger-types': endpoint({
    method: 'GET',
    path: '/console/workflows/triggers',
    summary: 'List what can start a workflow, by any of its names',
    tag,
    scope: see,
    query: wire.TypesQuery,
    reply: wire.TriggersReply,
    run: async (_ctx, { query }) => ({
      triggers: findTriggers(query.query).map(({ type, title, alsoCalled, about, record, filters }) => ({
        ...{ type, title, alsoCalled, about, record, filters },
      })),
    }),
  }),

  'list-action-types': endpoint({
    method: 'GET',
    path: '/console/workflows/actions',
    summary: 'List what a workflow can do',
    tag,
    scope: see,
    query: wire.OfLocation,
    reply: wire.ActionsReply,
    run: async () => ({
      actions: actions.map(({ type, title, about, branches = [], settings }) => ({
        ...{ type, title, about, branches, settings },
      })),
    }),
  }),

  'list-workflows': endpoint({
    method: 'GET',
    path: '/console/workflows',
    summary: 'List the workflows of the location, and how their runs stand',
    tag,
    scope: see,
    query: wire.OfLocation,
    reply: wire.WorkflowsReply,
    run: async (ctx) => ({ workflows: (await listWithRuns(ctx)).map((one) => wire.writeCounted(ctx, one)) }),
  }),

  'create-workflow': endpoint({
    method: 'POST',
    path: '/console/workflows',
    summary: 'Create a draft',
    tag,
    scope: change,
    status: 201,
    body: wire.CreateBody,
    reply: wire.WorkflowReply,
    run: async (ctx, { body, origin }) => ({
      workflow: wire.writeWorkflow(
        await createWorkflow(ctx, { ...wire.readDraft(body), name: body.name }),
        ctx,
        origin,
      ),
    }),
  }),

  'get-whole-workflow': endpoint({
    method: 'GET',
    path: '/console/workflows/:workflowId',
    summary: 'Get a workflow, what stands in the way of publishing it, and how its runs stand',
    tag,
    scope: see,
    params: wire.WorkflowId,
    query: wire.OfLocation,
    reply: wire.WholeReply,
    run: async (ctx, { params, origin }) => {
      const { workflow, ...rest } = await describeWorkflow(ctx, params.workflowId)
      return { workflow: wire.writeWorkflow(workflow, ctx, origin), ...rest }
    },
  }),

  'update-workflow': endpoint({
    method: 'PUT',
    path: '/console/workflows/:workflowId',
    summary: 'Change the draft; what is published stays as it is',
    tag,
    scope: change,
    params: wire.WorkflowId,
    body: wire.UpdateBody,
    reply: wire.WorkflowReply,
    run: async (ctx, { params, body, origin }) => ({
      workflow: wire.writeWorkflow(await changeDraft(ctx, params.workflowId, wire.readDraft(body)), ctx, origin),
    }),
  }),

  'delete-workflow': endpoint({
    method: 'DELETE',
    path: '/console/workflows/:workflowId',
    summary: 'Delete a workflow with its versions and runs',
    tag,
    scope: change,
    params: wire.WorkflowId,
    reply: wire.DeletedReply,
    run: async (ctx, { params }) => {
      await deleteWorkflow(ctx, params.workflowId)
      return { deleted: true }
    },
  }),

  'publish-workflow': endpoint({
    method: 'POST',
    path: '/console/workflows/:workflowId/publish',
    summary: 'Make the draft the version that runs',
    tag,
    scope: change,
    params: wire.WorkflowId,
    body: wire.PublishBody,
    reply: wire.WorkflowReply,
    run: async (ctx, { params, body: { locationId: _, ...seen }, origin }) => ({
      workflow: wire.writeWorkflow(await publishWorkflow(ctx, params.workflowId, seen), ctx, origin),
    }),
  }),
  'unpublish-workflow': move('unpublish', 'Back to a draft; its runs end', unpublishWorkflow),
  'pause-workflow': move('pause', 'Let nobody enter, and let its runs stand still', pauseWorkflow),
  'drain-workflow': move('drain', 'Let nobody enter; its runs go through to the end', drainWorkflow),
  'resume-workflow': move('resume', 'Go on after a pause', resumeWorkflow),

  'list-workflow-versions': endpoint({
    method: 'GET',
    path: '/console/workflows/:workflowId/versions',
    summary: 'List what was published, newest first',
    tag,
    scope: see,
    params: wire.WorkflowId,
    query: wire.OfLocation,
    reply: wire.VersionsReply,
    run: async (ctx, { params }) => ({ versions: (await listVersions(ctx, params.workflowId)).map(wire.writeVersion) }),
  }),

  ...runRoutes,
  ...hookRoutes,
}
