import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createDatabase, type Place } from './postgres.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PIPEWRIGHT_')))

/** How to run the program: as built, unless its sources are newer. */
export const program = isBuilt() ? ['dist/main.js'] : ['--import', 'tsx', 'src/main.ts']

/** Where the program can keep what must be there when it comes again. */
export const lasting: { name: string; open: () => Promise<Place> }[] = [
  {
    name: 'SQLite',
    async open() {
      const folder = mkdtempSync(join(tmpdir(), 'pipewright-'))
      return { db: join(folder, 'test.db'), discard: async () => rmSync(folder, { recursive: true }) }
    },
  },
  { name: 'PostgreSQL', open: createDatabase },
]

export interface Running {
  url: string
  /** Only from the start that made them. */
  locationId: string
  token: string
  /** Ends the process as a power failure would, and waits until it is gone. */
  kill: () => Promise<void>
  /** Asks it to end, and waits; the exit code. */
  stop: () => Promise<number | null>
}

/** The real program in a process of its own, listening. */
export async function serve(db: string, more: string[] = ['--rate-limit', 'off']): Promise<Running> {
  const options = ['serve', '--db', db, '--port', '0', '--json', ...more]
  const child = spawn(process.execPath, [...program, ...options], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const line = JSON.parse(await firstLine(child)) as { url: string; locationId: string; token: string }
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return { ...line, kill: async () => void (await end('SIGKILL')), stop: () => end('SIGTERM') }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    let complaint = ''
    child.stdout?.on('data', (part) => {
      said += part
      if (said.includes('\n')) resolve(said.split('\n', 1)[0] as string)
    })
    child.stderr?.on('data', (part) => {
      complaint += part
    })
    child.once('exit', (code) => reject(new Error(`The program ended with ${code} before it listened: ${complaint}`)))
  })
}

function isBuilt(): boolean {
  const main = `${root}/dist/main.js`
  if (!existsSync(main)) return false
  const sources = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  )
  return sources.every((path) => statSync(`${root}/src/${path}`).mtimeMs <= statSync(main).mtimeMs)
}
