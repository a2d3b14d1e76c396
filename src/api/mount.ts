import type { OutgoingHttpHeader } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Caller, Context, Store } from '../domain/context.ts'
import { DomainError, invalid } from '../domain/errors.ts'
import type { RateLimits } from '../limits.ts'
import type { Credential, createAuthenticator } from './authenticate.ts'
import type { Dialect, Endpoint } from './endpoint.ts'
import { checkLocation } from './location.ts'
import { type Allowance, fullAllowance, rateLimitHeaders, retryAfter } from './rateLimit.ts'
import { type Check, coercingly, strictly } from './validate.ts'

/** What the rows of every dialect are served with. */
export interface House {
  store: Store
  now: () => number
  wake: () => void
  authenticator: ReturnType<typeof createAuthenticator>
  publicUrl: string | null
  limits: RateLimits
  /** Told of each reply as it goes out. */
  replied?: (request: FastifyRequest, status: number) => void
  /** Absent when limits are off. */
  take?: (key: string, now: number) => Allowance | Promise<Allowance>
}

type Record_ = Record<string, unknown>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The vendor's own operation id. */
    operation?: string
  }
  interface FastifyRequest {
    caller?: Caller
    /** What was left of the limits once it was counted. */
    left?: Allowance
    /** `performance.now()` when it came. */
    began: number
  }
}

/** Makes routes of a dialect's rows. `version` checks the Version header and throws. */
export function mount(server: FastifyInstance, house: House, dialect: Dialect, name: string, version: Version) {
  for (const [id, row] of Object.entries(dialect)) {
    server.route({
      method: row.method,
      url: row.path,
      constraints: { dialect: name },
      config: { operation: id },
      onRequest(request, reply, done) {
        const pending = admit(house, row, version, request, reply)
        if (pending) pending.then(() => done(), done)
        else done()
      },
      handler: serve(house, row),
    })
  }
}

export type Version = (header: string | undefined) => void

/** Before the body is read: version, token, scope, rate limit. Waits only where the token must be looked up. */
function admit(house: House, row: Endpoint, version: Version, request: FastifyRequest, reply: FastifyReply) {
  if (row.scope === undefined) return
  version(request.headers.version as string | undefined)
  const credential = house.authenticator.authenticate(request.headers.authorization)
  if (!(credential instanceof Promise)) return welcome(house, row, credential, request, reply)
  return credential.then((found) => welcome(house, row, found, request, reply))
}

function welcome(house: House, row: Endpoint, credential: Credential, request: FastifyRequest, reply: FastifyReply) {
  const { caller, token, key } = credential
  if (token.kind !== 'pit') throw new DomainError('unauthorized', 'Invalid token: access token is invalid', wrongKind)
  if (row.scope && !caller.scopes.has(row.scope)) {
    throw new DomainError('unauthorized', 'The token is not authorized for this scope.')
  }
  request.caller = caller
  const left = house.take ? house.take(key, house.now()) : fullAllowance(house.limits, house.now())
  if (!(left instanceof Promise)) return countRequest(left, request, reply)
  return left.then((counted) => countRequest(counted, request, reply))
}

const wrongKind = { name: 'INVALID_ACCESS_TOKEN' }

function countRequest(left: Allowance, request: FastifyRequest, reply: FastifyReply) {
  request.left = left
  if (left.allowed) return
  reply.header('retry-after', retryAfter(left))
  throw new DomainError('rate_limited', 'Too Many Requests')
}

/** After the body is read: location, parameters, then the row's one command or query. */
function serve(house: House, row: Endpoint) {
  // Made when first asked for: compiling every schema at once would be most of the start.
  let checks: ReturnType<typeof compile> | undefined
  const status = row.status ?? 200

  return async (request: FastifyRequest, reply: FastifyReply) => {
    const input = {
      headers: request.headers as Record_,
      params: request.params as Record_,
      query: request.query as Record_,
      body: (request.body ?? {}) as Record_,
      locationNamed: false,
      origin: () => house.publicUrl ?? `${request.protocol}://${request.host}`,
    }
    checks ??= compile(row)
    row.prepare?.(input.query)
    const caller = request.caller
    if (caller) input.locationNamed = checkLocation(caller.locationId, row.location, input)
    if (request.url.includes('%00')) refuseNull({ ...input.params, ...input.query })
    verify(checks.params, input.params)
    verify(checks.query, input.query)
    verify(checks.body, input.body)

    const context = { store: house.store, caller, now: house.now, wake: house.wake, requestId: request.id } as Context
    const result = await row.run(context, input as never)
    const json = traced(typeof result === 'string' ? result : JSON.stringify(result), request.id)
    house.replied?.(request, status)
    write(house, request, reply, status, json)
  }
}

/**
 * Past Fastify, which would look at each header and at the body once more before it hands them to Node; we have no hooks
 * that wait for a reply. What Node was told before, such as that the connection is to close, stays.
 */
function write({ limits }: House, request: FastifyRequest, reply: FastifyReply, status: number, json: string) {
  reply.hijack()
  const headers: OutgoingHttpHeader[] = []
  const left = request.left ? rateLimitHeaders(limits, request.left) : {}
  for (const name in left) headers.push(name, left[name] as number)
  headers.push('content-type', 'application/json; charset=utf-8', 'x-trace-id', request.id)
  headers.push('content-length', Buffer.byteLength(json))
  reply.raw.writeHead(status, headers)
  reply.raw.end(json)
}

/** The reply with its trace at the end. Joined as text: replies have many shapes, and copying each would cost more. */
const traced = (json: string, id: string) => `${json.slice(0, -1)}${json === '{}' ? '' : ','}"traceId":"${id}"}`

const compile = (row: Endpoint) => ({
  params: row.params && coercingly(row.params),
  query: row.query && coercingly(row.query),
  body: row.body && strictly(row.body),
})

const verify = (check: Check | undefined, value: unknown) => check?.(value)

/** No text of ours holds U+0000: not every store could keep it. */
export function refuseNull(value: unknown, path: string[] = []): void {
  if (typeof value === 'string' && value.includes('\0')) {
    throw invalid(`${path.join('.') || 'body'} must not contain null characters`)
  }
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (key.includes('\0')) throw invalid('property names must not contain null characters')
    refuseNull(inner, [...path, key])
  }
}
