import { existsSync } from 'node:fs'
import { listLocations } from '../domain/accounts/locations.ts'
import type { Context } from '../domain/context.ts'
import { firstLocation } from '../domain/installation/bootstrap.ts'
import { allScopes } from '../domain/tokens/scopes.ts'
import type { Store } from '../store/database.ts'
import { isPostgres, openStore } from '../store/open.ts'
import { Failure, openFailure, workFailure } from './failure.ts'
import { program } from './output/print.ts'

export const location = {
  value: 'ID',
  help: 'The location it is about; without it, the first one',
  env: 'PIPEWRIGHT_LOCATION',
  read: (given: string) => given,
  fallback: undefined,
}

/** Opens the data, also while a server is running on it. */
export async function openData(db: string): Promise<Store> {
  try {
    return await openStore(db)
  } catch (error) {
    throw openFailure(db, error)
  }
}

/** Does `work` on data that is there; a mistyped name is no reason to make an empty file. */
export async function withData<T>(db: string, work: (store: Store) => Promise<T>): Promise<T> {
  requireData(db)
  const store = await openData(db)
  try {
    return await work(store)
  } catch (error) {
    throw workFailure(db, error)
  } finally {
    await store.close()
  }
}

export function requireData(db: string): void {
  if (db === ':memory:') throw new Failure('Nothing else can see data in memory. Name a file with --db.')
  if (!isPostgres(db) && !existsSync(db))
    throw new Failure(`There is no ${db} here. Start the server once, or name the file with --db.`)
}

/** The program itself at work in a location: the one that was named, or the first. */
export const contextOf = (store: Store, wanted: string | undefined): Promise<Context> => within(store, wanted, false)

/** The same where a company may stand in a location's place: what apps were allowed for all of its locations. */
export const contextOfEither = (store: Store, wanted: string | undefined): Promise<Context> =>
  within(store, wanted, true)

async function within(store: Store, wanted: string | undefined, orCompany: boolean): Promise<Context> {
  const locationId = wanted ? await requireLocation(store, wanted, orCompany) : await firstLocation(store)
  if (!locationId) throw new Failure(`There is no location yet. Start the server once: ${program()}`)
  return systemContext(store, locationId)
}

export function systemContext(store: Store, locationId: string): Context {
  const caller = { locationId, kind: 'system', id: 'cli', scopes: new Set<string>(allScopes) } as const
  return { store, caller, now: Date.now, wake: () => {} }
}

async function requireLocation(store: Store, wanted: string, orCompany: boolean): Promise<string> {
  const locations = await listLocations(store)
  if (locations.some(({ id, companyId }) => wanted === id || (orCompany && wanted === companyId))) return wanted
  throw new Failure(`There is no location ${wanted}. List them with ${program()} location list`)
}
