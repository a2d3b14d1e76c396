import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** Prometheus' view of the server at `/metrics`: how long each operation took, and the process itself. */
export function serveMetrics(server: FastifyInstance): void {
  const registry = new Registry()
  const duration = new Histogram({
    name: 'pipewright_request_duration_seconds',
    help: 'Time from a request to its reply, by operation and status',
    labelNames: ['operation', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  })

  // Labels are looked up once for each pair, not once for each request.
  const series = new Map<string, Histogram.Internal<'operation' | 'status'>>()
  server.addHook('onResponse', (request, reply, done) => {
    const operation = (request.routeOptions.config as { operation?: string }).operation ?? 'other'
    const key = `${operation} ${reply.statusCode}`
    let one = series.get(key)
    if (!one) {
      one = duration.labels({ operation, status: String(reply.statusCode) })
      series.set(key, one)
    }
    one.observe(reply.elapsedTime / 1000)
    done()
  })

  let collecting = false
  server.get('/metrics', { config: { operation: 'metrics' } }, async (_request, reply) => {
    // The process's own figures cost a timer, so they begin when somebody first looks.
    if (!collecting) collectDefaultMetrics({ register: registry })
    collecting = true
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}
