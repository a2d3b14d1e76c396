import { updatePipeline } from '../../domain/opportunities/changePipeline.ts'
import { previewDeletion } from '../../domain/opportunities/pipelineDeletion.ts'
import { type Dialect, endpoint } from '../endpoint.ts'
import { One, writePipeline } from '../v2/pipelines/wire.ts'
import * as wire from './pipelineWire.ts'

export const pipelineRoutes: Dialect = {
  'update-pipeline-and-move': endpoint({
    method: 'PUT',
    path: '/console/pipelines/:pipelineId',
    summary: 'Update a pipeline and its stages, and say where the deals of a stage that goes are moved',
    tag: 'Pipelines',
    scope: 'pipelines.write',
    params: wire.PipelineId,
    body: wire.UpdateBody,
    reply: One,
    run: async (ctx, { params, body: { moveTo, ...wanted } }) =>
      writePipeline(await updatePipeline(ctx, params.pipelineId, wanted, moveTo)),
  }),

  'preview-pipeline-deletion': endpoint({
    method: 'GET',
    path: '/console/pipelines/:pipelineId/deletion',
    summary: 'See what deleting a pipeline, or some of its stages, would delete or move',
    tag: 'Pipelines',
    scope: 'pipelines.write',
    params: wire.PipelineId,
    query: wire.DeletionQuery,
    reply: wire.DeletionReply,
    run: async (ctx, { params, query }) =>
      wire.writeDeletion(await previewDeletion(ctx, params.pipelineId, wire.readStageIds(query))),
  }),
}
