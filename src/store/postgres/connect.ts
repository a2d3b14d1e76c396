import pg from 'pg'
import { CannotOpen } from '../database.ts'
import { types } from './types.ts'

/** Milliseconds. A URL's own parameters of these names win. */
const timeouts = {
  connectionTimeoutMillis: 5000,
  statement_timeout: 15_000,
  lock_timeout: 7000,
  idle_in_transaction_session_timeout: 15_000,
  // A server that vanished without a word says nothing for ever.
  query_timeout: 20_000,
}

const connections = { least: 2, usual: 12, most: 500 }

/** What our own advisory locks of two numbers begin with, so that they meet no other program's. */
export const lockClass = 0x50697065

/** A URL without what nobody else should read. */
export function nameOf(url: string): string {
  const { protocol, username, host, pathname } = new URL(url)
  return `${protocol}//${username && `${username}@`}${host}${pathname}`
}

/** `pool_size` in the URL says how many connections a process may open; 12 unless it does. */
export function poolSizeOf(url: string): number {
  const { least, usual, most } = connections
  const given = new URL(url).searchParams.get('pool_size')
  if (given === null) return usual
  const size = /^\d+$/.test(given) ? Number(given) : Number.NaN
  if (size >= least && size <= most) return size
  throw new CannotOpen(`${nameOf(url)}: pool_size must be a whole number from ${least} to ${most}.`)
}

/** A third of them for those who only read. */
export function createPools(url: string): { reading: pg.Pool; writing: pg.Pool } {
  const size = poolSizeOf(url)
  const readers = Math.max(1, Math.floor(size / 3))
  return { reading: createPool(url, readers), writing: createPool(url, size - readers) }
}

function createPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({ ...settingsOf(withoutOurs(url)), max, idleTimeoutMillis: 60_000 })
  // A connection that dies while nobody asks it anything is simply no longer there; who asks hears it by the answer.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** A connection of its own, for what takes as long as it takes: migrations, and waiting for announcements. */
export async function connectAlone(url: string): Promise<pg.Client> {
  const { query_timeout: _, ...settings } = settingsOf(withoutOurs(url))
  const client = new pg.Client(settings)
  client.on('error', () => {})
  try {
    await client.connect()
    // Said here, because a role's or a database's own time-outs hold otherwise.
    await client.query('set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0')
    return client
  } catch (error) {
    // Where the two could not agree on a password, the connection would stay, and the program with it.
    await client.end().catch(() => {})
    throw error
  }
}

function withoutOurs(url: string): string {
  const address = new URL(url)
  address.searchParams.delete('pool_size')
  return address.href
}

const settingsOf = (connectionString: string): pg.ClientConfig => ({
  ...timeouts,
  application_name: 'pipewright',
  // Compiling a plan takes longer than running ours.
  options: '-c jit=off',
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  types,
  connectionString,
})

/** What a writer knows of its connection. */
export interface Session {
  /** A number that no other connection of any process has at this moment; small, and taken again when it is free. */
  slot: number
  /** The server's process, by its number and its beginning, for numbers come again. */
  backend: { pid: number; since: string }
}

const sessions = new WeakMap<pg.ClientBase, Session>()

/** Furnishes a connection when it is used for writing the first time: what was acknowledged must survive a crash. */
export async function sessionOf(client: pg.ClientBase): Promise<Session> {
  const known = sessions.get(client)
  if (known) return known
  const { rows } = await client.query<{ pid: number; since: string; slot: number }>(`
    select pid, extract(epoch from backend_start)::text as since,
      case when current_setting('synchronous_commit') = 'off' then set_config('synchronous_commit', 'on', false) end,
      (select n from generate_series(0, 9999) n where pg_try_advisory_lock(${lockClass}, n) limit 1) as slot
    from pg_stat_activity where pid = pg_backend_pid()`)
  const { slot, ...backend } = rows[0] as { pid: number; since: string; slot: number }
  const session = { slot, backend }
  sessions.set(client, session)
  return session
}
