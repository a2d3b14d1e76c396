import type pg from 'pg'
import { half, underWay as halfTable } from './copy/underWay.ts'
import type { Database, Statement, Store } from './database.ts'
import { createAnnouncements } from './postgres/announcements.ts'
import { connectAlone, createPools, nameOf } from './postgres/connect.ts'
import { explain } from './postgres/failures.ts'
import { migratePostgres } from './postgres/migrate.ts'
import { createPatience } from './postgres/patience.ts'
import { type Ask, reads } from './postgres/reads.ts'
import { queryOf } from './postgres/statements.ts'
import { persist } from './postgres/transaction.ts'

/** Opens (and migrates) a PostgreSQL database, version 15 or newer. */
export async function openPostgres(url: string, { mayBeHalf = false } = {}): Promise<Store> {
  // Writers wait for each other's locks; who only reads has connections that they cannot take.
  const { reading, writing } = createPools(url)
  await migratePostgres(url)
  const close = () => Promise.all([reading.end(), writing.end()])
  if (!mayBeHalf && (await isHalf(reading))) {
    await close()
    throw half(nameOf(url))
  }
  const persistently = createPatience()
  const ask: Ask = (statement) => during(() => persistently(() => reading.query(queryOf(statement))))
  const announcements = createAnnouncements(url, reading)
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
    ...reads(ask),
    name: nameOf(url),
    isShared: true,
    transaction: (work) => during(() => persist(writing, persistently, work)),
    write: async <Row>(statement: Statement) => (await ask(statement)).rows[0] as Row | undefined,
    snapshot: (work) => during(() => snapshotOf(url, work)),
    announce: announcements.announce,
    listen: announcements.listen,
    async close() {
      isClosing = true
      await Promise.all(underWay)
      await announcements.close()
      await close()
    },
  }
}

async function isHalf(pool: pg.Pool): Promise<boolean> {
  const { rowCount } = await pool.query(`select 1 where to_regclass('${halfTable}') is not null`)
  return Boolean(rowCount)
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
