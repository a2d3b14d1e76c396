import type { Sql } from 'sql-template-tag'
import type { Database, Transaction } from '../database.ts'
import { isPostgres } from '../open.ts'
import type { Row } from './rows.ts'
import type { Table } from './tables.ts'

/** What is said otherwise by each engine when a whole store is copied. */
export interface Engine {
  /** The tables by the keys that this engine has. */
  keyed(db: Database, tables: Table[]): Promise<Table[]>
  /** The same for two names that lead to one database. */
  identity(name: string, db: Database): Promise<string>
  /** A condition that is true of the rows `t` that have the keys of these. */
  among(table: Table, rows: Row[]): Sql
  insert(tx: Transaction, table: Table, rows: Row[]): Promise<void>
  /** What is left to do when all the rows of a table are there; `last` is the greatest number that one has. */
  complete(tx: Transaction, table: Table, last: string | null): Promise<void>
}

/** A store's data, all of it at one moment or as it stands, and how its engine speaks. */
export interface End {
  db: Database
  engine: Engine
  tables: Map<string, Table>
}

export async function engineOf(name: string): Promise<Engine> {
  return isPostgres(name) ? (await import('./postgres.ts')).postgres : (await import('./sqlite.ts')).sqlite
}

export async function endOf(name: string, db: Database, tables: Table[]): Promise<End> {
  const engine = await engineOf(name)
  const keyed = await engine.keyed(db, tables)
  return { db, engine, tables: new Map(keyed.map((table) => [table.name, table])) }
}
