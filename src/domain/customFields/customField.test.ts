import { describe, expect, test } from 'vitest'
import { change, draft, freeKey, type NewCustomField, snake, wholeKey } from './customField.ts'

const taken = new Set<string>()
const made = (wanted: NewCustomField) => draft(wanted, 'location', taken, 1000)

describe('a new custom field', () => {
  test('gets a key from its model and name', () => {
    expect(made({ name: ' Deal size (€) ', dataType: 'TEXT', model: 'opportunity' })).toMatchObject({
      name: 'Deal size (€)',
      fieldKey: 'opportunity.deal_size',
      model: 'opportunity',
    })
  })

  test('belongs to contacts unless told otherwise', () => {
    expect(made({ name: 'Pincode', dataType: 'TEXT' }).fieldKey).toBe('contact.pincode')
  })

  test('takes the labels of boxes as options where one chooses', () => {
    const field = made({ name: 'Size', dataType: 'RADIO', textBoxListOptions: [{ label: 'S' }, { label: 'L' }] })

    expect(field).toMatchObject({ picklistOptions: ['S', 'L'], textBoxListOptions: [] })
  })

  test('needs more than blanks for a name', () => {
    expect(() => made({ name: '  ', dataType: 'TEXT' })).toThrow('name should not be empty')
  })
})

describe('a changed custom field', () => {
  const before = made({ name: 'Lines', dataType: 'TEXTBOX_LIST', textBoxListOptions: [{ label: 'First' }] })

  test('keeps its key when it is renamed', () => {
    expect(change(before, { name: 'Rows' }, 2000)).toMatchObject({
      name: 'Rows',
      fieldKey: 'contact.lines',
      updatedAt: 2000,
    })
  })

  test('keeps the ids of boxes that keep their labels', () => {
    const after = change(before, { textBoxListOptions: [{ label: 'Zeroth' }, { label: 'First' }] }, 2000)

    expect(after.textBoxListOptions[1]?.id).toBe(before.textBoxListOptions[0]?.id)
  })

  test('is the same object when nothing differs', () => {
    expect(change(before, { name: 'Lines', model: 'contact' }, 2000)).toBe(before)
  })

  test('stays with its model', () => {
    expect(() => change(before, { model: 'opportunity' }, 2000)).toThrow('model can not be changed')
  })
})

test('a key that is taken gets the first free number', () => {
  expect(freeKey('contact.size', new Set(['contact.size', 'contact.size_2']))).toBe('contact.size_3')
})

test('a key is the name in lower case, words joined, in any script', () => {
  expect(snake('Größe – Été')).toBe('große_ete')
  expect(snake('予算')).toBe('予算')
  expect(snake('!!!')).toBe('field')
})

test('a key is found with and without its model', () => {
  expect(wholeKey('contact', 'size')).toBe('contact.size')
  expect(wholeKey('contact', 'opportunity.size')).toBe('opportunity.size')
})
