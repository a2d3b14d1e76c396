import type { Database, Transaction } from '../../store/database.ts'
import { commit } from '../commit.ts'
import type { Context } from '../context.ts'
import { DomainError, notFound } from '../errors.ts'
import { newId } from '../ids.ts'
import { append } from '../outbox.ts'
import {
  change,
  defaultSettings,
  draft,
  type Location,
  type LocationChange,
  type LocationSettings,
  type NewLocation,
} from './location.ts'
import * as locations from './locationTable.ts'

export type { Location, LocationChange, LocationProfile, LocationSettings, NewLocation } from './location.ts'

export async function createLocation(ctx: Context, wanted: NewLocation): Promise<Location> {
  return commit(ctx, (tx) => insertLocation(ctx, tx, wanted))
}

/** `createLocation` inside a transaction of the caller's. The event belongs to the new location. */
export async function insertLocation(ctx: Context, tx: Transaction, wanted: NewLocation): Promise<Location> {
  const id = wanted.id ?? newId()
  if (await locations.find(tx, id)) throw new DomainError('conflict', 'This location exists already.')

  const companyId = await locations.keepCompanyId(tx, wanted.companyId ?? newId())
  const location = draft(wanted, id, wanted.companyId ?? companyId, ctx.now())
  await record({ ...ctx, caller: { ...ctx.caller, locationId: id } }, tx, null, location)
  return location
}

export async function updateLocation(ctx: Context, wanted: LocationChange): Promise<Location> {
  return commit(ctx, async (tx) => {
    const before = await locations.findLocked(tx, ctx.caller.locationId)
    if (!before) throw notFound('Location')

    const after = change(before, wanted, ctx.now())
    await record(ctx, tx, before, after)
    return after
  })
}

export async function getLocation(ctx: Context): Promise<Location> {
  const location = await locations.find(ctx.store, ctx.caller.locationId)
  if (!location) throw notFound('Location')
  return location
}

export async function getSettings(db: Database, locationId: string): Promise<LocationSettings> {
  const row = await locations.findSettings(db, locationId)
  if (!row) throw notFound('Location')
  return { ...defaultSettings, ...(JSON.parse(row.settings) as Partial<LocationSettings>) }
}

/** Across all customers: for the command line, and for who acts for the whole company. */
export const listLocations = (db: Database): Promise<Location[]> => locations.list(db)

/** The location that the first start made, whose admins act for the company; undefined before it. */
export const firstLocation = (db: Database): Promise<string | undefined> => locations.findFirst(db)

/** The caller's location; of a caller for the whole company, all of its locations, oldest first. */
export async function callersLocations(ctx: Context): Promise<Location[]> {
  if (!ctx.caller.isAgency) return [await getLocation(ctx)]
  return (await listLocations(ctx.store)).filter(({ companyId }) => companyId === ctx.caller.locationId)
}

async function record(ctx: Context, tx: Transaction, before: Location | null, after: Location) {
  if (before === after) return
  await (before ? locations.update(tx, after) : locations.insert(tx, after))
  const types = [before ? ('LocationUpdate' as const) : ('LocationCreate' as const)]
  await append(ctx, tx, { types, record: 'location', recordId: after.id, before, after })
}
