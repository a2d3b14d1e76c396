import { Type } from '@sinclair/typebox'
import {
  createOpportunity,
  deleteOpportunity,
  follow,
  unfollow,
  updateOpportunity,
  upsertOpportunity,
} from '../../../domain/opportunities/commands.ts'
import { getOpportunity, searchOpportunities } from '../../../domain/opportunities/queries.ts'
import { type Dialect, endpoint } from '../../endpoint.ts'
import { recall, remember } from './cursors.ts'
import { present, presentPage, type Write } from './present.ts'
import { repliesWith, Success } from './replies.ts'
import * as search from './searchWire.ts'
import * as wire from './wire.ts'

const write = { tag: 'Opportunities', scope: 'opportunities.write' }
const read = { tag: 'Opportunities', scope: 'opportunities.readonly' }

/** What a dialect says of opportunities in its own way. */
export interface Speech {
  write: Write
  replies: ReturnType<typeof repliesWith>
  spelling: search.Spelling
}

export const opportunityRoutesIn = ({ write: show, replies, spelling }: Speech): Dialect => ({
  'search-opportunity': endpoint({
    ...read,
    method: 'GET',
    path: '/opportunities/search',
    summary: 'Search opportunities',
    location: spelling.location,
    query: spelling.query,
    reply: replies.Page,
    run: async (ctx, { query: sent, origin, locationNamed }) => {
      const asked = spelling.read(sent)
      const query = locationNamed ? asked : await recall(ctx, asked)
      const found = await searchOpportunities(ctx, search.readSearchQuery(query))
      const meta = search.writeMeta(query, found, origin(), spelling)
      remember(ctx, meta, query)
      const expand = { notes: query.getNotes, tasks: query.getTasks }
      return { opportunities: await presentPage(ctx, found, expand, show), meta, aggregations: {} }
    },
  }),

  'search-opportunities-advanced': endpoint({
    ...read,
    method: 'POST',
    path: '/opportunities/search',
    summary: 'Search opportunities with filters, groups and sorting',
    location: { in: 'body', name: 'locationId' },
    body: search.SearchBody,
    reply: replies.AdvancedPage,
    run: async (ctx, { body }) => {
      const found = await searchOpportunities(ctx, search.readSearchBody(body))
      const rows = await presentPage(ctx, found, body.additionalDetails ?? {}, show)
      const opportunities = rows.map((row) => Object.assign(row, { custom_fields: row.customFields }))
      return { opportunities, total: found.total, aggregations: {} }
    },
  }),

  'get-opportunity': endpoint({
    ...read,
    method: 'GET',
    path: '/opportunities/:id',
    summary: 'Get an opportunity',
    params: wire.Id,
    reply: replies.One,
    run: async (ctx, { params }) => ({ opportunity: await present(ctx, await getOpportunity(ctx, params.id), show) }),
  }),

  'create-opportunity': endpoint({
    ...write,
    method: 'POST',
    path: '/opportunities',
    summary: 'Create an opportunity',
    location: { in: 'body', name: 'locationId' },
    body: wire.CreateBody,
    reply: replies.One,
    status: 201,
    run: async (ctx, { body }) => ({
      opportunity: await present(ctx, await createOpportunity(ctx, wire.readNew(body)), show),
    }),
  }),

  'update-opportunity': endpoint({
    ...write,
    method: ['PUT', 'PATCH'],
    path: '/opportunities/:id',
    summary: 'Update an opportunity: move it, close it, change any field',
    params: wire.Id,
    body: wire.UpdateBody,
    reply: replies.One,
    run: async (ctx, { params, body }) => ({
      opportunity: await present(ctx, await updateOpportunity(ctx, params.id, wire.readWish(body)), show),
    }),
  }),

  'update-opportunity-status': endpoint({
    ...write,
    method: ['PUT', 'PATCH'],
    path: '/opportunities/:id/status',
    summary: 'Update the status of an opportunity',
    params: wire.Id,
    body: wire.StatusBody,
    reply: replies.Succeeded,
    run: async (ctx, { params, body }) => {
      const updated = await updateOpportunity(ctx, params.id, wire.readWish(body))
      return wire.writeSucceeded(await present(ctx, updated, show))
    },
  }),

  'upsert-opportunity': endpoint({
    ...write,
    method: 'POST',
    path: '/opportunities/upsert',
    summary: "Update the contact's opportunity in the pipeline, or create it",
    body: wire.UpsertBody,
    reply: replies.Upserted,
    run: async (ctx, { body }) => {
      const { opportunity, isNew } = await upsertOpportunity(ctx, wire.readUpsert(body))
      return { opportunity: await present(ctx, opportunity, show), new: isNew }
    },
  }),

  'delete-opportunity': endpoint({
    ...write,
    method: 'DELETE',
    path: '/opportunities/:id',
    summary: 'Delete an opportunity',
    params: wire.Id,
    reply: Success,
    run: async (ctx, { params }) => {
      await deleteOpportunity(ctx, params.id)
      return wire.succeeded
    },
  }),

  'add-followers-opportunity': endpoint({
    ...write,
    method: 'POST',
    path: '/opportunities/:id/followers',
    summary: 'Add followers',
    params: wire.Id,
    body: wire.FollowersBody,
    reply: Type.Object({ followers: Type.Array(Type.String()), followersAdded: Type.Array(Type.String()) }),
    status: 201,
    run: async (ctx, { params, body }) => {
      const { followers, added } = await follow(ctx, params.id, body.followers)
      return { followers, followersAdded: added }
    },
  }),

  'remove-followers-opportunity': endpoint({
    ...write,
    method: 'DELETE',
    path: '/opportunities/:id/followers',
    summary: 'Remove followers, or all of them',
    params: wire.Id,
    query: wire.UnfollowQuery,
    body: wire.UnfollowBody,
    reply: Type.Object({ followers: Type.Array(Type.String()), followersRemoved: Type.Array(Type.String()) }),
    run: async (ctx, { params, query, body }) => {
      const all = query.isRemoveAllFollowers
      const { followers, removed } = await unfollow(ctx, params.id, wire.readUnfollowed(body, all), all)
      return { followers, followersRemoved: removed }
    },
  }),
})

export const opportunityRoutes = opportunityRoutesIn({
  write: wire.writeOpportunity,
  replies: repliesWith({}),
  spelling: search.ours,
})
