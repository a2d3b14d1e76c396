import {
  createOpportunityIn,
  deleteOpportunityIn,
  getOpportunityIn,
  searchOpportunitiesIn,
  updateOpportunityIn,
} from '../../../domain/opportunities/inPipeline.ts'
import { type Dialect, endpoint } from '../../endpoint.ts'
import { Nothing, writeNothing } from '../nothing.ts'
import { remember, resume } from '../resume.ts'
import * as wire from './wire.ts'

const shared = { tag: 'Opportunities', scope: null }

export const opportunityRoutes: Dialect = {
  'get-opportunities': endpoint({
    ...shared,
    method: 'GET',
    path: '/v1/pipelines/:pipelineId/opportunities',
    summary: 'List the opportunities of a pipeline, newest first',
    params: wire.InPipeline,
    query: wire.ListQuery,
    reply: wire.List,
    run: async (ctx, { params: { pipelineId }, query: asked, origin }) => {
      const query = await resume(ctx, asked)
      const found = await searchOpportunitiesIn(ctx, pipelineId, wire.readList(query))
      const list = wire.writeList(found, pipelineId, query, origin())
      remember(ctx, list.meta, query)
      return list
    },
  }),

  'get-opportunity': endpoint({
    ...shared,
    method: 'GET',
    path: '/v1/pipelines/:pipelineId/opportunities/:id',
    summary: 'Get an opportunity',
    params: wire.Address,
    reply: wire.Opportunity,
    run: async (ctx, { params }) => wire.writeOpportunity(await getOpportunityIn(ctx, params)),
  }),

  'create-opportunity': endpoint({
    ...shared,
    method: 'POST',
    path: '/v1/pipelines/:pipelineId/opportunities',
    summary: 'Create an opportunity, and its contact where there is none',
    params: wire.InPipeline,
    body: wire.CreateBody,
    reply: wire.Opportunity,
    run: async (ctx, { params, body }) =>
      wire.writeOpportunity(await createOpportunityIn(ctx, params.pipelineId, wire.readNew(body))),
  }),

  'update-opportunity': endpoint({
    ...shared,
    method: 'PUT',
    path: '/v1/pipelines/:pipelineId/opportunities/:id',
    summary: 'Update an opportunity',
    params: wire.Address,
    body: wire.UpdateBody,
    reply: wire.Opportunity,
    run: async (ctx, { params, body }) =>
      wire.writeOpportunity(await updateOpportunityIn(ctx, params, wire.readWish(body))),
  }),

  'update-opportunity-status': endpoint({
    ...shared,
    method: 'PUT',
    path: '/v1/pipelines/:pipelineId/opportunities/:id/status',
    summary: 'Update the status and the stage of an opportunity',
    params: wire.Address,
    body: wire.StatusBody,
    reply: Nothing,
    run: async (ctx, { params, body }) => writeNothing(await updateOpportunityIn(ctx, params, wire.readWish(body))),
  }),

  'delete-opportunity': endpoint({
    ...shared,
    method: 'DELETE',
    path: '/v1/pipelines/:pipelineId/opportunities/:id',
    summary: 'Delete an opportunity',
    params: wire.Address,
    reply: Nothing,
    run: async (ctx, { params }) => writeNothing(await deleteOpportunityIn(ctx, params)),
  }),
}
