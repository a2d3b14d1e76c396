import { CannotOpen, type Statement } from '../database.ts'

/** The table that stands in a store while a migration fills it. */
export const underWay = 'migration_under_way'

/** Answers a row where that table stands. */
export const isUnderWay: Statement = {
  sql: `select 1 from sqlite_master where name = '${underWay}'`,
  text: `select 1 where to_regclass('${underWay}') is not null`,
  values: [],
}

/** Why nobody else opens such a store: a server would work with half of the data, and make it differ from its source. */
export const half = (name: string) =>
  new CannotOpen(`${name} holds half a migration. Give the same pipewright migrate again, and it is finished.`)
