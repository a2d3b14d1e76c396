import { expect, test } from 'vitest'
import { short } from './short.ts'

test('a sentence with a long name says whose and what in the end', () => {
  const says = short(`${'Very long name '.repeat(20)}moved to Qualified.`)

  expect(says).toMatch(/^Very long name .+ … .+ moved to Qualified\.$/)
  expect([...says].length).toBeLessThanOrEqual(116)
})

test('a sentence of any usual length stays whole', () => {
  expect(short('Fleet tablets moved to Qualified.')).toBe('Fleet tablets moved to Qualified.')
})

test('no sign is cut in two', () => {
  expect(short('🚚'.repeat(300))).toMatch(/^🚚+ … 🚚+$/u)
})
