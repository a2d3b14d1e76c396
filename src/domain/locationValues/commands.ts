import type { Transaction } from '../../store/database.ts'
import { lockLocation } from '../accounts/locationTable.ts'
import { commit } from '../commit.ts'
import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import { append, type EventType } from '../outbox.ts'
import { change, draft, type LocationValue, type LocationValueChange, type NewLocationValue } from './locationValue.ts'
import * as locationValues from './table.ts'

export async function createLocationValue(ctx: Context, wanted: NewLocationValue): Promise<LocationValue> {
  const { locationId } = ctx.caller
  return commit(ctx, async (tx) => {
    await lockLocation(tx, locationId)
    const others = await locationValues.list(tx, locationId)
    const after = draft(wanted, locationId, new Set(others.map((value) => value.fieldKey)), ctx.now())
    await record(ctx, tx, null, after)
    return after
  })
}

export async function updateLocationValue(
  ctx: Context,
  id: string,
  wanted: LocationValueChange,
): Promise<LocationValue> {
  return commit(ctx, async (tx) => {
    const before = await requireLocked(ctx, tx, id)
    const after = change(before, wanted, ctx.now())
    await record(ctx, tx, before, after)
    return after
  })
}

export async function deleteLocationValue(ctx: Context, id: string): Promise<LocationValue> {
  return commit(ctx, async (tx) => {
    const before = await requireLocked(ctx, tx, id)
    await record(ctx, tx, before, null)
    return before
  })
}

async function requireLocked(ctx: Context, tx: Transaction, id: string): Promise<LocationValue> {
  const value = await locationValues.findLocked(tx, ctx.caller.locationId, id)
  if (!value) throw notFound('Custom value')
  return value
}

/** The one door for writing a location's value: the row and its event, together or not at all. */
async function record(ctx: Context, tx: Transaction, before: LocationValue | null, after: LocationValue | null) {
  if (before === after) return
  if (before && after) await locationValues.update(tx, after)
  else if (after) await locationValues.insert(tx, after)
  else if (before) await locationValues.remove(tx, before)
  const type: EventType = !before ? 'CustomValueCreate' : after ? 'CustomValueUpdate' : 'CustomValueDelete'
  await append(ctx, tx, { types: [type], record: 'custom_value', recordId: (after ?? before)?.id ?? '', before, after })
}
