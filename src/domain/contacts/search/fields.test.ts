import sql, { raw } from 'sql-template-tag'
import { expect, test } from 'vitest'
import type { Database } from '../../../store/database.ts'
import { type CustomField, draft } from '../../customFields/customField.ts'
import { compile } from '../../search/filter.ts'
import { contactFields } from './fields.ts'

const word: CustomField = {
  ...draft({ name: 'Word', dataType: 'TEXT', model: 'contact' }, 'location', new Set(), 1),
  id: 'w_x',
}
const db = {
  contains: (index, text) => sql`found(${index}, ${text})`,
  json: (column, ...path) => raw(`${column}:${path.join(':')}`),
} as Pick<Database, 'contains' | 'json'> as Database
const fields = contactFields({ db, locationId: 'location', customFields: new Map([['w_x', word]]) })

const compiled = (field: string, operator: string, value?: unknown) => {
  const condition = compile([{ field, operator, value }], fields)
  return [condition?.sql.replace(/\s+/g, ' ').slice(1, -1), ...(condition?.values ?? [])]
}

test('fields go by camelCase and by snake_case', () => {
  expect(compiled('date_added', 'range', { gte: 1 })).toEqual(compiled('dateAdded', 'range', { gte: 1 }))
  expect(compiled('custom_fields.w_x', 'exists')).toEqual(compiled('customFields.w_x', 'exists'))
})

test('what the profile keeps is read by the name that the store has for it', () => {
  expect(compiled('city', 'eq', 'Rome')).toEqual(['lower(profile:city) in (lower(?))', 'Rome'])
  expect(compiled('dndSettings.sms.status', 'eq', 'active')).toEqual([
    "coalesce(profile:dndSettings:sms:status, 'inactive') in (?)",
    'active',
  ])
  expect(compiled('dateOfBirth', 'range', { lt: Date.UTC(2000, 0, 1) })).toEqual([
    '(profile:dateOfBirth < ?)',
    '2000-01-01',
  ])
})

test('a part of a name, address, number or company is proposed by the text index', () => {
  expect(compiled('email', 'contains', ' @Acme')).toEqual([
    "(found(?, ?) and email_key like ? escape '\\')",
    'contacts',
    '@acme',
    '%@acme%',
  ])
  expect(compiled('phone', 'contains', '555-01')).toContain('%55501%')
  expect(compiled('phone', 'contains', 'call me')).toEqual(['1 = 0'])
})

test('every field can be asked for in the words of its operators, and nothing else', () => {
  for (const name of fields.names) {
    const { operators = [], ...tests } = fields.find(name, name) ?? {}
    const asked = new Set(operators.map((operator) => operator.replace('not_', '')))
    for (const question of asked) expect(Object.keys(tests), `${name} ${question}`).toContain(question)
  }
  for (const name of ['toString', 'name_key', 'dndSettings.sms', 'dndSettings.fax.status', 'tags.0']) {
    expect(fields.find(name, name), name).toBeUndefined()
  }
})
