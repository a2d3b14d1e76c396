import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Prepared } from './data.ts'

export interface Server {
  url: string
  pid: number
  stop: () => Promise<void>
}

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))
/** Counted like anybody's requests, but out of reach: the limiter's own cost is part of what is measured. */
const unreachable = '1000000000/10s,1000000000000/day'

export const startFloor = ({ file, locationId }: Prepared) =>
  start([path('floor.js'), file, locationId], (line) => line)

export const startPipewright = ({ file }: { file: string }) =>
  start(
    [path('../dist/main.js'), 'serve', '--db', file, '--port', '0', '--json', '--rate-limit', unreachable],
    (line) => JSON.parse(line).url,
  )

/** From the command to the first 200, and what the process holds a moment later. */
export async function startUp(file: string): Promise<{ ms: number; residentMb: number }> {
  const begun = performance.now()
  const server = await startPipewright({ file })
  await fetch(`${server.url}/healthz`)
  const ms = Math.round(performance.now() - begun)
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8')
  await server.stop()
  return { ms, residentMb: Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024) }
}

async function start(args: string[], urlOf: (line: string) => string): Promise<Server> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const line = await firstLine(child)
  return { url: urlOf(line), pid: child.pid as number, stop: () => stop(child) }
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
