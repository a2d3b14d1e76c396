import type { Context } from '../../domain/context.ts'
import { eachPage } from '../../domain/opportunities/each.ts'
import type { Search } from '../../domain/opportunities/queries.ts'
import { type Dialect, endpoint } from '../endpoint.ts'
import { readNames } from './csvNames.ts'
import * as wire from './csvWire.ts'

export const csvRoutes: Dialect = {
  'export-opportunities': endpoint({
    method: 'GET',
    path: '/console/opportunities.csv',
    summary: 'Get opportunities as a file for spreadsheets, by the filters of the board and the search',
    tag: 'Opportunities',
    scope: 'opportunities.readonly',
    query: wire.CsvQuery,
    reply: wire.CsvReply,
    streams: { type: 'text/csv; charset=utf-8', file: 'opportunities.csv' },
    run: async (ctx, { query }) => begun(write(ctx, wire.readSearch(query))),
  }),
}

async function* write(ctx: Context, search: Pick<Search, 'filters' | 'text' | 'sort'>): AsyncGenerator<string> {
  const names = await readNames(ctx)
  const pages = eachPage(ctx, search)
  const first = await pages.next()
  yield wire.writeHeaders(names)
  if (first.done) return
  yield wire.writeRows(first.value, names)
  for await (const page of pages) yield wire.writeRows(page, names)
}

/** With its first piece at hand: what is wrong with the question is answered like any other mistake. */
async function begun(pieces: AsyncGenerator<string>): Promise<AsyncIterable<string>> {
  const first = await pieces.next()
  return (async function* () {
    if (first.done) return
    yield first.value
    yield* pieces
  })()
}
