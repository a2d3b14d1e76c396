import { readFileSync } from 'node:fs'
import autocannon, { type Request } from 'autocannon'
import type { Server } from './servers.ts'

export interface Target {
  name: string
  server: Server
  headers: Record<string, string>
  /** Makes the next request. */
  next: () => { method: 'GET' | 'POST' | 'PUT'; path: string; body?: string }
}

export interface Sample {
  /** Requests a second. */
  rate: number
  /** Milliseconds. */
  p99: number
  /** Microseconds of the server process per request. */
  cpu: number
  /** Replies that were no success. */
  failed: number
}

/** Drives one target from this process; the server has another core to itself. */
export async function drive({ server, headers, next }: Target, callers: number, seconds: number): Promise<Sample> {
  const before = cpuMicroseconds(server.pid)
  const result = await autocannon({
    url: server.url,
    connections: callers,
    duration: seconds,
    headers,
    requests: [{ setupRequest: (request: Request) => ({ ...request, ...next() }) }],
  })
  const used = cpuMicroseconds(server.pid) - before
  const { total, average } = result.requests
  return { rate: average, p99: result.latency.p99, cpu: used / total, failed: result.non2xx + result.errors }
}

/** User and system time of a process so far; the kernel counts in hundredths of a second. */
function cpuMicroseconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10_000
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
