import { expect, test } from 'vitest'
import { placeName } from './place.ts'

test.each([
  ['0', 'Step 1'],
  ['12', 'Step 13'],
  ['1.yes.0', 'Step 2 › Yes › 1'],
  ['1.yes.1.notFound.0', 'Step 2 › Yes › 2 › Not found › 1'],
])('the place %s is read as %s', (place, name) => {
  expect(placeName(place)).toBe(name)
})
