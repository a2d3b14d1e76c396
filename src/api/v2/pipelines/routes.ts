import { deletePipeline, updatePipeline } from '../../../domain/opportunities/changePipeline.ts'
import { createPipeline } from '../../../domain/pipelines/commands.ts'
import {
  createLostReason,
  deleteLostReason,
  renameLostReason,
  searchLostReasons,
} from '../../../domain/pipelines/lostReasons.ts'
import { getPipeline, listPipelines } from '../../../domain/pipelines/queries.ts'
import { type Dialect, endpoint } from '../../endpoint.ts'
import { Success } from '../opportunities/replies.ts'
import { succeeded } from '../opportunities/wire.ts'
import * as wire from './wire.ts'

const pipelines = { tag: 'Pipelines' }
const reasons = { tag: 'Lost reasons' }

export const pipelineRoutes: Dialect = {
  'get-pipelines': endpoint({
    ...pipelines,
    method: 'GET',
    path: '/opportunities/pipelines',
    summary: 'List pipelines with their stages',
    scope: 'opportunities.readonly',
    location: { in: 'query', name: 'locationId' },
    query: wire.ListQuery,
    reply: wire.Many,
    run: async (ctx) => ({ pipelines: (await listPipelines(ctx)).map(wire.writePipeline) }),
  }),

  'get-pipeline': endpoint({
    ...pipelines,
    method: 'GET',
    path: '/opportunities/pipelines/:id',
    summary: 'Get a pipeline',
    scope: 'opportunities.readonly',
    params: wire.Id,
    reply: wire.One,
    run: async (ctx, { params }) => wire.writePipeline(await getPipeline(ctx, params.id)),
  }),

  'create-pipeline': endpoint({
    ...pipelines,
    method: 'POST',
    path: '/opportunities/pipelines',
    summary: 'Create a pipeline',
    scope: 'pipelines.create',
    location: { in: 'body', name: 'locationId' },
    body: wire.CreateBody,
    reply: wire.One,
    status: 201,
    run: async (ctx, { body: { locationId: _, ...wanted } }) => wire.writePipeline(await createPipeline(ctx, wanted)),
  }),

  'update-pipeline': endpoint({
    ...pipelines,
    method: 'PUT',
    path: '/opportunities/pipelines/:id',
    summary: 'Update a pipeline and its stages',
    scope: 'pipelines.write',
    params: wire.Id,
    body: wire.UpdateBody,
    reply: wire.One,
    run: async (ctx, { params, body }) => wire.writePipeline(await updatePipeline(ctx, params.id, body)),
  }),

  'delete-pipeline': endpoint({
    ...pipelines,
    method: 'DELETE',
    path: '/opportunities/pipelines/:id',
    summary: 'Delete a pipeline and all its opportunities',
    scope: 'pipelines.write',
    params: wire.Id,
    reply: Success,
    run: async (ctx, { params }) => {
      await deletePipeline(ctx, params.id)
      return succeeded
    },
  }),

  'get-lost-reason': endpoint({
    ...reasons,
    method: 'GET',
    path: '/opportunities/lost-reason',
    summary: 'List lost reasons',
    scope: 'opportunities.readonly',
    location: { in: 'query', name: 'locationId' },
    query: wire.ReasonsQuery,
    reply: wire.Reasons,
    run: async (ctx, { query }) => {
      const { lostReasons, total } = await searchLostReasons(ctx, wire.readReasons(query))
      return { lostReasons: lostReasons.map(wire.writeReason), total }
    },
  }),

  'create-lost-reason': endpoint({
    ...reasons,
    method: 'POST',
    path: '/opportunities/lost-reason',
    summary: 'Create a lost reason',
    scope: 'opportunities.write',
    body: wire.ReasonBody,
    reply: wire.Reason,
    status: 201,
    run: async (ctx, { body }) => ({ lostReason: wire.writeReason(await createLostReason(ctx, body.name)) }),
  }),

  'update-lost-reason': endpoint({
    ...reasons,
    method: 'PUT',
    path: '/opportunities/lost-reason/:id',
    summary: 'Rename a lost reason',
    scope: 'opportunities.write',
    params: wire.ReasonId,
    body: wire.ReasonBody,
    reply: wire.Reason,
    run: async (ctx, { params, body }) => ({
      lostReason: wire.writeReason(await renameLostReason(ctx, params.id, body.name)),
    }),
  }),

  'delete-lost-reason': endpoint({
    ...reasons,
    method: 'DELETE',
    path: '/opportunities/lost-reason/:id',
    summary: 'Delete a lost reason; deals that name it keep it',
    scope: 'opportunities.write',
    params: wire.ReasonId,
    reply: Success,
    run: async (ctx, { params }) => {
      await deleteLostReason(ctx, params.id)
      return succeeded
    },
  }),
}
