import { getBoard } from '../../domain/opportunities/board.ts'
import { type Dialect, endpoint } from '../endpoint.ts'
import * as wire from './boardWire.ts'

export const boardRoutes: Dialect = {
  'get-board': endpoint({
    method: 'GET',
    path: '/console/board',
    summary: 'Sum up the columns of a board, by the filters that its cards are searched with',
    tag: 'Board',
    scope: 'opportunities.readonly',
    query: wire.BoardQuery,
    reply: wire.BoardReply,
    run: async (ctx, { query }) => wire.writeBoard(await getBoard(ctx, wire.readBoard(query))),
  }),
}
