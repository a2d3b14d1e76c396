import sql, { empty, raw, type Sql } from 'sql-template-tag'
import { invalid } from '../errors.ts'
import { date, equality, longText, number, through } from '../search/compare.ts'
import type { Field } from '../search/filter.ts'
import { fold } from '../text.ts'
import type { CustomField, DataType } from './customField.ts'
import { itemKey } from './valueIndex.ts'

const asNumber = number(raw('number_value'))
const asDate = date(raw('number_value'))
const asText = longText(raw('text_value'), fold)
const asList = { ...asText, operators: equality }

const kinds: Partial<Record<DataType, Field>> = {
  NUMERICAL: asNumber,
  MONETORY: asNumber,
  DATE: asDate,
  CHECKBOX: asList,
  MULTIPLE_OPTIONS: asList,
}

export interface CustomSearch {
  locationId: string
  /** Definitions of the records' custom fields by id. */
  customFields: Map<string, CustomField>
}

/** The field `custom_fields.<id>`, or `custom_fields.<id>.<item>` of a text box list, of the records with these ids. */
export function customSearchField(name: string, record: Sql, by: CustomSearch, path: string): Field {
  const [, id = '', ...rest] = name.split('.')
  const definition = by.customFields.get(id)
  if (!definition) throw invalid(`${path}.field is invalid`)
  const item = rest.length > 0 ? sql`and item = ${itemKey(rest.join('.'))}` : empty
  return through(
    kinds[definition.dataType] ?? asText,
    (condition) => sql`${record} in (select record_id from custom_values
      where location_id = ${by.locationId} and field_id = ${id} ${item} and ${condition})`,
  )
}

/** Whether filters speak of custom fields, whose definitions are then to be read. */
export const asksCustomFields = (filters: unknown): boolean => /"custom_?fields\./i.test(JSON.stringify(filters) ?? '')
