import type { Store } from './database.ts'
import { openSqlite } from './sqlite.ts'

/** Whether the name is a PostgreSQL database's address rather than a file's. */
export const isPostgres = (name: string): boolean => /^postgres(ql)?:\/\//i.test(name)

/**
 * A store from what a person names it by: a file's path, `:memory:`, or `postgres://user:password@host:port/database`.
 * Creates and migrates what is in it when needed; the database itself must be there.
 */
export async function openStore(name: string): Promise<Store> {
  if (!isPostgres(name)) return openSqlite(name)
  const { openPostgres } = await import('./postgres.ts')
  return openPostgres(name)
}
