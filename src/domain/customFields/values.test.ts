import { describe as about, expect, test } from 'vitest'
import { draft, type NewCustomField } from './customField.ts'
import { differences } from './valueIndex.ts'
import { describe, fitValues, mergeValues } from './values.ts'

const field = (id: string, wanted: NewCustomField) => ({ ...draft(wanted, 'location', new Set(), 1), id })

const fields = [
  field('size', { name: 'Deal size', dataType: 'NUMERICAL', model: 'opportunity' }),
  field('note', { name: 'Note', dataType: 'TEXT', model: 'opportunity' }),
  field('pin', { name: 'Pincode', dataType: 'TEXT', model: 'contact' }),
]
const fitted = (...inputs: Parameters<typeof fitValues>[1]) => fitValues('opportunity', inputs, fields)

about('values that are sent', () => {
  test('name their field by id, by key and by whole key', () => {
    expect(fitted({ id: 'size', value: '5' })).toEqual([{ id: 'size', value: 5 }])
    expect(fitted({ key: 'deal_size', value: 6 })).toEqual([{ id: 'size', value: 6 }])
    expect(fitted({ key: 'opportunity.deal_size', value: 7 })).toEqual([{ id: 'size', value: 7 }])
  })

  test('of one field twice count as the last says', () => {
    expect(fitted({ id: 'size', value: 1 }, { key: 'deal_size', value: 2 })).toEqual([{ id: 'size', value: 2 }])
  })

  test('are all complained about at once', () => {
    const inputs = [
      { id: 'pin', value: 'x' },
      { key: 'pincode', value: 'x' },
      { value: 'x' },
      { id: 'size', value: 'x' },
    ]

    expect(() => fitted(...inputs)).toThrow(
      expect.objectContaining({
        code: 'invalid',
        details: {
          issues: [
            'customFields.0.id is invalid',
            'customFields.1.key is invalid',
            'customFields.2.id should not be empty',
            'customFields.3.field_value must be a number conforming to the specified constraints',
          ],
        },
      }),
    )
  })
})

test('merging takes away nulls, replaces in place and appends', () => {
  const before = [
    { id: 'a', value: 1 },
    { id: 'b', value: 2 },
  ]
  const changes = [
    { id: 'c', value: 3 },
    { id: 'a', value: 4 },
    { id: 'b', value: null },
  ]

  expect(mergeValues(before, changes)).toEqual([
    { id: 'a', value: 4 },
    { id: 'c', value: 3 },
  ])
})

about('described values', () => {
  test('carry what their fields are called', () => {
    expect(describe('opportunity', [{ id: 'size', value: 5 }], new Map([['size', fields[0] as never]]))).toEqual([
      {
        id: 'size',
        key: 'deal_size',
        fieldKey: 'opportunity.deal_size',
        name: 'Deal size',
        type: 'NUMERICAL',
        value: 5,
      },
    ])
  })

  test('leave out those of deleted fields', () => {
    expect(describe('opportunity', [{ id: 'gone', value: 5 }], new Map())).toEqual([])
  })
})

about('the index of values', () => {
  test('has a row for each value, item and key, folded, with numbers beside', () => {
    const { gone, put } = differences(
      [],
      [
        { id: 'a', value: 'Été' },
        { id: 'b', value: ['X', 'Y'] },
        { id: 'c', value: { box: 'Z' } },
        { id: 'd', value: 12.5 },
        { id: 'e', value: '2025-01-31' },
      ],
    )

    expect(gone).toEqual([])
    expect(put).toEqual([
      { fieldId: 'a', item: '', text: 'ete', number: null },
      { fieldId: 'b', item: '0', text: 'x', number: null },
      { fieldId: 'b', item: '1', text: 'y', number: null },
      { fieldId: 'c', item: 'box', text: 'z', number: null },
      { fieldId: 'd', item: '', text: '12.5', number: 12.5 },
      { fieldId: 'e', item: '', text: '2025-01-31', number: Date.UTC(2025, 0, 31) },
    ])
  })

  test('changes only where the values differ', () => {
    const before = [
      { id: 'a', value: ['x', 'y'] },
      { id: 'b', value: 1 },
    ]
    const after = [
      { id: 'a', value: ['x'] },
      { id: 'b', value: 2 },
    ]

    expect(differences(before, after)).toEqual({
      gone: [{ fieldId: 'a', item: '1', text: 'y', number: null }],
      put: [{ fieldId: 'b', item: '', text: '2', number: 2 }],
    })
  })
})
