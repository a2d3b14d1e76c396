import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import type { LocationValue } from './locationValue.ts'
import * as locationValues from './table.ts'

export async function listLocationValues(ctx: Context): Promise<LocationValue[]> {
  return locationValues.list(ctx.store, ctx.caller.locationId)
}

export async function getLocationValue(ctx: Context, id: string): Promise<LocationValue> {
  const value = await locationValues.find(ctx.store, ctx.caller.locationId, id)
  if (!value) throw notFound('Custom value')
  return value
}
