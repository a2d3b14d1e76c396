import sql, { empty, join, raw } from 'sql-template-tag'
import type { Database, Transaction } from '../../store/database.ts'
import type { CustomField, FieldModel } from './customField.ts'

type Packed =
  | 'picklistOptions'
  | 'picklistImageOptions'
  | 'textBoxListOptions'
  | 'acceptedFormat'
  | 'isAllowedCustomOption'
  | 'isMultiFileAllowed'
  | 'maxFileLimit'

type Row = Omit<CustomField, Packed> & { options: string }

const columns = raw(`id, location_id as "locationId", model, name, field_key as "fieldKey", data_type as "dataType",
  placeholder, position, options, created_at as "createdAt", updated_at as "updatedAt"`)

/** Every field of a location, by position. */
export async function list(db: Database, locationId: string): Promise<CustomField[]> {
  const rows = await db.all<Row>(sql`
    select ${columns} from custom_fields
    where location_id = ${locationId}
    order by position, created_at, id`)
  return rows.map(unpack)
}

export async function find(db: Database, locationId: string, id: string): Promise<CustomField | undefined> {
  const row = await db.one<Row>(sql`
    select ${columns} from custom_fields
    where location_id = ${locationId} and id = ${id}`)
  return row && unpack(row)
}

export async function findLocked(tx: Transaction, locationId: string, id: string): Promise<CustomField | undefined> {
  const row = await tx.one<Row>(sql`
    select ${columns} from custom_fields
    where location_id = ${locationId} and id = ${id} ${tx.lock}`)
  return row && unpack(row)
}

/** Only the fields that are named, by id or by whole key; both lists may be empty. Whoever writes values needs `keep`. */
export async function findNamed(
  db: Database,
  locationId: string,
  ids: string[],
  keys: string[],
  keep = empty,
): Promise<CustomField[]> {
  const byId =
    ids.length > 0
      ? [
          await db.all<Row>(sql`
    select ${columns} from custom_fields
    where location_id = ${locationId} and id in (${join(ids)}) ${keep}`),
        ]
      : []
  const byKey =
    keys.length > 0
      ? [
          await db.all<Row>(sql`
    select ${columns} from custom_fields
    where location_id = ${locationId} and field_key in (${join(keys)}) ${keep}`),
        ]
      : []
  return [...byId, ...byKey].flat().map(unpack)
}

/** The fields of a model by id: what filters are checked against, and a page of records described with. */
export async function findDefinitions(
  db: Database,
  locationId: string,
  model: FieldModel,
): Promise<Map<string, CustomField>> {
  const rows = await db.all<Row>(sql`
    select ${columns} from custom_fields
    where location_id = ${locationId} and model = ${model}`)
  return new Map(rows.map((row) => [row.id, unpack(row)]))
}

export const insert = (tx: Transaction, field: CustomField) =>
  tx.run(sql`
    insert into custom_fields (location_id, id, model, name, field_key, data_type, placeholder, position, options,
      created_at, updated_at)
    values (${field.locationId}, ${field.id}, ${field.model}, ${field.name}, ${field.fieldKey}, ${field.dataType},
      ${field.placeholder}, ${field.position}, ${pack(field)}, ${field.createdAt}, ${field.updatedAt})`)

export const update = (tx: Transaction, field: CustomField) =>
  tx.run(sql`
    update custom_fields
    set name = ${field.name}, placeholder = ${field.placeholder}, position = ${field.position},
      options = ${pack(field)}, updated_at = ${field.updatedAt}
    where location_id = ${field.locationId} and id = ${field.id}`)

export const remove = (tx: Transaction, locationId: string, id: string) =>
  tx.run(sql`delete from custom_fields where location_id = ${locationId} and id = ${id}`)

function pack(field: CustomField): string {
  const { picklistOptions, picklistImageOptions, textBoxListOptions, acceptedFormat } = field
  const { isAllowedCustomOption, isMultiFileAllowed, maxFileLimit } = field
  const lists = { picklistOptions, picklistImageOptions, textBoxListOptions, acceptedFormat }
  return JSON.stringify({ ...lists, isAllowedCustomOption, isMultiFileAllowed, maxFileLimit })
}

function unpack({ options, ...row }: Row): CustomField {
  return { ...row, ...(JSON.parse(options) as Pick<CustomField, Packed>) }
}
