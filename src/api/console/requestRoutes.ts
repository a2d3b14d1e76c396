import { listLocations } from '../../domain/accounts/locations.ts'
import type { Context } from '../../domain/context.ts'
import { notFound } from '../../domain/errors.ts'
import { type Dialect, endpoint } from '../endpoint.ts'
import { type Logged, requestLogOf } from '../requestLog.ts'
import * as wire from './requestWire.ts'

const tag = 'Requests'
const see = 'requests.readonly'

export const requestRoutes: Dialect = {
  'list-requests': endpoint({
    method: 'GET',
    path: '/console/requests',
    summary: 'List the last requests that programs made to this process, newest first',
    tag,
    scope: see,
    query: wire.RequestsQuery,
    reply: wire.RequestsReply,
    run: async (ctx, { query }) => wire.writePage(await readSeen(ctx), query),
  }),

  'get-request': endpoint({
    method: 'GET',
    path: '/console/requests/:traceId',
    summary: 'Get a request with what it sent and what it was answered',
    tag,
    scope: see,
    params: wire.TraceId,
    reply: wire.RequestReply,
    run: async (ctx, { params }) => {
      const found = (await readSeen(ctx)).find(({ traceId }) => traceId === params.traceId)
      if (!found) throw notFound('Request')
      return { request: wire.writeWhole(found) }
    },
  }),
}

/**
 * The requests of the caller's location. Whose those are that no token is known of, nobody can tell: they are of the
 * location that their address names, or of the only one there is.
 */
async function readSeen({ store, caller }: Context): Promise<Logged[]> {
  const isOnly = (await listLocations(store)).length === 1
  const all = requestLogOf(store)?.read() ?? []
  return all.filter(({ credential, url }) =>
    credential ? credential.caller.locationId === caller.locationId : isOnly || url.includes(caller.locationId),
  )
}
