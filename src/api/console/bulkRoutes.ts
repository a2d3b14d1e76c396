import { changeMany } from '../../domain/opportunities/bulk.ts'
import { type Dialect, endpoint } from '../endpoint.ts'
import * as wire from './bulkWire.ts'

export const bulkRoutes: Dialect = {
  'change-many-opportunities': endpoint({
    method: 'POST',
    path: '/console/opportunities/bulk',
    summary: 'Move, close, assign, tag or delete many opportunities, each for itself',
    tag: 'Opportunities',
    scope: 'opportunities.write',
    body: wire.BulkBody,
    reply: wire.BulkReply,
    run: async (ctx, { body }) => {
      const action = wire.readAction(body, ctx.caller.scopes)
      return wire.writeResults(await changeMany(ctx, wire.readIds(body), action))
    },
  }),
}
