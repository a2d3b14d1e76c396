import type { FastifyInstance, FastifyReply, onRequestHookHandler } from 'fastify'
import type { Context } from '../domain/context.ts'
import { allow, allowVisit, count, identify, tooMany } from './admit.ts'
import type { Credential } from './authenticate.ts'
import { callOf } from './call.ts'
import type { Door } from './door.ts'
import type { Dialect, Endpoint } from './endpoint.ts'
import { refuseForeign } from './forgery.ts'
import type { House } from './house.ts'
import { type Allowance, retryAfter } from './rateLimit.ts'
import type { FastifyRequest } from './request.ts'
import type { Visit } from './sessions.ts'
import { sendStream } from './stream.ts'
import { visitorOf } from './visitor.ts'
import { write } from './write.ts'

type Record_ = Record<string, unknown>

/** Makes routes of a dialect's rows. */
export function mount(server: FastifyInstance, house: House, dialect: Dialect, door: Door) {
  for (const [id, row] of Object.entries(dialect)) {
    server.route({
      method: row.method,
      url: row.path,
      ...(door.constraint && { constraints: { dialect: door.constraint } }),
      config: { operation: id, door, ...(row.scope !== undefined && { scope: row.scope }) },
      onRequest: admitting(house, door, row),
      handler: serve(house, door, row),
    })
  }
}

/** The hook that lets a request in by a door, or refuses it. */
export function admitting(house: House, door: Door, row: Endpoint): onRequestHookHandler {
  return (request, reply, done) => {
    const pending = admit(house, door, row, request, reply)
    if (pending) pending.then(() => done(), done)
    else done()
  }
}

/** Before the body is read: version, who asks, scope, rate limit. Waits only where somebody must be looked up. */
function admit(house: House, door: Door, row: Endpoint, request: FastifyRequest, reply: FastifyReply) {
  if (row.scope === undefined) {
    if (door.takesSessions) refuseForeign(house, request)
    return
  }
  door.checkVersion?.(request.headers.version as string | undefined)
  const found = identify(house, door, request)
  if (!(found instanceof Promise)) return welcome(house, door, row, found, request, reply)
  return found.then((found) => welcome(house, door, row, found, request, reply))
}

function welcome(
  house: House,
  { kinds }: Door,
  row: Endpoint,
  found: Credential | Visit,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  if ('secret' in found) return receive(house, row, found, request)
  request.credential = found
  request.caller = allow(row, kinds, found)
  const left = count(house, found)
  if (!(left instanceof Promise)) return countRequest(left, request, reply)
  return left.then((counted) => countRequest(counted, request, reply))
}

/** People are not counted: they do not ask as fast as programs. */
function receive(house: House, row: Endpoint, visit: Visit, request: FastifyRequest) {
  request.session = visit.secret
  request.caller = allowVisit(house, row, visit, request)
}

function countRequest(left: Allowance, request: FastifyRequest, reply: FastifyReply) {
  request.left = left
  if (left.allowed) return
  reply.header('retry-after', retryAfter(left))
  throw tooMany()
}

/** After the body is read. */
function serve(house: House, door: Door, row: Endpoint) {
  const call = callOf(row, door)
  const status = row.status ?? 200

  return async (request: FastifyRequest, reply: FastifyReply) => {
    const sent = {
      headers: request.headers as Record_,
      params: request.params as Record_,
      query: request.query as Record_,
      body: (request.body ?? {}) as Record_,
      origin: () => house.publicUrl ?? originOf(request),
      visitor: () => visitorOf(house, request, reply),
    }
    const { store, now, wake } = house
    const context = { store, caller: request.caller, now, wake, requestId: request.id } as Context
    const result = await call(context, sent, request.url)
    if (row.streams) return sendStream(house, request, reply, row.streams, result as AsyncIterable<string>)
    const json = typeof result === 'string' ? result : JSON.stringify(result)
    const text = door.isTraced ? traced(json, request.id) : json
    house.replied?.(request, status, text)
    write(house, door, request, reply, status, text)
  }
}

/** As the client, or the proxy before us, says that we were called; nobody is sent to what is no address of a server. */
function originOf({ protocol, host, raw }: FastifyRequest): string {
  const asked = `${protocol}://${host}`
  if (/^https?:\/\/([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i.test(asked)) return asked
  return `http://${raw.socket.localAddress}:${raw.socket.localPort}`
}

/** The reply with its trace at the end. Joined as text: replies have many shapes, and copying each would cost more. */
const traced = (json: string, id: string) => `${json.slice(0, -1)}${json === '{}' ? '' : ','}"traceId":"${id}"}`
