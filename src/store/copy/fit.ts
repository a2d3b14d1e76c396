import { CannotCopy } from './failures.ts'
import { described, type Row } from './rows.ts'
import type { Kind, Table } from './tables.ts'

/** SQLite takes anything in any column. What the program never writes would change on the way, so it is named instead. */
const fits: Record<Kind, (value: unknown) => boolean> = {
  text: (value) => typeof value === 'string' && !value.includes('\0'),
  whole: (value) => typeof value === 'string' && /^-?\d+$/.test(value),
  double: (value) => typeof value === 'number',
}

export function requireFit(table: Table, rows: Row[]): void {
  for (const row of rows)
    for (const { name, kind } of table.columns)
      if (row[name] !== null && !fits[kind](row[name])) throw misfit(table, row, name)
}

const misfit = (table: Table, row: Row, column: string) =>
  new CannotCopy(
    `${table.name} with ${described(table, row)}: ${column} holds what Pipewright never wrote, and no other store takes. Mend this row first.`,
  )
