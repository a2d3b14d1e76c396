import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** Notes that a reply went out: of which operation, with which status, after how many milliseconds. */
export type Observe = (operation: string, status: number, ms: number) => void

/** Durations handed to the histogram at once; one by one they would cost each request more than its own share. */
const together = 500

/** Prometheus' view of the server at `/metrics`: how long each operation took, and the process itself. */
export function serveMetrics(server: FastifyInstance): Observe {
  const registry = new Registry()
  const duration = new Histogram({
    name: 'pipewright_request_duration_seconds',
    help: 'Time from a request to its reply, by operation and status',
    labelNames: ['operation', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  })
  const waiting = new Map<string, Map<number, number[]>>()

  function count(operation: string, status: number, durations: number[]) {
    const series = duration.labels({ operation, status: String(status) })
    for (const ms of durations.splice(0)) series.observe(ms / 1000)
  }

  let collecting = false
  server.get('/metrics', async (_request, reply) => {
    for (const [operation, byStatus] of waiting) {
      for (const [status, durations] of byStatus) count(operation, status, durations)
    }
    // The process's own figures cost a timer, so they begin when somebody first looks.
    if (!collecting) collectDefaultMetrics({ register: registry })
    collecting = true
    return reply.type(registry.contentType).send(await registry.metrics())
  })

  return (operation, status, took) => {
    // What could not even be read began and ended at once.
    const ms = Number.isFinite(took) ? took : 0
    const byStatus = waiting.get(operation) ?? new Map<number, number[]>()
    const durations = byStatus.get(status) ?? []
    if (durations.push(ms) === 1) waiting.set(operation, byStatus.set(status, durations))
    if (durations.length >= together) count(operation, status, durations)
  }
}
