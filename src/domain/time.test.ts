import { expect, test } from 'vitest'
import { instant, isMoment } from './time.ts'

test('a time without a zone is in UTC, and the 30th of February is no time at all', () => {
  expect(instant('2020-10-25T11:00:00')).toBe(Date.parse('2020-10-25T11:00:00Z'))
  expect(instant('2020-10-25T11:00:00+02:00')).toBe(Date.parse('2020-10-25T09:00:00Z'))
  expect(instant('2020-10-25')).toBe(Date.parse('2020-10-25'))
  expect(instant('2020-02-30')).toBeUndefined()
})

test('a moment is a whole number of milliseconds that a date can have', () => {
  expect([0, -1, Date.now(), 8.64e15].map(isMoment)).toEqual([true, true, true, true])
  expect([1.5, 1e300, Number.NaN, '1', null].map(isMoment)).toEqual([false, false, false, false, false])
})
