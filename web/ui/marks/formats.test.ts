import { afterEach, expect, test, vi } from 'vitest'

const { TZ } = process.env
afterEach(() => {
  if (TZ === undefined) delete process.env.TZ
  else process.env.TZ = TZ
})

vi.stubGlobal('navigator', { language: 'en-US' })
const { formatsFor } = await import('./formats.ts')

test.each([
  ['America/Los_Angeles', 'Nov 17, 2026'],
  ['UTC', 'Nov 18, 2026'],
  ['Pacific/Kiritimati', 'Nov 18, 2026'],
])('in %s a calendar day is the day it is, and the moment at which it begins in UTC is on %s', (zone, day) => {
  process.env.TZ = zone
  const formats = formatsFor('USD')
  const at = Date.parse('2026-11-18T00:00:00.000Z')

  expect(formats.calendarDay(at)).toBe('Nov 18, 2026')
  expect(formats.day(at)).toBe(day)
})
