import { describe, expect, test } from 'vitest'
import { coerce } from './coerce.ts'
import type { DataType } from './customField.ts'

const to = (dataType: DataType, sent: unknown, picklistOptions: string[] = [], isAllowedCustomOption = false) =>
  coerce({ dataType, picklistOptions, isAllowedCustomOption }, sent)

test.each(['TEXT', 'NUMERICAL', 'DATE', 'CHECKBOX', 'TEXTBOX_LIST'] as const)(
  '%s is emptied by null and by ""',
  (type) => {
    expect(to(type, null)).toEqual({ value: null })
    expect(to(type, '')).toEqual({ value: null })
  },
)

test('a value that was not sent is missed', () => {
  expect(to('TEXT', undefined)).toEqual({ issue: 'field_value should not be empty' })
})

describe('text', () => {
  test.each([
    ['a text', 'a text'],
    [42, '42'],
    [false, 'false'],
    [['9039160788'], ['9039160788']],
    [{ a: 1 }, { a: 1 }],
  ])('keeps %j as %j', (sent, value) => {
    expect(to('TEXT', sent)).toEqual({ value })
  })
})

describe('a number', () => {
  test.each([
    ['12.50', 12.5],
    [' -3 ', -3],
    ['1e3', 1000],
    [0, 0],
  ])('is read from %j', (sent, value) => {
    expect(to('MONETORY', sent)).toEqual({ value })
  })

  test.each(['abc', '0x10', '1,200', ' ', true, [], {}, '1e999'])('is not %j', (sent) => {
    expect(to('NUMERICAL', sent)).toEqual({
      issue: 'field_value must be a number conforming to the specified constraints',
    })
  })
})

describe('a date', () => {
  test.each([
    ['2025-01-31', '2025-01-31'],
    ['2025-01-31T10:00:00+02:00', '2025-01-31T08:00:00.000Z'],
    ['2025-01-31T10:00', '2025-01-31T10:00:00.000Z'],
    [1738281600000, '2025-01-31T00:00:00.000Z'],
    ['1738281600000', '2025-01-31T00:00:00.000Z'],
  ])('%j is kept as %j', (sent, value) => {
    expect(to('DATE', sent)).toEqual({ value })
  })

  test.each(['2025-02-30', '2025-13-01', 'soon', '2025-01-31T25:00:00Z', true, {}, 1e300])('is not %j', (sent) => {
    expect(to('DATE', sent)).toEqual({ issue: 'field_value must be a valid ISO 8601 date string' })
  })
})

describe('a choice', () => {
  const sizes = ['S', 'M']

  test('is one of the options', () => {
    expect(to('SINGLE_OPTIONS', 'M', sizes)).toEqual({ value: 'M' })
    expect(to('RADIO', ['M'], sizes)).toEqual({ value: 'M' })
    expect(to('RADIO', 'XL', sizes)).toEqual({ issue: 'field_value must be one of the following values: S, M' })
    expect(to('RADIO', ['S', 'M'], sizes)).toEqual({ issue: 'field_value must be a string' })
  })

  test('of several is a list, each once, even when one is sent alone', () => {
    expect(to('CHECKBOX', 'S', sizes)).toEqual({ value: ['S'] })
    expect(to('MULTIPLE_OPTIONS', ['S', 'M', 'S'], sizes)).toEqual({ value: ['S', 'M'] })
    expect(to('MULTIPLE_OPTIONS', ['S', 'XL'], sizes)).toHaveProperty('issue')
    expect(to('CHECKBOX', {}, sizes)).toEqual({ issue: 'field_value must be an array' })
  })

  test('of nothing empties the field', () => {
    expect(to('CHECKBOX', [], sizes)).toEqual({ value: null })
  })

  test('is free where the field allows its own options, or has none', () => {
    expect(to('RADIO', 'XL', sizes, true)).toEqual({ value: 'XL' })
    expect(to('CHECKBOX', ['XL'])).toEqual({ value: ['XL'] })
  })
})

describe('boxes and files', () => {
  test('are objects, kept as they are', () => {
    expect(to('TEXTBOX_LIST', { box: 'text' })).toEqual({ value: { box: 'text' } })
    expect(to('FILE_UPLOAD', { file: { url: 'https://…' } })).toEqual({ value: { file: { url: 'https://…' } } })
    expect(to('FILE_UPLOAD', ['https://…'])).toEqual({ value: ['https://…'] })
  })

  test.each(['TEXT', 'FILE_UPLOAD'] as const)('of nothing empty a field of type %s', (type) => {
    expect([to(type, []), to(type, {})]).toEqual([{ value: null }, { value: null }])
  })

  test('are nothing else', () => {
    expect(to('TEXTBOX_LIST', 'text')).toEqual({ issue: 'field_value must be an object' })
    expect(to('TEXTBOX_LIST', ['text'])).toEqual({ issue: 'field_value must be an object' })
  })
})
