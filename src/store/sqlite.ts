import { setImmediate as nextTurn } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import sql, { empty, raw, type Sql } from 'sql-template-tag'
import { half, underWay } from './copy/underWay.ts'
import { type Database, like, type Statement, type Store, type TextIndex, type Transaction } from './database.ts'
import { migrateSqlite } from './migrate.ts'
import { keepPrivate } from './privateFile.ts'

type Connection = ReturnType<typeof connect>

interface Waiting {
  work: (tx: Transaction) => Promise<unknown>
  resolve: (value: never) => void
  reject: (reason: unknown) => void
}

/** Jobs that share one commit; more would only hold back the first of them. */
const sharing = 256
const statementsKept = 500

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
  let running: Promise<void> | undefined

  function transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      waiting.push({ work, resolve, reject })
      // The pause lets every request that arrived together join the same commit.
      running ??= new Promise<void>((done) => setImmediate(() => done(drain())))
    })
  }

  async function drain() {
    while (waiting.length > 0) await commitTogether(writer, tx, waiting.splice(0, sharing))
    running = undefined
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
      await running
      if (reader !== writer) reader.sqlite.close()
      writer.sqlite.close()
    },
  }
}

const isHalf = ({ prepare }: Connection) =>
  prepare('select 1 from sqlite_master where name = ?').statement.get(underWay) !== undefined

/** One durable commit for all jobs, each in its own savepoint, so that one's failure leaves the others whole. */
async function commitTogether({ sqlite, exec }: Connection, tx: Transaction, jobs: Waiting[]) {
  const settle: (() => void)[] = []
  try {
    exec('begin immediate')
    for (const { work, resolve, reject } of jobs) {
      exec('savepoint job')
      try {
        const value = await work(tx)
        exec('release job')
        settle.push(() => resolve(value as never))
      } catch (error) {
        // A full disk rolls everything back at once; then no job of this commit can stand.
        if (!sqlite.inTransaction) throw error
        exec('rollback to job')
        exec('release job')
        settle.push(() => reject(error))
      }
    }
    exec('commit')
  } catch (error) {
    if (sqlite.inTransaction) exec('rollback')
    for (const { reject } of jobs) reject(error)
    return
  }
  for (const tell of settle) tell()
}

function connect(path: string | Buffer, options: Sqlite.Options = {}) {
  const sqlite = new Sqlite(path, { timeout: 10_000, ...options })
  if (!options.readonly) sqlite.pragma('journal_mode = wal')
  sqlite.pragma('synchronous = full')
  sqlite.pragma('foreign_keys = off')
  // Pages that many writes share go back to the file once for all of them.
  sqlite.pragma('wal_autocheckpoint = 4000')
  sqlite.pragma('cache_size = -65536')
  sqlite.pragma('temp_store = memory')

  const statements = new Map<string, Prepared>()
  function prepare(text: string): Prepared {
    const known = statements.get(text)
    if (known) return known
    if (statements.size >= statementsKept) statements.delete(statements.keys().next().value as string)
    const statement = sqlite.prepare(text)
    const prepared = { statement, toRow: statement.reader ? rowMaker(statement.raw()) : neverRead }
    statements.set(text, prepared)
    return prepared
  }

  return {
    sqlite,
    prepare,
    exec: (text: string) => prepare(text).statement.run(),
    run: async (statement: Statement) => prepare(statement.sql).statement.run(statement.values).changes,
  }
}

interface Prepared {
  statement: Sqlite.Statement
  toRow: (values: unknown[]) => unknown
}

/**
 * Writes out, once for each statement, the function that makes its rows: `values => ({ "id": values[0], … })`. Objects
 * made by one literal share a shape, which whoever reads, copies or serialises them is several times faster with. The
 * names are our own columns.
 */
function rowMaker(statement: Sqlite.Statement): Prepared['toRow'] {
  const members = statement.columns().map(({ name }, at) => `${JSON.stringify(name)}: values[${at}]`)
  return new Function('values', `return { ${members.join(', ')} }`) as Prepared['toRow']
}

function neverRead(): never {
  throw new Error('A statement that answers no rows was read')
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
