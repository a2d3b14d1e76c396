import { createView, deleteView, listViews, updateView } from '../../domain/views/commands.ts'
import { type Dialect, endpoint } from '../endpoint.ts'
import * as wire from './viewWire.ts'

const tag = 'Views'
const scope = 'opportunities.readonly'

export const viewRoutes: Dialect = {
  'list-views': endpoint({
    method: 'GET',
    path: '/console/views',
    summary: "List one's own views of a page, and those that are shared",
    tag,
    scope,
    query: wire.ViewsQuery,
    reply: wire.ViewsReply,
    run: async (ctx, { query }) => ({ views: (await listViews(ctx, query.page)).map(wire.writeView(ctx.caller)) }),
  }),

  'create-view': endpoint({
    method: 'POST',
    path: '/console/views',
    summary: 'Keep a view of a page',
    tag,
    scope,
    status: 201,
    body: wire.CreateBody,
    reply: wire.ViewReply,
    run: async (ctx, { body }) => ({ view: wire.writeView(ctx.caller)(await createView(ctx, wire.readNew(body))) }),
  }),

  'update-view': endpoint({
    method: 'PUT',
    path: '/console/views/:viewId',
    summary: 'Change a view: what it is called, what it keeps, whether it is shared',
    tag,
    scope,
    params: wire.ViewId,
    body: wire.UpdateBody,
    reply: wire.ViewReply,
    run: async (ctx, { params, body }) => ({
      view: wire.writeView(ctx.caller)(await updateView(ctx, params.viewId, wire.readChange(body))),
    }),
  }),

  'delete-view': endpoint({
    method: 'DELETE',
    path: '/console/views/:viewId',
    summary: 'Delete a view',
    tag,
    scope,
    params: wire.ViewId,
    reply: wire.ViewReply,
    run: async (ctx, { params }) => ({ view: wire.writeView(ctx.caller)(await deleteView(ctx, params.viewId)) }),
  }),
}
