import { Type } from '@sinclair/typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../../domain/context.ts'
import { invalid } from '../../domain/errors.ts'
import { allow, allowVisit, identify } from '../admit.ts'
import type { Door } from '../door.ts'
import { endpoint } from '../endpoint.ts'
import type { House } from '../house.ts'
import { checkLocation } from '../location.ts'
import { admitting } from '../mount.ts'
import { createHub } from './liveHub.ts'
import { createStream } from './liveStream.ts'

/** Whoever may come in at all may listen, and hears what their scopes let them see. */
const row = endpoint({
  method: 'GET',
  path: '/console/stream',
  summary: 'Hear of changes as they happen',
  tag: 'Live',
  scope: null,
  reply: Type.String({ description: 'Server-sent events' }),
  run: async () => ({}),
})

/** `GET /console/stream`: server-sent events, for as long as the client stays and may listen. */
export function serveLive(server: FastifyInstance, house: House, door: Door): void {
  const hub = createHub(house)

  async function open(request: FastifyRequest, reply: FastifyReply) {
    const caller = request.caller as Caller
    const query = request.query as Record<string, unknown>
    checkLocation(caller.locationId, undefined, { headers: request.headers, query, params: {}, body: {} })
    const lastSeq = readSeq(request.headers['last-event-id'] ?? query.lastEventId)
    const listener = { stream: createStream(house.store, reply.raw, caller), admit: () => admit(house, door, request) }
    reply.raw.on('close', () => hub.leave(listener))
    const tip = await hub.join(listener)
    reply.hijack()
    house.replied?.(request, 200)
    reply.raw.writeHead(200, { ...headers, 'x-trace-id': request.id })
    listener.stream.begin(lastSeq, tip)
  }

  server.route({
    method: 'GET',
    url: row.path,
    exposeHeadRoute: false,
    config: { operation: 'hear-changes', door },
    onRequest: admitting(house, door, row),
    handler: open,
  })
  server.addHook('preClose', (done) => {
    hub.close()
    done()
  })
}

/** Nobody on the way is to keep it, or to gather it; the connection ends with it. */
const headers = {
  connection: 'close',
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
}

async function admit(house: House, door: Door, request: FastifyRequest): Promise<Caller> {
  const found = await identify(house, door, request)
  return 'secret' in found ? allowVisit(house, row, found, request) : allow(row, door.kinds, found)
}

/** The last event that the client heard of; a browser that opens a new stream can only name it in the address. */
function readSeq(named: unknown): number | undefined {
  if (named === undefined || named === '') return undefined
  const seq = typeof named === 'string' && /^\d{1,15}$/.test(named) ? Number(named) : undefined
  if (seq === undefined) throw invalid('lastEventId must be the id of an event of this stream')
  return seq
}
