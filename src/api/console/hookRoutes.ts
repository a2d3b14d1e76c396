import { rotateAddress } from '../../automation/workflows/commands.ts'
import { createFromTemplate, templates } from '../../automation/workflows/inbound/templates.ts'
import { getSamples } from '../../automation/workflows/queries.ts'
import { type Dialect, endpoint } from '../endpoint.ts'
import * as wire from './hookWire.ts'
import { OfLocation, WorkflowId, WorkflowReply, writeWorkflow } from './workflowWire.ts'

const tag = 'Workflows'
const [see, change] = ['workflows.readonly', 'workflows.write'] as const

export const hookRoutes: Dialect = {
  'list-templates': endpoint({
    method: 'GET',
    path: '/console/workflows/templates',
    summary: 'List workflows that are ready to use, with what is sent to them',
    tag,
    scope: see,
    query: OfLocation,
    reply: wire.TemplatesReply,
    run: async () => ({ templates: templates.map(wire.writeTemplate) }),
  }),

  'create-from-template': endpoint({
    method: 'POST',
    path: '/console/workflows/templates',
    summary: 'Create a draft of a template, for a pipeline',
    tag,
    scope: change,
    status: 201,
    body: wire.TemplateBody,
    reply: WorkflowReply,
    run: async (ctx, { body: { locationId: _, ...wanted }, origin }) => ({
      workflow: writeWorkflow(await createFromTemplate(ctx, wanted), ctx, origin),
    }),
  }),

  'list-samples': endpoint({
    method: 'GET',
    path: '/console/workflows/:workflowId/samples',
    summary: 'List the last payloads that were sent to the address of a workflow',
    tag,
    scope: see,
    params: WorkflowId,
    query: OfLocation,
    reply: wire.SamplesReply,
    run: async (ctx, { params }) => ({ samples: (await getSamples(ctx, params.workflowId)).map(wire.writeSample) }),
  }),

  'rotate-hook-address': endpoint({
    method: 'POST',
    path: '/console/workflows/:workflowId/rotate-address',
    summary: 'Give the inbound webhook a new address; the old one ends at once',
    tag,
    scope: change,
    params: WorkflowId,
    reply: WorkflowReply,
    run: async (ctx, { params, origin }) => ({
      workflow: writeWorkflow(await rotateAddress(ctx, params.workflowId), ctx, origin),
    }),
  }),
}
