import Sqlite from 'better-sqlite3'
import { isPostgres } from '../../src/store/open.ts'
import { withClient } from './postgresServer.ts'

/** Every row of every table, by the engine's own catalogue and driver: text as text, whole numbers by their digits. */
export type Dump = Record<string, string[]>

type Row = Record<string, unknown>

/** What a store means, to be held against another one's; `text_row` and the schema's version are each store's own. */
export async function dump(db: string): Promise<Dump> {
  const tables = isPostgres(db) ? await readPostgres(db) : readSqlite(db)
  return Object.fromEntries(tables.map(([name, rows]) => [name, rows.map(write).sort()]))
}

function readSqlite(file: string): [string, Row[]][] {
  const sqlite = new Sqlite(file, { readonly: true })
  const names = sqlite.prepare(`select name from pragma_table_list where type = 'table' and name not like 'sqlite%'`)
  const tables = (names.pluck().all() as string[])
    .sort()
    .map((name): [string, Row[]] => [name, sqlite.prepare(`select * from ${name}`).safeIntegers().all() as Row[]])
  sqlite.close()
  return tables
}

function readPostgres(url: string): Promise<[string, Row[]][]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(`
      select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
        and relname <> 'schema_versions' order by relname collate "C"`)
    const tables: [string, Row[]][] = []
    for (const { name } of rows) {
      const { rows, fields } = await client.query({ text: `select * from ${name}`, types: asText })
      const doubles = fields.filter(({ dataTypeID }) => dataTypeID === 701).map(({ name }) => name)
      for (const row of rows) for (const column of doubles) row[column] &&= Number(row[column])
      tables.push([name, rows])
    }
    return tables
  })
}

const asText = { getTypeParser: () => (text: string) => text }

function write({ text_row: _, ...row }: Row): string {
  const columns = Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(columns, (_, value) => (typeof value === 'bigint' ? String(value) : value))
}
