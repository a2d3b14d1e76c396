import { lockLocation } from '../accounts/locationTable.ts'
import { commit } from '../commit.ts'
import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import { type CustomField, type CustomFieldChange, change, draft, type NewCustomField } from './customField.ts'
import { record } from './record.ts'
import * as customFields from './table.ts'

export async function createCustomField(ctx: Context, wanted: NewCustomField): Promise<CustomField> {
  const { locationId } = ctx.caller
  return commit(ctx, async (tx) => {
    await lockLocation(tx, locationId)
    const others = await customFields.list(tx, locationId)
    const after = draft(wanted, locationId, new Set(others.map((field) => field.fieldKey)), ctx.now())
    await record(ctx, tx, null, after)
    return after
  })
}

export async function updateCustomField(ctx: Context, id: string, wanted: CustomFieldChange): Promise<CustomField> {
  return commit(ctx, async (tx) => {
    const before = await customFields.findLocked(tx, ctx.caller.locationId, id)
    if (!before) throw notFound('Custom field')

    const after = change(before, wanted, ctx.now())
    await record(ctx, tx, before, after)
    return after
  })
}

/** Its values are no longer found nor shown, though the records' JSON may keep them. */
export async function deleteCustomField(ctx: Context, id: string): Promise<CustomField> {
  return commit(ctx, async (tx) => {
    const before = await customFields.findLocked(tx, ctx.caller.locationId, id)
    if (!before) throw notFound('Custom field')

    await record(ctx, tx, before, null)
    return before
  })
}
