import { randomUUID } from 'node:crypto'
import { setTimeout as nap } from 'node:timers/promises'
import type pg from 'pg'
import { raw } from 'sql-template-tag'
import { Doubtful, type Statement, type Transaction, Unavailable } from '../database.ts'
import { type Session, sessionOf } from './connect.ts'
import { isDisconnection } from './failures.ts'
import type { Persistently } from './patience.ts'
import { type Ask, reads } from './reads.ts'
import { queryOf } from './statements.ts'

/** One try at a transaction, and how to find out about it when the connection dies while it commits. */
interface Attempt {
  id: string
  session?: Session
  hasWritten: boolean
  proof?: Statement
  /** What the work answered; there once nothing but the commit was left to do. */
  answer?: { value: unknown }
}

/** Runs the work until it is kept once, or refused: again after a conflict or a lost connection, for a while. */
export async function persist<T>(
  pool: pg.Pool,
  persistently: Persistently,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  let doubtful: Attempt | undefined
  let isUnasked = false
  const tried = persistently(
    async () => {
      isUnasked = false
      if (doubtful && (await wasKept(pool, doubtful))) return doubtful.answer?.value as T
      doubtful = undefined
      const attempt: Attempt = { id: randomUUID(), hasWritten: false }
      try {
        return await runOnce(pool, work, attempt)
      } catch (error) {
        if (attempt.answer && isDisconnection(error)) {
          doubtful = attempt
          isUnasked = true
        }
        throw error
      }
    },
    () => isUnasked,
  )
  return tried.catch((error) => {
    throw doubtful ? new Doubtful('The change may have been made: look before you ask again', { cause: error }) : error
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

/** Made once: texts are put together by them and kept. */
const lock = raw('for update')
const keep = raw('for key share')

const transactionOn = (client: pg.PoolClient, { slot }: Session, attempt: Attempt): Transaction => {
  const ask: Ask = (statement) => client.query(queryOf(statement))
  return {
    ...reads(ask),
    async run(statement) {
      const { rowCount } = await ask(statement)
      if (rowCount) attempt.hasWritten = true
      return rowCount ?? 0
    },
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

const undecided = { most: 5000, nap: 20 }

/**
 * Whether a transaction whose commit was never answered was kept. Its server process may still be at it, or may not have
 * noticed that nobody listens, so it is ended; then what only that transaction wrote is there or not.
 */
async function wasKept(pool: pg.Pool, { session, hasWritten, proof }: Attempt): Promise<boolean> {
  if (!proof && !hasWritten) return false
  const { pid, since } = (session as Session).backend
  const text = `
    select pg_terminate_backend(pid) from pg_stat_activity
    where pid = $1 and extract(epoch from backend_start)::text = $2`
  const until = performance.now() + undecided.most
  for (;;) {
    const { rowCount } = await pool.query(text, [pid, since])
    if (!rowCount) break
    if (performance.now() > until) throw new Unavailable('The database is too busy')
    await nap(undecided.nap)
  }
  if (!proof) throw new Unavailable('The connection was lost')
  const { rowCount } = await pool.query(queryOf(proof))
  return Boolean(rowCount)
}
