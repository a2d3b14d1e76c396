import { CannotOpen } from '../database.ts'

/** The table that stands in a store while a migration fills it. */
export const underWay = 'migration_under_way'

/** Why nobody else opens such a store: a server would work with half of the data, and make it differ from its source. */
export const half = (name: string) =>
  new CannotOpen(`${name} holds half a migration. Give the same pipewright migrate again, and it is finished.`)
