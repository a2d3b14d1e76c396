import sql, { join, raw, type Sql } from 'sql-template-tag'
import type { Engine } from './engine.ts'
import { columnNames, kindOf, type Row } from './rows.ts'
import { type Kind, keyedByPostgres, type Table } from './tables.ts'

const types: Record<Kind, string> = { text: 'text[]', whole: 'bigint[]', double: 'double precision[]' }

export const postgres: Engine = {
  keyed: keyedByPostgres,

  /** No address says it: a server has many names, and a database may hold an installation in each of its schemas. */
  async identity(_, db) {
    const row = await db.one<{ identity: string }>(sql`
      select concat_ws(' ', pg_postmaster_start_time(), current_database(), current_schema()) as identity`)
    return row?.identity ?? ''
  },

  among: (table, rows) =>
    sql`(${columnNames(table.key, 't.')}) in (select * from unnest(${arrays(table, table.key, rows)}))`,

  /** A column at a time: one statement for any number of rows, and many times faster than a parameter for each value. */
  async insert(tx, table, rows) {
    const names = table.columns.map(({ name }) => name)
    await tx.run(sql`
      insert into ${raw(table.name)} (${columnNames(names)}) overriding system value
      select * from unnest(${arrays(table, names, rows)})`)
  },

  /** New rows are numbered after those that came; and the planner hears how many they are before anybody asks. */
  async complete(tx, { name, sequence }, last) {
    if (last !== null) await tx.all(sql`select setval(pg_get_serial_sequence(${name}, ${sequence}), ${last}::bigint)`)
    await tx.run(sql`analyze ${raw(name)}`)
  },
}

const arrays = (table: Table, columns: string[], rows: Row[]): Sql =>
  join(
    columns.map((column) => sql`${rows.map((row) => row[column])}::${raw(types[kindOf(table, column)])}`),
    ', ',
  )
