import type { Context } from '../../domain/context.ts'
import { DomainError } from '../../domain/errors.ts'
import { type Prepared, prepareImport, runImport, type Within } from '../../domain/opportunities/import/import.ts'
import { type Dialect, endpoint } from '../endpoint.ts'
import { rehearse } from '../rehearse.ts'
import * as wire from './importWire.ts'

/** What is sent is a file, so bodies may be longer than elsewhere, and need not be JSON. */
export const importRoutes: Dialect = {
  'import-opportunities': endpoint({
    method: 'POST',
    path: '/console/opportunities/import',
    summary: 'Create and update opportunities and their contacts from a file; each row for itself',
    tag: 'Opportunities',
    scope: 'opportunities.write',
    query: wire.ImportQuery,
    body: wire.ImportBody,
    reply: wire.ImportReply,
    streams: { type: 'application/x-ndjson; charset=utf-8' },
    run: async (ctx, { query, body }) => {
      if (!ctx.caller.scopes.has('contacts.write')) throw withoutScope()
      const prepared = await prepareImport(ctx, body.csv, wire.readMapping(body))
      return write(ctx, prepared, wire.readPart(prepared, body), query.dryRun ?? body.dryRun ?? false)
    },
  }),
}

const really: Within = (ctx, work) => work(ctx)

type Plans = Prepared['plans']

async function* write(ctx: Context, prepared: Prepared, plans: Plans, dryRun: boolean): AsyncGenerator<string> {
  const sum = wire.createSum()
  yield json(wire.writeBeginning(prepared, dryRun))
  for await (const results of runImport(ctx, { ...prepared, plans }, dryRun ? rehearse : really)) {
    for (const result of results) sum.count(result)
    yield results.map((result) => json(wire.writeResult(result, dryRun))).join('')
  }
  yield json(sum.write())
}

const json = (value: object) => `${JSON.stringify(value)}\n`

const withoutScope = () => new DomainError('unauthorized', 'The token is not authorized for this scope.')
