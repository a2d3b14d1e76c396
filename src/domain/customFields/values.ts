import type { Database, Transaction } from '../../store/database.ts'
import { invalid } from '../errors.ts'
import { coerce } from './coerce.ts'
import { bareKey, type CustomField, type FieldModel, wholeKey } from './customField.ts'
import * as customFields from './table.ts'
import { differences } from './valueIndex.ts'
import * as customValues from './valueTable.ts'

/** What a record keeps, in its JSON column `custom_fields`. */
export type CustomFieldValue = { id: string; value: unknown }

/**
 * What somebody sends: the field by id or by key, with or without the model in front. Complaints say that it stood at
 * `path`, or else at its place in a list.
 */
export type ValueInput = { id?: string; key?: string; value: unknown; path?: string }

export type DescribedValue = {
  id: string
  /** Without the model in front. */
  key: string
  fieldKey: string
  name: string
  type: CustomField['dataType']
  value: unknown
}

/**
 * Finds the fields and fits the values to their types. A value of null says: take it away. The fields stay until the
 * transaction ends: what deletes one clears away its values, and these must be among them.
 */
export async function resolveValues(
  tx: Transaction,
  locationId: string,
  model: FieldModel,
  inputs: ValueInput[],
): Promise<CustomFieldValue[]> {
  if (inputs.length === 0) return []
  const ids = inputs.flatMap(({ id }) => id || [])
  const keys = inputs.flatMap(({ id, key }) => (!id && key ? wholeKey(model, key) : []))
  return fitValues(model, inputs, await customFields.findNamed(tx, locationId, ids, keys, tx.keep))
}

/** The pure part of `resolveValues`: every input is fitted, or every complaint is thrown at once. */
export function fitValues(model: FieldModel, inputs: ValueInput[], fields: CustomField[]): CustomFieldValue[] {
  const own = fields.filter((field) => field.model === model)
  const byId = new Map(own.map((field) => [field.id, field]))
  const byKey = new Map(own.map((field) => [field.fieldKey, field]))
  const issues: string[] = []
  const values = new Map<string, unknown>()

  for (const [index, input] of inputs.entries()) {
    const field = input.id ? byId.get(input.id) : byKey.get(wholeKey(model, input.key ?? ''))
    const fitted = field ? coerce(field, input.value) : { issue: complaint(input) }
    if ('issue' in fitted) issues.push(`${input.path ?? `customFields.${index}`}.${fitted.issue}`)
    else if (field) values.set(field.id, fitted.value)
  }

  if (issues.length > 0) throw invalid(...issues)
  return [...values].map(([id, value]) => ({ id, value }))
}

/** The values after some of them changed: null takes away, others replace or come last. */
export function mergeValues(before: CustomFieldValue[], changes: CustomFieldValue[]): CustomFieldValue[] {
  const merged = new Map(before.map(({ id, value }) => [id, value]))
  for (const { id, value } of changes) {
    if (value === null) merged.delete(id)
    else merged.set(id, value)
  }
  return [...merged].map(([id, value]) => ({ id, value }))
}

/** Keeps `custom_values` true to what the record holds, so that filters find it. Writes only what differs. */
export async function indexValues(
  tx: Transaction,
  locationId: string,
  recordId: string,
  before: CustomFieldValue[],
  after: CustomFieldValue[],
): Promise<void> {
  const { gone, put } = differences(before, after)
  for (const row of gone) await customValues.remove(tx, locationId, recordId, row)
  for (const row of put) await customValues.put(tx, locationId, recordId, row)
}

/** The values of each record with what their fields are called; those of deleted fields are left out. */
export async function describeAll(
  db: Database,
  locationId: string,
  model: FieldModel,
  records: CustomFieldValue[][],
): Promise<DescribedValue[][]> {
  const ids = new Set(records.flatMap((values) => values.map(({ id }) => id)))
  if (ids.size === 0) return records.map(() => [])
  const fields = await customFields.findNamed(db, locationId, [...ids], [])
  const known = new Map(fields.map((field) => [field.id, field]))
  return records.map((values) => describe(model, values, known))
}

export function describe(
  model: FieldModel,
  values: CustomFieldValue[],
  fields: Map<string, CustomField>,
): DescribedValue[] {
  return values.flatMap(({ id, value }) => {
    const field = fields.get(id)
    if (field?.model !== model) return []
    const { fieldKey, name, dataType } = field
    return { id, key: bareKey(fieldKey), fieldKey, name, type: dataType, value }
  })
}

function complaint({ id, key }: ValueInput): string {
  if (id) return 'id is invalid'
  return key ? 'key is invalid' : 'id should not be empty'
}
