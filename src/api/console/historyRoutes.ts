import { getHistory } from '../../domain/history/queries.ts'
import { type Dialect, endpoint } from '../endpoint.ts'
import * as wire from './historyWire.ts'

export const historyRoutes: Dialect = {
  'get-history': endpoint({
    method: 'GET',
    path: '/console/history',
    summary: 'What happened to a record: who changed what, newest first',
    tag: 'History',
    // By the record: `opportunities.readonly` for opportunities, `contacts.readonly` for contacts, and so on.
    scope: null,
    query: wire.HistoryQuery,
    reply: wire.HistoryReply,
    run: async (ctx, { query }) => wire.writeHistory(await getHistory(ctx, wire.readHistory(query))),
  }),
}
