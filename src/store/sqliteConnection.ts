import Sqlite from 'better-sqlite3'
import type { Statement } from './database.ts'

const statementsKept = 500

export interface Connection {
  sqlite: Sqlite.Database
  /** Prepared once, in order to be run now. */
  prepare(text: string): Prepared
  exec(text: string): void
  /** Answers how many rows changed. */
  run(statement: Statement): Promise<number>
  /** Statements so far that may have written. */
  writes: number
}

interface Prepared {
  statement: Sqlite.Statement
  toRow: (values: unknown[]) => unknown
}

/** Opens a file, or what `serialize` made of one, durably. */
export function connect(path: string | Buffer, options: Sqlite.Options = {}): Connection {
  const sqlite = new Sqlite(path, { timeout: 10_000, ...options })
  if (!options.readonly) sqlite.pragma('journal_mode = wal')
  sqlite.pragma('synchronous = full')
  sqlite.pragma('foreign_keys = off')
  // Pages that many writes share go back to the file once for all of them.
  sqlite.pragma('wal_autocheckpoint = 4000')
  sqlite.pragma('cache_size = -65536')
  sqlite.pragma('temp_store = memory')

  const statements = new Map<string, Prepared>()
  const connection: Connection = { sqlite, prepare, exec, run, writes: 0 }

  function prepare(text: string): Prepared {
    const prepared = statements.get(text) ?? remember(text)
    if (!prepared.statement.readonly) connection.writes++
    return prepared
  }

  function remember(text: string): Prepared {
    if (statements.size >= statementsKept) statements.delete(statements.keys().next().value as string)
    const statement = sqlite.prepare(text)
    const prepared = { statement, toRow: statement.reader ? rowMaker(statement.raw()) : neverRead }
    statements.set(text, prepared)
    return prepared
  }

  function exec(text: string) {
    prepare(text).statement.run()
  }

  async function run(statement: Statement): Promise<number> {
    return prepare(statement.sql).statement.run(statement.values).changes
  }

  return connection
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
