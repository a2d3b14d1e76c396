import { getBin, restoreOpportunity } from '../../domain/opportunities/bin.ts'
import { type Dialect, endpoint } from '../endpoint.ts'
import { present } from '../v2/opportunities/present.ts'
import { replies, writeOpportunity } from '../v3/opportunityWire.ts'
import * as wire from './binWire.ts'

const tag = 'Bin'

export const binRoutes: Dialect = {
  'list-bin': endpoint({
    method: 'GET',
    path: '/console/bin',
    summary: 'List deleted opportunities that can be restored, the last one first',
    tag,
    scope: 'opportunities.readonly',
    query: wire.BinQuery,
    reply: wire.BinReply,
    run: async (ctx, { query }) => wire.writeBin(await getBin(ctx, wire.readBin(query))),
  }),

  'restore-opportunity': endpoint({
    method: 'POST',
    path: '/console/bin/:opportunityId/restore',
    summary: 'Take an opportunity out of the bin, by its old id',
    tag,
    scope: 'opportunities.write',
    params: wire.OpportunityId,
    reply: replies.One,
    run: async (ctx, { params }) => ({
      opportunity: await present(ctx, await restoreOpportunity(ctx, params.opportunityId), writeOpportunity),
    }),
  }),
}
