import { previewDeletion } from '../../domain/opportunities/pipelineDeletion.ts'
import { type Dialect, endpoint } from '../endpoint.ts'
import * as wire from './pipelineWire.ts'

export const pipelineRoutes: Dialect = {
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
