import sql from 'sql-template-tag'
import type { Transaction } from '../../store/database.ts'
import type { IndexRow } from './valueIndex.ts'

export const put = (tx: Transaction, locationId: string, recordId: string, row: IndexRow) =>
  tx.run(sql`
    insert into custom_values (location_id, record_id, field_id, item, text_value, number_value)
    values (${locationId}, ${recordId}, ${row.fieldId}, ${row.item}, ${row.text}, ${row.number})
    on conflict (location_id, record_id, field_id, item)
    do update set text_value = excluded.text_value, number_value = excluded.number_value`)

export const remove = (tx: Transaction, locationId: string, recordId: string, { fieldId, item }: IndexRow) =>
  tx.run(sql`
    delete from custom_values
    where location_id = ${locationId} and record_id = ${recordId} and field_id = ${fieldId} and item = ${item}`)

export const removeField = (tx: Transaction, locationId: string, fieldId: string) =>
  tx.run(sql`delete from custom_values where location_id = ${locationId} and field_id = ${fieldId}`)
