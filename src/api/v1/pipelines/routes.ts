import { listPipelines } from '../../../domain/pipelines/queries.ts'
import { type Dialect, endpoint } from '../../endpoint.ts'
import * as wire from './wire.ts'

export const pipelineRoutes: Dialect = {
  'get-pipelines': endpoint({
    tag: 'Pipelines',
    scope: null,
    method: 'GET',
    path: '/v1/pipelines',
    summary: 'List pipelines with their stages',
    reply: wire.Pipelines,
    run: async (ctx) => wire.writePipelines(await listPipelines(ctx)),
  }),
}
