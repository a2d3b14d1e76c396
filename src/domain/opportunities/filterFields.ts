import { raw, type Sql } from 'sql-template-tag'
import { emailKey } from '../contacts/identity.ts'
import { fold } from '../text.ts'

export type Operator = 'eq' | 'not_eq' | 'contains' | 'not_contains' | 'exists' | 'not_exists' | 'range'

export type Kind = 'id' | 'status' | 'text' | 'number' | 'date' | 'followers'
export interface Field {
  kind: Kind
  /** The column; of `o`, an opportunity, or of `c`, its contact. */
  column: Sql
  /** What was done to a text before the column kept it, and so is done to a value. */
  key?: (text: string) => string
  /** The column is lowered where it is read, so a value is too: only the store itself lowers as the store lowers. */
  lowered?: boolean
  ofContact?: boolean
}

const own = (column: string, kind: Kind): Field => ({ kind, column: raw(`o.${column}`) })
const ofContact = (column: string, more: Partial<Field> = {}): Field => ({
  kind: 'text',
  column: raw(column),
  ofContact: true,
  ...more,
})

/** Contract 5.2: what can be asked about, by the names of the wire. */
export const fields: Record<string, Field> = {
  id: own('id', 'id'),
  name: { kind: 'text', column: raw('o.name_key'), key: fold },
  monetary_value: own('monetary_value', 'number'),
  pipeline_id: own('pipeline_id', 'id'),
  pipeline_stage_id: own('pipeline_stage_id', 'id'),
  status: own('status', 'status'),
  lost_reason_id: own('lost_reason_id', 'id'),
  assigned_to: own('assigned_to', 'id'),
  contact_id: own('contact_id', 'id'),
  source: own('source', 'text'),
  followers: { kind: 'followers', column: raw('o.id') },
  contact_name: ofContact('c.name_key', { key: fold }),
  company_name: ofContact('lower(c.company_name)', { lowered: true }),
  email: ofContact('c.email_key', { key: emailKey }),
  phone: ofContact('c.phone'),
  country: ofContact('lower(c.country)', { lowered: true }),
  date_added: own('created_at', 'date'),
  date_updated: own('updated_at', 'date'),
  last_status_change_date: own('last_status_change_at', 'date'),
  last_stage_change_date: own('last_stage_change_at', 'date'),
  forecast_expected_close_date: own('forecast_expected_close_date', 'date'),
}

export const equality: Operator[] = ['eq', 'not_eq', 'exists', 'not_exists']
const textual: Operator[] = [...equality, 'contains', 'not_contains']
export const operators: Record<Kind, Operator[]> = {
  id: equality,
  status: equality,
  text: textual,
  followers: textual,
  number: [...equality, 'range'],
  date: ['range', 'exists', 'not_exists'],
}
