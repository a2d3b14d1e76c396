import { expect, test } from 'vitest'
import { blankField, type Field, fieldBody, fieldDraftOf, linesOf } from './field.ts'

const list: Field = {
  id: 'f1',
  name: 'Lines',
  fieldKey: 'opportunity.lines',
  placeholder: '',
  dataType: 'TEXTBOX_LIST',
  position: 0,
  picklistOptions: [],
  picklistImageOptions: [],
  textBoxListOptions: [
    { id: 'b1', label: 'First', prefillValue: 'x' },
    { id: 'b2', label: 'Second', prefillValue: '' },
  ],
  acceptedFormat: [],
  isAllowedCustomOption: false,
  isMultiFileAllowed: false,
  locationId: 'l1',
  model: 'opportunity',
  dateAdded: '2026-01-01T00:00:00.000Z',
}

test('lines are options, each once and without blanks around it', () => {
  expect(linesOf(' Small \n\nLarge\nSmall\n')).toEqual(['Small', 'Large'])
})

test.each([
  ['TEXT', { placeholder: 'e.g. x' }],
  ['RADIO', { picklistOptions: ['S', 'L'], isAllowedCustomOption: true }],
  ['FILE_UPLOAD', { isMultiFileAllowed: true }],
  ['DATE', {}],
] as const)('of a new field of type %s is sent what belongs to it', (dataType, sent) => {
  const draft = { ...blankField('contact'), name: ' Size ', dataType, placeholder: 'e.g. x', lines: 'S\nL' }

  expect(fieldBody({ ...draft, isAllowedCustomOption: true, isMultiFileAllowed: true })).toEqual({
    name: 'Size',
    model: 'contact',
    dataType,
    ...sent,
  })
})

test('a text of a list that keeps its name keeps its id, and with it its values', () => {
  const draft = fieldDraftOf(list)
  expect(draft.lines).toBe('First\nSecond')

  expect(fieldBody({ ...draft, lines: 'Second\nThird' }, list)).toEqual({
    name: 'Lines',
    model: 'opportunity',
    textBoxListOptions: [{ id: 'b2', label: 'Second', prefillValue: '' }, { label: 'Third' }],
  })
})
