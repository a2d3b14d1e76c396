import autocannon, { type Request } from 'autocannon'
import { cpuOf, type Server } from './servers.ts'

export interface Target {
  name: string
  /** One, or several that share the callers. */
  servers: Server[]
  headers: Record<string, string>
  /** Makes the next request. */
  next: () => { method: 'GET' | 'POST' | 'PUT'; path: string; body?: string }
}

export interface Sample {
  /** Requests a second. */
  rate: number
  /** Milliseconds. */
  p99: number
  /** Microseconds of the server processes per request. */
  cpu: number
  /** The same of the database, where it runs in processes of its own. */
  databaseCpu: number
  /** Replies that were no success. */
  failed: number
}

/** Drives one target from this process, its servers at the same time. */
export async function drive(target: Target, callers: number, seconds: number, database?: Server): Promise<Sample> {
  const { servers } = target
  const pids = servers.map(({ pid }) => pid)
  const before = { servers: cpuOf(pids), database: database ? database.cpu() : 0 }
  const results = await Promise.all(
    servers.map(({ url }) => shoot(target, url, Math.ceil(callers / servers.length), seconds)),
  )
  const total = sum(results.map(({ requests }) => requests.total))
  return {
    rate: sum(results.map(({ requests }) => requests.average)),
    p99: Math.max(...results.map(({ latency }) => latency.p99)),
    cpu: (cpuOf(pids) - before.servers) / total,
    databaseCpu: database ? (database.cpu() - before.database) / total : 0,
    failed: sum(results.map(({ non2xx, errors }) => non2xx + errors)),
  }
}

const shoot = ({ headers, next }: Target, url: string, connections: number, duration: number) =>
  autocannon({
    url,
    connections,
    duration,
    headers,
    requests: [{ setupRequest: (request: Request) => ({ ...request, ...next() }) }],
  })

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
