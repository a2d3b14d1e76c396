import type pg from 'pg'
import { raw } from 'sql-template-tag'
import { type Database, like, type Statement } from '../database.ts'

export type Ask = (statement: Statement) => Promise<pg.QueryResult>

/** What can be read by asking. */
export const reads = (ask: Ask): Database => ({
  all: async <Row>(statement: Statement) => (await ask(statement)).rows as Row[],
  one: async <Row>(statement: Statement) => (await ask(statement)).rows[0] as Row | undefined,
  contains: (_, text) => like(raw('search_text'), text),
  json: (column, ...path) => raw(`(${column}::jsonb #>> '{${path.join(',')}}')`),
})
