import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Prepared } from './data.ts'

export interface Server {
  url: string
  pid: number
  /** Microseconds used so far, by the process and those that it started. */
  cpu: () => number
  stop: () => Promise<void>
}

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))
/** Counted like anybody's requests, but out of reach: the limiter's own cost is part of what is measured. */
const unreachable = '1000000000/10s,1000000000000/day'

/** `db` is a file or a PostgreSQL URL. */
export const startFloor = ({ db, locationId }: Prepared) => start([path('floor.js'), db, locationId], (line) => line)

export const startPipewright = ({ db }: { db: string }, options: string[] = []) =>
  start(
    [path('../dist/main.js'), 'serve', '--db', db, '--port', '0', '--json', '--rate-limit', unreachable, ...options],
    (line) => JSON.parse(line).url,
  )

/** With so many opportunities made up, and an admin who may look at them. */
export async function startDemo(count: number) {
  let admin = { email: '', password: '' }
  const options = ['--db', ':memory:', '--port', '0', '--json', '--rate-limit', 'off', '--demo', String(count)]
  const server = await start([path('../dist/main.js'), 'serve', ...options], (line) => {
    const told = JSON.parse(line)
    admin = told.admin
    return told.url
  })
  return { ...server, admin }
}

/** From the command to the first 200, and what the process holds a moment later. */
export async function startUp(db: string): Promise<{ ms: number; residentMb: number }> {
  const begun = performance.now()
  const server = await startPipewright({ db })
  await fetch(`${server.url}/healthz`)
  const ms = Math.round(performance.now() - begun)
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8')
  await server.stop()
  return { ms, residentMb: Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024) }
}

async function start(args: string[], urlOf: (line: string) => string): Promise<Server> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const line = await firstLine(child)
  const pid = child.pid as number
  return { url: urlOf(line), pid, cpu: () => cpuOf([pid]), stop: () => stop(child) }
}

/** User and system time of processes so far, in microseconds; the kernel counts in hundredths of a second. */
export function cpuOf(pids: number[]): number {
  return pids.reduce((sum, pid) => sum + (timesOf(pid)?.own ?? 0), 0)
}

/** The same of a process, those that it started, and those of them that have ended. */
export function cpuOfFamily(pid: number): number {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => timesOf(Number(name)))
  const parent = timesOf(pid)
  return children.reduce(
    (sum, child) => sum + (child?.parent === pid ? child.own : 0),
    parent ? parent.own + parent.ended : 0,
  )
}

function timesOf(pid: number) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    const micros = (at: number) => (Number(fields[at]) + Number(fields[at + 1])) * 10_000
    return { parent: Number(fields[1]), own: micros(11), ended: micros(13) }
  } catch {
    return undefined // it ended while we looked
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (chunk) => {
      text += chunk
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
    })
    child.on('exit', (code) => reject(new Error(`A server ended with ${code} before it listened`)))
  })
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.on('exit', () => resolve())
    child.kill('SIGTERM')
  })
}
