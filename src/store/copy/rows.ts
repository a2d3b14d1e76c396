import sql, { join, raw, type Sql } from 'sql-template-tag'
import type { Database } from '../database.ts'
import type { End } from './engine.ts'
import type { Kind, Table } from './tables.ts'

export type Row = Record<string, string | number | null>

/** So many characters, about, are read at once, be it in a few rows or in thousands. */
const handful = 8_000_000
/** The rows of a first read, before anybody knows how long they are. */
const first = 100

/** All rows of a table, in the order of its key, at most so many at a time. */
export async function* walk({ db, tables }: End, name: string, most: number): AsyncGenerator<Row[]> {
  const table = tables.get(name) as Table
  const names = columnNames(table.key, 't.')
  let rows = await db.all<Row>(sql`${selection(table)} order by ${names} limit ${Math.min(first, most)}`)
  while (rows.length > 0) {
    yield rows
    const last = rows.at(-1) as Row
    const key = join(table.key.map((column) => keyValue(table, column, last)))
    rows = await db.all<Row>(
      sql`${selection(table)} where (${names}) > (${key}) order by ${names} limit ${limitAfter(rows, most)}`,
    )
  }
}

/** Does the work for each batch in turn, while the next one is read. */
export async function forEach(batches: AsyncIterable<Row[]>, work: (rows: Row[]) => Promise<void>): Promise<void> {
  let underWay = Promise.resolve()
  for await (const rows of batches) {
    await underWay
    underWay = work(rows)
    // Whatever happens to it is met where it is waited for, unless reading fails first.
    underWay.catch(() => {})
  }
  await underWay
}

/** Those of the rows that the other end does not have as they are. */
export async function strangers(rows: Row[], name: string, other: End): Promise<Row[]> {
  const table = other.tables.get(name) as Table
  const twins = new Map((await find(rows, name, other)).map((row) => [keyOf(table, row), row]))
  return rows.filter((row) => differences(table, row, twins.get(keyOf(table, row))).length > 0)
}

/** The rows of a store that have the keys of these. */
export function find(rows: Row[], name: string, { db, engine, tables }: End): Promise<Row[]> {
  const table = tables.get(name) as Table
  return db.all<Row>(sql`${selection(table)} where ${engine.among(table, rows)}`)
}

/** The columns in which two rows are not the same; all of them where there is no other row. */
export function differences({ columns }: Table, row: Row, other: Row | undefined): string[] {
  return columns
    .filter(({ name }) => !other || !Object.is(plain(row[name]), plain(other[name])))
    .map(({ name }) => name)
}

export async function countOf(db: Database, name: string): Promise<number> {
  const row = await db.one<{ count: number }>(sql`select count(*) as count from ${raw(name)}`)
  return row?.count ?? 0
}

/** A row's key in words, for whoever has to look at it. */
export const described = ({ key }: Table, row: Row): string =>
  key.map((column) => `${column} ${JSON.stringify(row[column])}`).join(', ')

export const columnNames = (names: string[], prefix = ''): Sql =>
  raw(names.map((name) => `${prefix}"${name}"`).join(', '))

export const kindOf = ({ columns }: Table, column: string): Kind =>
  columns.find(({ name }) => name === column)?.kind ?? 'text'

function selection({ name, columns }: Table): Sql {
  const all = columns.map(({ name, kind }) =>
    kind === 'whole' ? `cast(t."${name}" as text) as "${name}"` : `t."${name}"`,
  )
  return raw(`select ${all.join(', ')} from ${name} t`)
}

const keyOf = ({ key }: Table, row: Row) => JSON.stringify(key.map((column) => row[column]))

const keyValue = (table: Table, column: string, row: Row) =>
  kindOf(table, column) === 'whole' ? BigInt(row[column] as string) : row[column]

/** SQLite keeps no zero below zero. */
const plain = (value: unknown) => (value === 0 ? 0 : value)

function limitAfter(rows: Row[], most: number): number {
  let characters = 0
  for (const row of rows) for (const name in row) if (typeof row[name] === 'string') characters += row[name].length
  return Math.max(1, Math.min(most, Math.floor((handful * rows.length) / Math.max(1, characters))))
}
