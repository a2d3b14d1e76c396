import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import type { CustomField, FieldModel } from './customField.ts'
import * as customFields from './table.ts'

export async function listCustomFields(ctx: Context, model: FieldModel | 'all'): Promise<CustomField[]> {
  const all = await customFields.list(ctx.store, ctx.caller.locationId)
  return model === 'all' ? all : all.filter((field) => field.model === model)
}

export async function getCustomField(ctx: Context, id: string): Promise<CustomField> {
  const field = await customFields.find(ctx.store, ctx.caller.locationId, id)
  if (!field) throw notFound('Custom field')
  return field
}
