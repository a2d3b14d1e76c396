import { randomUUID } from 'node:crypto'
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { hearCallers } from '../domain/callers.ts'
import type { Store } from '../domain/context.ts'
import { Doubtful } from '../domain/errors.ts'
import { flushPages } from '../domain/search/pageMemory.ts'
import { highLevelLimits, type RateLimits } from '../limits.ts'
import { createAuthenticator } from './authenticate.ts'
import { bodyLimit, understandBodies } from './body.ts'
import { dialectConstraint } from './dialects.ts'
import { serveDocs } from './docs.ts'
import { doorOf, mountDialects } from './doors.ts'
import { drainOnClose } from './drain.ts'
import { unknownRoute, type WireError } from './errors.ts'
import { answerGarbage } from './garbage.ts'
import { hideInUrl } from './hidden.ts'
import type { House } from './house.ts'
import { serveMetrics } from './metrics.ts'
import { createRateLimiter, fullAllowance, rateLimitHeaders } from './rateLimit.ts'
import { createRequestLog } from './requestLog.ts'
import { createSessions } from './sessions.ts'
import { createSharedRateLimiter } from './sharedRateLimit.ts'
import { tell } from './tell.ts'
import { createThrottles } from './throttle.ts'
import type { DialectOptions } from './v2/options.ts'
import { serveWeb } from './webFiles.ts'

export interface ServerOptions {
  store: Store
  now: () => number
  wake: () => void
  /** What links begin with; null: the address that the client called. */
  publicUrl: string | null
  /** null: nobody is limited. */
  rateLimit: RateLimits | null
  dialects: DialectOptions
  logger: Logger
}

/** The front doors, not yet listening. */
export async function createServer({ store, now, wake, publicUrl, rateLimit, dialects, logger }: ServerOptions) {
  const authenticator = createAuthenticator(store, now)
  const sessions = createSessions(store, now)
  const limits = rateLimit ?? highLevelLimits
  const house: House = { store, now, wake, authenticator, sessions, throttles: createThrottles(), publicUrl, limits }
  if (rateLimit) house.take = store.isShared ? createSharedRateLimiter(store, rateLimit) : createRateLimiter(rateLimit)

  // Without a logger of its own: it would listen to each reply's end, and what is to be said is said here.
  const server = fastify({
    genReqId: () => randomUUID(),
    bodyLimit,
    // A request that is still arriving after this long never ends.
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    // A proxy on this machine says by which address it was called; nobody else is believed.
    trustProxy: 'loopback',
    clientErrorHandler: answerGarbage(() => rateLimitHeaders(house.limits, fullAllowance(house.limits, now()))),
    frameworkErrors: (error, request, reply) => answer(house, request, reply, doorOf(request).writeError(error)),
    routerOptions: {
      ignoreTrailingSlash: true,
      maxParamLength: 1000,
      constraints: { dialect: dialectConstraint as never },
    },
  })
  server.decorateRequest('began', 0).decorateRequest('caller').decorateRequest('session').decorateRequest('left')
  server.decorateRequest('credential').decorateRequest('text')
  understandBodies(server)
  drainOnClose(server)
  const observe = serveMetrics(server)
  const requests = createRequestLog(store, now)
  house.replied = (request, status, text) => {
    const ms = performance.now() - request.began
    const route = request.routeOptions?.config ?? {}
    observe(route.operation ?? 'other', status, ms)
    requests.keep(request, route, status, ms, text)
    if (logger.isLevelEnabled('info')) logReply(logger, request, status, ms)
  }
  house.failed = (err, traceId) => logger.error({ err, traceId }, 'request failed')
  server.addHook('onRequest', (request, _reply, done) => {
    request.began = performance.now()
    done()
  })
  server.setErrorHandler((error, request, reply) => {
    const wire = doorOf(request).writeError(error)
    // Who does not know whether a change was made must look, not ask again.
    if (wire.status === 503 && !(error instanceof Doubtful)) reply.header('retry-after', 1)
    if (wire.status >= 500) house.failed?.(error, request.id)
    return answer(house, request, reply, wire)
  })
  server.setNotFoundHandler((request, reply) =>
    answer(house, request, reply, doorOf(request).writeError(unknownRoute(request.method, request.url))),
  )

  const documented = await mountDialects(server, house, dialects)
  server.get('/health', async (request, reply) => {
    tell(house, request, reply)
    return { status: 'ok', traceId: request.id }
  })
  server.get('/healthz', async () => ({ status: 'ok' }))
  // Whoever opens the base URL in a browser wants to see something; to a program there is nothing here.
  server.get('/', async (request, reply) => {
    if (request.headers.accept?.includes('text/html')) return reply.redirect('/app')
    return reply.callNotFound()
  })
  await serveDocs(server, documented)
  await serveWeb(server)

  const flushing = setInterval(() => void authenticator.flushUses().catch((err) => logger.error({ err })), 60_000)
  flushing.unref()
  const deafen = [authenticator, sessions].flatMap(({ hear }) => [store.listen(hear), hearCallers(store, hear)])
  server.addHook('onClose', async () => {
    for (const end of deafen) end()
    clearInterval(flushing)
    // When a token was last used is not worth holding up the end for.
    await authenticator.flushUses().catch((err) => logger.error({ err }))
    await flushPages(store, now())
  })
  return server
}

/** A failure says what every reply says. */
function answer(house: House, request: FastifyRequest, reply: FastifyReply, { status, body }: WireError) {
  const text = JSON.stringify({ ...body, traceId: request.id })
  tell(house, request, reply)
  house.replied?.(request, status, text)
  return reply.code(status).header('content-type', 'application/json; charset=utf-8').send(text)
}

/** One line for each request; never a header, a query or a body, which may hold secrets. */
function logReply(logger: Logger, request: FastifyRequest, status: number, took: number) {
  const { method, caller, id } = request
  const path = pathOf(request)
  const who = caller?.kind === 'user' ? { userId: caller.id } : { tokenId: caller?.id }
  logger.info({ traceId: id, method, path, status, ms: Math.round(took * 100) / 100, ...who }, 'request')
}

/** Who reads the log is not to learn what only the sender of a request may know: an address may be a secret itself. */
function pathOf({ url, routeOptions }: FastifyRequest): string {
  const route = routeOptions.url ?? ''
  return route.includes(':secret') ? route : hideInUrl(url.split('?', 1)[0] ?? '')
}
