import { describe, expect, test } from 'vitest'
import { type CustomField, draft } from '../customFields/customField.ts'
import { compile, type Filter } from './filter.ts'
import { fields } from './filterFields.ts'

const size: CustomField = {
  ...draft({ name: 'Size', dataType: 'NUMERICAL', model: 'opportunity' }, 'location', new Set(), 1),
  id: 'size',
}
const by = { locationId: 'location', customFields: new Map([['size', size]]) }

const compiled = (...filters: unknown[]) => {
  const { sql, values } = compile(filters as Filter[], by)
  return [sql.replace(/\s+/g, ' '), ...values]
}
const issues = (...filters: unknown[]): string[] => {
  try {
    compile(filters as Filter[], by)
  } catch (error) {
    return (error as { details: { issues: string[] } }).details.issues
  }
  return []
}
const name = { field: 'name', operator: 'eq', value: 'Émile' }

describe('a condition', () => {
  test('compares as the column is kept, and hands every value over apart from the statement', () => {
    expect(compiled(name)).toEqual(['(o.name_key in (?))', 'emile'])
    expect(compiled({ field: 'source', operator: 'eq', value: ['Fair', "'; drop table"] })).toEqual([
      '(o.source in (?,?))',
      'Fair',
      "'; drop table",
    ])
  })

  test('of nothing matches nothing, and its opposite everything', () => {
    expect(compiled({ field: 'id', operator: 'eq', value: [] })).toEqual(['(1 = 0)'])
    expect(compiled({ field: 'id', operator: 'not_eq', value: [] })).toEqual(['((o.id is null or not (1 = 0)))'])
  })

  test('takes the signs of patterns for themselves', () => {
    const [, value] = compiled({ field: 'name', operator: 'contains', value: '50%_\\' })

    expect(value).toBe('%50\\%\\_\\\\%')
  })

  test('asks for what nobody owns by a name of its own', () => {
    const unowned = (operator: string, value: unknown) => compiled({ field: 'assigned_to', operator, value })

    expect(unowned('eq', '__none__')).toEqual(['((1 = 0 or o.assigned_to is null))'])
    expect(unowned('eq', ['__none__', 'ana'])).toEqual(['((o.assigned_to in (?) or o.assigned_to is null))', 'ana'])
    expect(unowned('not_eq', ['__none__'])).toEqual(['((not (1 = 0) and o.assigned_to is not null))'])
  })

  test('reads moments from milliseconds and from ISO, in UTC where no zone is named', () => {
    const at = (value: unknown) => compiled({ field: 'date_added', operator: 'range', value: { gte: value } })[1]
    const noon = Date.UTC(2026, 0, 2, 12)

    expect(
      [noon, String(noon), '2026-01-02T12:00:00.000Z', '2026-01-02T12:00', '2026-01-02T13:00+01:00'].map(at),
    ).toEqual(Array(5).fill(noon))
    expect(at('2026-01-02')).toBe(Date.UTC(2026, 0, 2))
  })

  test('looks for a contact or a custom value in their own tables, in the same location', () => {
    const [contact, ...values] = compiled({ field: 'email', operator: 'eq', value: ' Ada@Example.com' })
    const [custom, ...numbers] = compiled({ field: 'custom_fields.size', operator: 'not_eq', value: '5' })

    expect(contact).toContain('o.contact_id in (select c.id from contacts c where c.location_id = ?')
    expect(values).toEqual(['location', 'ada@example.com'])
    expect(custom).toMatch(/^\(o.id not in \(select v.record_id from custom_values v\s+where v.location_id = \?/)
    expect(numbers).toEqual(['location', 'size', 5])
  })
})

describe('a group', () => {
  test('joins its filters by its name, and by "and" without one', () => {
    const [a, b] = [
      { ...name, value: 'a' },
      { ...name, value: 'b' },
    ]

    expect(compiled(a, { group: 'OR', filters: [a, { filters: [a, b] }] })).toEqual([
      '(o.name_key in (?) and (o.name_key in (?) or (o.name_key in (?) and o.name_key in (?))))',
      'a',
      'a',
      'a',
      'b',
    ])
  })

  test('without filters is always met', () => {
    expect(compiled({ group: 'OR', filters: [] })).toEqual(['(1 = 1)'])
    expect(compiled()).toEqual(['1 = 1'])
  })
})

describe('a refusal names the place', () => {
  test.each([
    [null, 'filters.0 must be an object'],
    [{ group: 'NOT', filters: [] }, 'filters.0.group must be one of the following values: AND, OR'],
    [{ group: 'OR' }, 'filters.0.filters must be an array'],
    [{ ...name, value: 5 }, 'filters.0.value must be a string'],
    [{ ...name, operator: 'range' }, /^filters.0.operator must be one of/],
    [{ ...name, field: 'toString' }, /^filters.0.field must be one of/],
    [{ field: 'custom_fields.unknown', operator: 'exists' }, 'filters.0.field is invalid'],
    [
      { filters: [name, { filters: [{ ...name, value: null }] }] },
      'filters.0.filters.1.filters.0.value must be a string',
    ],
  ])('%j', (filter, message) => {
    expect(issues(filter)).toEqual([expect.stringMatching(message)])
  })

  test('of too much', () => {
    const nested = (depth: number): object => (depth === 0 ? name : { filters: [nested(depth - 1)] })

    expect(issues(nested(4))).toEqual([])
    expect(issues(nested(5))[0]).toMatch(/must not be nested deeper than 5 levels$/)
    expect(issues(...Array(100).fill(name))).toEqual([])
    expect(issues(...Array(101).fill(name))).toEqual(['filters must contain no more than 100 elements'])
  })
})

test('every field can be asked whether it is there', () => {
  for (const field of Object.keys(fields)) expect(issues({ field, operator: 'exists' }), field).toEqual([])
})
