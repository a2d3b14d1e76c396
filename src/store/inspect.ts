import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { CannotOpen, type Statement } from './database.ts'
import { migrations } from './migrate.ts'
import { isPostgres } from './open.ts'

/** A store as somebody looks at it who changes nothing: it is neither made nor migrated. */
export interface Inspection {
  engine: 'sqlite' | 'postgres'
  /** Where the data is, without a password. */
  name: string
  /** The schema that the data has, 0 where there is none, and the newest that this program knows. */
  schema: { version: number; newest: number }
  /** Connections that each process of the server may open; 0 where it opens a file. */
  connections: number
  /** Whether the server could write here. */
  isWritable: boolean
  all<Row>(statement: Statement): Promise<Row[]>
  close(): Promise<void>
}

const newest = () => migrations().at(-1)?.version ?? 0

export async function inspect(name: string): Promise<Inspection> {
  return isPostgres(name) ? inspectPostgres(name) : inspectSqlite(name)
}

function inspectSqlite(name: string): Inspection {
  if (!existsSync(name)) throw new CannotOpen(`There is no ${name} here.`)
  const sqlite = new Sqlite(name, { readonly: true, fileMustExist: true, timeout: 10_000 })
  return {
    engine: 'sqlite',
    name,
    schema: { version: sqlite.pragma('user_version', { simple: true }) as number, newest: newest() },
    connections: 0,
    // Its journals are written beside it.
    isWritable: mayWrite(name) && mayWrite(dirname(name)),
    all: async <Row>({ sql: text, values }: Statement) => sqlite.prepare(text).all(values) as Row[],
    close: async () => void sqlite.close(),
  }
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

async function inspectPostgres(url: string): Promise<Inspection> {
  const { poolSizeOf, nameOf } = await import('./postgres/connect.ts')
  const { connect, unreached } = await import('./postgres/migrate.ts')
  const client = await connect(url)
  const all: Inspection['all'] = async <Row>({ text, values }: Statement) => {
    const { rows } = await client.query(text, values as unknown[]).catch((error) => {
      throw unreached(url, error)
    })
    return rows as Row[]
  }
  try {
    const { version, isWritable } = await look(all)
    const schema = { version, newest: newest() }
    const connections = poolSizeOf(url)
    return { engine: 'postgres', name: nameOf(url), schema, connections, isWritable, all, close: () => client.end() }
  } catch (error) {
    // A connection that is left open keeps the program from ending.
    await client.end()
    throw error
  }
}

async function look(all: Inspection['all']): Promise<{ version: number; isWritable: boolean }> {
  const ask = (text: string) => all<{ answer: number }>({ sql: text, text, values: [] })
  await ask('set default_transaction_read_only = on')
  const [isThere] = await ask(`select 1 as answer where to_regclass('schema_versions') is not null`)
  const [version] = isThere ? await ask('select max(version) as answer from schema_versions') : []
  const [rights] = await ask(`
    select (not pg_is_in_recovery() and has_schema_privilege(current_schema(), 'create'))::int as answer`)
  return { version: version?.answer ?? 0, isWritable: rights?.answer === 1 }
}
