import { setImmediate as nextTurn } from 'node:timers/promises'
import sql, { empty, raw, type Sql } from 'sql-template-tag'
import { half, underWay } from './copy/underWay.ts'
import { type Database, like, type Statement, type Store, type TextIndex, type Transaction } from './database.ts'
import { migrateSqlite } from './migrate.ts'
import { keepPrivate } from './privateFile.ts'
import { type Connection, connect } from './sqliteConnection.ts'

interface Waiting {
  work: (tx: Transaction) => Promise<unknown>
  resolve: (value: never) => void
  reject: (reason: unknown) => void
}

/** Jobs that share one commit; more would only hold back the first of them. */
const sharing = 256
/** Whoever fails behind what they wrote does so again and again, such as a file that is imported on trial. */
const wary = 100

/** Opens (and creates, and migrates) a SQLite file, or a database in memory for `:memory:`. */
export function openSqlite(path: string, { mayBeHalf = false } = {}): Store {
  if (path !== ':memory:') keepPrivate(path)
  const writer = connect(path)
  migrateSqlite(writer.sqlite)
  if (!mayBeHalf && isHalf(writer)) {
    writer.sqlite.close()
    throw half(path)
  }
  const inMemory = path === ':memory:'
  const reader = inMemory ? writer : connect(path, { readonly: true })

  const tx: Transaction = {
    ...reads(writer),
    run: writer.run,
    pause: () => nextTurn(),
    lock: empty,
    keep: empty,
    alone: async () => {},
    slot: 0,
    id: null,
    prove: () => {},
    indexText: textIndexer(writer),
  }
  const waiting: Waiting[] = []
  /** How many commits to come are made with care, since one had to be made twice. */
  let careful = 0
  let running: Promise<void> | undefined

  function transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      waiting.push({ work, resolve, reject })
      begin()
    })
  }

  /** The pause lets every request that arrived together join the same commit, and readers in between two. */
  function begin() {
    running ??= new Promise<void>((done) => setImmediate(() => done(commitLine())))
  }

  async function commitLine() {
    await commitAll(waiting.splice(0, sharing))
    running = undefined
    if (waiting.length > 0) begin()
  }

  async function commitAll(jobs: Waiting[]) {
    if (careful > 0) careful--
    else if (await commitTogether(writer, tx, jobs)) return
    else careful = wary
    await commitTogether(writer, tx, jobs, { isCareful: true })
  }

  const committed = reads(reader)
  // One connection cannot look past its own open transaction, so in memory a reader waits for the writers' turn to end.
  const patient: Database = {
    ...committed,
    async all(statement) {
      await running
      return committed.all(statement)
    },
    async one(statement) {
      await running
      return committed.one(statement)
    },
  }

  return {
    ...(inMemory ? patient : committed),
    name: path,
    isShared: false,
    transaction,
    write: (statement) => transaction((tx) => tx.one(statement)),
    async snapshot(work) {
      await running
      if (!writer.sqlite.open) throw new Error('The store is closed')
      const connection = connect(inMemory ? writer.sqlite.serialize() : path, { readonly: true })
      try {
        connection.exec('begin')
        // The moment is that of the first read.
        connection.prepare('select 1 from sqlite_master').statement.get()
        return await work(reads(connection))
      } finally {
        connection.sqlite.close()
      }
    },
    announce: () => {},
    listen: () => () => {},
    async close() {
      while (running) await running
      if (reader !== writer) reader.sqlite.close()
      writer.sqlite.close()
    },
  }
}

const isHalf = ({ prepare }: Connection) =>
  prepare('select 1 from sqlite_master where name = ?').statement.get(underWay) !== undefined

/**
 * One durable commit for all jobs. With care each has a savepoint of its own, so that one's failure leaves the others
 * whole. That costs a copy of every page that it writes, and few fail behind what they wrote: so it is tried without
 * first. Answers false where one did; then nothing is written and nobody told, and all are to be done again, with care.
 */
async function commitTogether(connection: Connection, tx: Transaction, jobs: Waiting[], { isCareful = false } = {}) {
  const { sqlite, exec } = connection
  const settle: (() => void)[] = []
  try {
    exec('begin immediate')
    for (const { work, resolve, reject } of jobs) {
      if (isCareful) exec('savepoint job')
      const { writes } = connection
      try {
        const value = await work(tx)
        settle.push(() => resolve(value as never))
      } catch (error) {
        // A full disk rolls everything back at once; then no job of this commit can stand.
        if (!sqlite.inTransaction) throw error
        if (isCareful) exec('rollback to job')
        else if (connection.writes > writes) {
          exec('rollback')
          return false
        }
        settle.push(() => reject(error))
      }
      if (isCareful) exec('release job')
    }
    exec('commit')
  } catch (error) {
    if (sqlite.inTransaction) exec('rollback')
    for (const { reject } of jobs) reject(error)
    return true
  }
  for (const tell of settle) tell()
  return true
}

function reads({ prepare }: Connection): Database {
  return {
    async all<Row>({ sql: text, values }: Statement) {
      const { statement, toRow } = prepare(text)
      return (statement.all(values) as unknown[][]).map(toRow) as Row[]
    },
    async one<Row>({ sql: text, values }: Statement) {
      const { statement, toRow } = prepare(text)
      const row = statement.get(values) as unknown[] | undefined
      return row && (toRow(row) as Row)
    },
    contains,
    json: (column, ...path) => raw(`(${column} ->> '$.${path.join('.')}')`),
  }
}

/**
 * The index holds which trigrams a text has, not where (`detail=none` makes it a third of the size and cheap to write),
 * so it proposes the rows that have them all and `like` decides.
 */
function contains(index: TextIndex, text: string): Sql {
  const characters = [...text]
  const trigrams = new Set(characters.slice(2).map((_, at) => characters.slice(at, at + 3).join('')))
  const match = [...trigrams].map((trigram) => `"${trigram.replaceAll('"', '""')}"`).join(' AND ')
  const table = raw(`${index}_text`)
  return sql`(text_row in (select rowid from ${table} where ${table} match ${match}) and ${like(raw('search_text'), text)})`
}

function textIndexer({ prepare }: Connection): Transaction['indexText'] {
  return async (index, row, text) => {
    if (row !== null) prepare(`delete from ${index}_text where rowid = ?`).statement.run(row)
    if (text === null) return null
    return Number(prepare(`insert into ${index}_text (search_text) values (?)`).statement.run(text).lastInsertRowid)
  }
}
