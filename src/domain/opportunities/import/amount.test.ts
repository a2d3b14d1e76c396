import { expect, test } from 'vitest'
import { readAmount, writeAmount } from './amount.ts'

test.each([
  ['0', 0],
  ['4997.5', 4997.5],
  ['4,997.50', 4997.5],
  ['4.997,50', 4997.5],
  ['1.234.567', 1_234_567],
  ['1,234', 1234],
  ['12,5', 12.5],
  ['$4,997.50', 4997.5],
  ['4 997,50 €', 4997.5],
  ['USD 1,000', 1000],
  ["1'000.25", 1000.25],
  ['-250', -250],
  ['($250.00)', -250],
  ['0.125', 0.125],
  ['.5', 0.5],
])('%s is %d', (text, amount) => {
  expect(readAmount(text)).toBe(amount)
})

test.each(['', 'free', '1.234', '1,23,4', '1.2.3', '12,3456', '--5', '1e5', '()'])('%s is no amount', (text) => {
  expect(readAmount(text)).toBeUndefined()
})

test.each([0, 12.5, 1.234, -1.234, 4997.5, 0.0001, 99_999_999])('%d is written so that it is read back', (amount) => {
  expect(readAmount(writeAmount(amount))).toBe(amount)
})
