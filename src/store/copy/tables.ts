import sql from 'sql-template-tag'
import { tablesOf } from '../catalogue.ts'
import type { Database } from '../database.ts'
import { openSqlite } from '../sqlite.ts'

/** A table as it is copied. */
export interface Table {
  name: string
  /** All but `text_row`, which is one store's own. */
  columns: Column[]
  /** By these rows are walked and found again: the primary key, as the engine has it. */
  key: string[]
  /** The column that gives each new row its number, where there is one. */
  sequence: string | null
  /** Whether its rows have an entry in the text index of its name. */
  isSearched: boolean
}

export interface Column {
  name: string
  kind: Kind
}

/** What a column holds. Whole numbers travel as text: sums may be greater than JavaScript counts exactly. */
export type Kind = 'text' | 'whole' | 'double'

const kinds: Record<string, Kind> = { text: 'text', bigint: 'whole', integer: 'whole', 'double precision': 'double' }

/**
 * Every table of an installation, by name. They are read off a database in memory, for the migrations make the same
 * tables in every store: so none of a later migration is forgotten, and none of another program's is taken along.
 */
export async function everyTable(): Promise<Table[]> {
  const store = openSqlite(':memory:')
  try {
    const columns = await store.all<Found>(catalogue)
    const names = [...new Set(columns.map(({ table }) => table))]
    return names.map((name) => tableOf(name, columns))
  } finally {
    await store.close()
  }
}

/** The same, by the keys that PostgreSQL has: there a number alone is no key, for it names no location. */
export async function keyedByPostgres(db: Database, tables: Table[]): Promise<Table[]> {
  const found = await tablesOf(db)
  return tables.map((table) => {
    const keys = found.find(({ name }) => name === table.name)?.keys ?? []
    return { ...table, key: keys.find(({ isPrimary }) => isPrimary)?.columns ?? table.key }
  })
}

interface Found {
  table: string
  name: string
  type: string
  /** Its place in the primary key, from 1; 0 for others. */
  place: number
}

const catalogue = sql`
  select t.name as "table", c.name as "name", lower(c.type) as "type", c.pk as "place"
  from pragma_table_list t, pragma_table_info(t.name) c
  where t.schema = 'main' and t.type = 'table' and t.name not like 'sqlite\\_%' escape '\\'
  order by t.name, c.cid`

function tableOf(name: string, all: Found[]): Table {
  const columns = all.filter(({ table }) => table === name)
  const key = columns.filter(({ place }) => place > 0).sort((a, b) => a.place - b.place)
  const [first, ...more] = key
  return {
    name,
    columns: columns.filter(({ name }) => name !== 'text_row').map(columnOf),
    key: key.map(({ name }) => name),
    sequence: first?.type === 'integer' && more.length === 0 ? first.name : null,
    isSearched: columns.some(({ name }) => name === 'text_row'),
  }
}

function columnOf({ table, name, type }: Found): Column {
  const kind = kinds[type]
  if (!kind) throw new Error(`Copying does not know the type ${type} of ${table}.${name}; the types are in database.ts`)
  return { name, kind }
}
