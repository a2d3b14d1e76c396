import type { Store } from './database.ts'
import { openSqlite } from './sqlite.ts'

/** A store from what a person names it by: a file's path or `:memory:`. Creates and migrates it when needed. */
export function openStore(name: string): Store {
  return openSqlite(name)
}
