import { statSync } from 'node:fs'
import sql, { join, raw } from 'sql-template-tag'
import { fixed, type TextIndex } from '../database.ts'
import type { Engine } from './engine.ts'
import { columnNames, kindOf } from './rows.ts'
import type { Table } from './tables.ts'

export const sqlite: Engine = {
  keyed: async (_, tables) => tables,

  async identity(name) {
    const { dev, ino } = statSync(name, { bigint: true })
    return `${dev} ${ino}`
  },

  among(table, rows) {
    const members = table.key.map((column, at) =>
      raw(kindOf(table, column) === 'whole' ? `cast(value ->> ${at} as integer)` : `value ->> ${at}`),
    )
    const keys = JSON.stringify(rows.map((row) => table.key.map((column) => row[column])))
    return sql`(${columnNames(table.key, 't.')}) in (select ${join(members)} from json_each(${keys}))`
  },

  /** One by one: there is no journey to save, and each text goes to the index first. */
  async insert(tx, table, rows) {
    const insertion = insertionInto(table)
    for (const row of rows) {
      const values: unknown[] = table.columns.map(({ name }) => row[name])
      if (table.isSearched) values.push(await tx.indexText(table.name as TextIndex, null, row.search_text as string))
      await tx.run(insertion(...values))
    }
  },

  complete: async () => {},
}

/** Whole numbers come as text, which the type of the column makes numbers of. */
function insertionInto({ name, columns, isSearched }: Table) {
  const names = [...columns.map((column) => column.name), ...(isSearched ? ['text_row'] : [])]
  return fixed(sql`insert into ${raw(name)} (${columnNames(names)}) values (${join(names.map(() => null))})`)
}
