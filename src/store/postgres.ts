import { randomUUID } from 'node:crypto'
import { setTimeout as nap } from 'node:timers/promises'
import type pg from 'pg'
import { raw } from 'sql-template-tag'
import { half, underWay as halfTable } from './copy/underWay.ts'
import { type Database, like, type Statement, type Store, type Transaction, Unavailable } from './database.ts'
import { createAnnouncements } from './postgres/announcements.ts'
import { connectAlone, createPool, nameOf, type Session, sessionOf } from './postgres/connect.ts'
import { explain, isCollision, isConflict, isDisconnection } from './postgres/failures.ts'
import { migratePostgres } from './postgres/migrate.ts'
import { queryOf } from './postgres/statements.ts'

/** How long, ms, a read or a transaction goes on trying where the server is away or others are in its way. */
const patience = 15_000
const naps = { first: 20, most: 1000 }

/** Opens (and migrates) a PostgreSQL database, version 15 or newer. */
export async function openPostgres(url: string, { mayBeHalf = false } = {}): Promise<Store> {
  await migratePostgres(url)
  const pool = createPool(url)
  if (!mayBeHalf) await requireWhole(pool, url)
  const announcements = createAnnouncements(url, pool)
  const underWay = new Set<Promise<unknown>>()
  let isClosing = false

  /** Whatever was begun before closing ends in peace; nothing begins after. */
  function during<T>(work: () => Promise<T>): Promise<T> {
    if (isClosing) return Promise.reject(new Error('The store is closed'))
    const running = work()
    const settled = running.catch(() => {}).then(() => void underWay.delete(settled))
    underWay.add(settled)
    return running
  }

  return {
    ...reads((statement) => during(() => persistently(() => pool.query(queryOf(statement))))),
    name: nameOf(url),
    isShared: true,
    transaction: (work) => during(() => persist(pool, work)),
    snapshot: (work) => during(() => snapshotOf(url, work)),
    announce: announcements.announce,
    listen: announcements.listen,
    async close() {
      isClosing = true
      await Promise.all(underWay)
      await announcements.close()
      await pool.end()
    },
  }
}

async function requireWhole(pool: pg.Pool, url: string): Promise<void> {
  const { rowCount } = await pool.query(`select 1 where to_regclass('${halfTable}') is not null`)
  if (!rowCount) return
  await pool.end()
  throw half(nameOf(url))
}

/** On a connection of its own, which may take as long as it takes. */
async function snapshotOf<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const client = await connectAlone(url).catch((error) => {
    throw explain(error)
  })
  const ask: Ask = (statement) =>
    client.query(queryOf(statement)).catch((error) => {
      throw explain(error)
    })
  try {
    await client.query('begin isolation level repeatable read read only')
    // The moment is that of the first read.
    await client.query('select 1')
    return await work(reads(ask))
  } finally {
    await client.end()
  }
}

type Ask = (statement: Statement) => Promise<pg.QueryResult>

const reads = (ask: Ask): Database => ({
  all: async <Row>(statement: Statement) => (await ask(statement)).rows as Row[],
  one: async <Row>(statement: Statement) => (await ask(statement)).rows[0] as Row | undefined,
  contains: (_, text) => like(raw('search_text'), text),
  json: (column, ...path) => raw(`(${column}::jsonb #>> '{${path.join(',')}}')`),
})

/** Made once: texts are put together by them and kept. */
const lock = raw('for update')
const keep = raw('for key share')

const transactionOn = (client: pg.PoolClient, { slot }: Session, attempt: Attempt): Transaction => {
  const ask: Ask = (statement) => client.query(queryOf(statement))
  return {
    ...reads(ask),
    run: async (statement) => (await ask(statement)).rowCount ?? 0,
    pause: async () => {},
    id: attempt.id,
    slot,
    lock,
    keep,
    alone: async (...names) => void (await ask(turnOf(names))),
    prove: (statement) => {
      attempt.proof ??= statement
    },
    indexText: async () => null,
  }
}

/** In one order for everybody, so that two who want the same names never wait for each other. */
function turnOf(names: string[]): Statement {
  const keys = [...new Set(names)].sort()
  const text = 'select pg_advisory_xact_lock(hashtextextended(name, 0)) from unnest($1::text[]) name'
  return { sql: text, text, values: [keys] }
}

/** One try at a transaction, and how to find out about it when the connection dies while it commits. */
interface Attempt {
  id: string
  session?: Session
  proof?: Statement
  /** What the work answered; there once nothing but the commit was left to do. */
  answer?: { value: unknown }
}

/** Runs the work until it is kept once, or refused: again after a conflict or a lost connection, for a while. */
async function persist<T>(pool: pg.Pool, work: (tx: Transaction) => Promise<T>): Promise<T> {
  let doubtful: Attempt | undefined
  return persistently(async () => {
    if (doubtful && (await wasKept(pool, doubtful))) return doubtful.answer?.value as T
    doubtful = undefined
    const attempt: Attempt = { id: randomUUID() }
    try {
      return await runOnce(pool, work, attempt)
    } catch (error) {
      if (attempt.answer && isDisconnection(error)) doubtful = attempt
      throw error
    }
  })
}

async function runOnce<T>(pool: pg.Pool, work: (tx: Transaction) => Promise<T>, attempt: Attempt): Promise<T> {
  const client = await pool.connect()
  let failure: unknown
  try {
    attempt.session = await sessionOf(client)
    await client.query('begin')
    const value = await work(transactionOn(client, attempt.session, attempt))
    attempt.answer = { value }
    const { command } = await client.query('commit')
    if (command !== 'COMMIT') throw new Error('A statement of this transaction had failed')
    return value
  } catch (error) {
    failure = error
    if (!isDisconnection(error))
      await client.query('rollback').catch((broken) => {
        failure = broken
      })
    throw error
  } finally {
    // A connection that failed at more than our own statement is not used again.
    client.release(isDisconnection(failure))
  }
}

/**
 * Whether a transaction whose commit was never answered was kept. Its server process may still be at it, so that is
 * waited for; then what only that transaction wrote is there or not.
 */
async function wasKept(pool: pg.Pool, { session, proof }: Attempt): Promise<boolean> {
  const { pid, since } = (session as Session).backend
  const text = 'select 1 from pg_stat_activity where pid = $1 and extract(epoch from backend_start)::text = $2'
  for (;;) {
    const { rowCount } = await pool.query(text, [pid, since])
    if (!rowCount) break
    await nap(naps.first)
  }
  if (!proof) throw new Unavailable('The connection was lost while a change was being kept; look before trying again')
  const { rowCount } = await pool.query(queryOf(proof))
  return Boolean(rowCount)
}

/** Again and again where the server is away or others were in the way, until patience ends. */
async function persistently<T>(attempt: () => Promise<T>): Promise<T> {
  const until = performance.now() + patience
  let collisions = 0
  for (let delay = naps.first; ; delay = Math.min(naps.most, delay * 2)) {
    try {
      return await attempt()
    } catch (error) {
      // What somebody else has just made is met by the work's own check the next time; if not, it is no accident.
      const mayPass = isCollision(error) ? collisions++ < 3 : isConflict(error) || isDisconnection(error)
      if (!mayPass || performance.now() + delay > until) throw explain(error)
      // At different moments for different callers, or they would meet again.
      await nap(delay * (0.5 + Math.random()))
    }
  }
}
