import { expect, test } from 'vitest'
import { readAmount } from './amount.ts'

test.each([
  ['4,997.50', 'en-US', 4997.5],
  ['4997.5', 'en-US', 4997.5],
  ['$4,997', 'en-US', 4997],
  ['4 997,50 €', 'fr-FR', 4997.5],
  ['4.997,50', 'de-DE', 4997.5],
  ['4.997', 'de-DE', 4997],
  ['4.9971', 'en-US', 5],
  ['0.997', 'en-US', 1],
  ['1.234k', 'en-US', 1234],
  ["1'234.567", 'en-US', 1234.57],
  ["1'234'567.80", 'de-CH', 1234567.8],
  ['1,234,567', 'en-US', 1234567],
  ['1.234.567', 'en-US', 1234567],
  ['12k', 'en-US', 12000],
  ['1.5m', 'en-US', 1500000],
  ['-20', 'en-US', -20],
  ['-19.9961', 'en-US', -20],
  ['-0', 'en-US', 0],
  ['0', 'en-US', 0],
  ['', 'en-US', null],
  ['   ', 'en-US', null],
])('%s is read in %s as %s', (typed, locale, amount) => {
  expect(readAmount(typed, locale)).toBe(amount)
})

test.each([
  ['4.997', 'en-US'],
  ['$ -4.997', 'en-US'],
  ['4,997', 'de-DE'],
  ['4,997 €', 'fr-FR'],
])('%s is not read in %s, where it could be thousands', (typed, locale) => {
  expect(readAmount(typed, locale)).toBeUndefined()
})

test.each(['twelve', '1.2.3,4,5', '$', '12 or so', '--3', '1e9'])('%s is not an amount', (typed) => {
  expect(readAmount(typed, 'en-US')).toBeUndefined()
})
