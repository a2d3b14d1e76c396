import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import type { Database } from '../../store/database.ts'
import { type CustomField, draft } from '../customFields/customField.ts'
import { compile } from '../search/filter.ts'
import { opportunityFields } from './searchFields.ts'

const size: CustomField = {
  ...draft({ name: 'Size', dataType: 'NUMERICAL', model: 'opportunity' }, 'location', new Set(), 1),
  id: 'size',
}
const db = { contains: (index, text) => sql`found(${index}, ${text})` } as Pick<Database, 'contains'> as Database
const fields = opportunityFields({ db, locationId: 'location', customFields: new Map([['size', size]]) })

const compiled = (field: string, operator: string, value?: unknown) => {
  const condition = compile([{ field, operator, value }], fields)
  return [condition?.sql.replace(/\s+/g, ' ').slice(1, -1), ...(condition?.values ?? [])]
}

test('the name is compared without case and accents', () => {
  expect(compiled('name', 'eq', 'Émile')).toEqual(['substr(o.name_key, 1, 256) in (?)', 'emile'])
})

test('a part of a name is proposed by the text index, where it is long enough for that', () => {
  const like = "o.name_key like ? escape '\\'"

  expect(compiled('name', 'contains', 'Émi')).toEqual([`(found(?, ?) and ${like})`, 'opportunities', 'emi', '%emi%'])
  expect(compiled('name', 'contains', 'mi')).toEqual([like, '%mi%'])
})

test("contacts are looked for in their own table first, then the contact's deals", () => {
  expect(compiled('email', 'eq', ' Ada@Example.com')).toEqual([
    'o.contact_id in ( select id from contacts where location_id = ? and email_key in (?))',
    'location',
    'ada@example.com',
  ])
  expect(compiled('email', 'not_exists')[0]).toMatch(/^\(o\.contact_id in \(.*email_key <> ''\)\) is not true$/)
})

test('custom values and followers are looked for in their own tables first', () => {
  expect(compiled('custom_fields.size', 'not_eq', '5')).toEqual([
    expect.stringMatching(
      /^\(o\.id in \(select record_id from custom_values .* number_value in \(\?\)\)\) is not true$/,
    ),
    'location',
    'size',
    5,
  ])
  expect(compiled('followers', 'contains', 'ana')).toEqual([
    'o.id in (select record_id from followers where location_id = ? and user_id in (?))',
    'location',
    'ana',
  ])
})

test('"all" stands for every status', () => {
  expect(compiled('status', 'eq', 'all').slice(1)).toEqual(['open', 'won', 'lost', 'abandoned'])
})

test('a custom field that is none is refused', () => {
  expect(() => compiled('custom_fields.other', 'exists')).toThrow('filters.0.field is invalid')
})

test('every field can be asked whether it is there, but for stages: each deal has reached one', () => {
  for (const field of fields.names.filter((name) => name !== 'reached_stage_id'))
    expect(compiled(field, 'exists'), field).toBeDefined()
})
