import { expect, test } from 'vitest'
import { readDecimal, writeDecimal } from './decimal.ts'

test.each([
  ['', 'en', null],
  ['0.12345', 'en', 0.12345],
  ['1,234', 'en', 1234],
  ['1,5', 'en', 1.5],
  ['1.234', 'de', 1234],
  ['1.234,5', 'de', 1234.5],
  ['12 000', 'en', 12_000],
  ['-3', 'en', -3],
  ['many', 'en', undefined],
  ['1.2.3', 'en', undefined],
])('“%s” as people write it in %s is read', (typed, locale, number) => {
  expect(readDecimal(typed, locale)).toBe(number)
})

test.each(['en', 'de', 'fr'])('a number is written in %s so that it reads the same', (locale) => {
  for (const number of [1.234, 1234.5, -0.001, 1_000_000]) {
    expect(readDecimal(writeDecimal(number, locale), locale)).toBe(number)
  }
})
