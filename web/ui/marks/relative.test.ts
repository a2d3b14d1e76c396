import { expect, test } from 'vitest'
import { relative, span } from './relative.ts'

const now = Date.parse('2026-11-21T12:00:00Z')

test.each([
  ['2026-11-21T11:59:31Z', 'just now'],
  ['2026-11-21T11:55:00Z', '5 min ago'],
  ['2026-11-21T09:00:00Z', '3 h ago'],
  ['2026-11-19T11:00:00Z', '2 d ago'],
  ['2026-11-21T15:00:00Z', 'in 3 h'],
  ['2026-11-14T12:00:01Z', '6 d ago'],
  ['2026-11-14T12:00:00Z', null],
])('%s is told as %s', (at, told) => {
  expect(relative(Date.parse(at), now)).toBe(told)
})

test.each([
  [0, '1 min'],
  [59 * 60_000, '59 min'],
  [5 * 3_600_000, '5 h'],
  [4.9 * 86_400_000, '4 d'],
  [89 * 86_400_000, '89 d'],
  [92 * 86_400_000, '3 mo'],
  [800 * 86_400_000, '2 y'],
])('%d ms last %s', (duration, told) => {
  expect(span(duration)).toBe(told)
})
