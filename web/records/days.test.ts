import { afterEach, beforeEach, expect, test } from 'vitest'
import { dayAt, isOverdue } from './days.ts'

const { TZ } = process.env
beforeEach(() => {
  delete process.env.TZ
})
afterEach(() => {
  if (TZ === undefined) delete process.env.TZ
  else process.env.TZ = TZ
})

const expectedAt = '2026-11-18T00:00:00.000Z'

test.each([
  ['America/Los_Angeles', '2026-11-19T07:59:59Z', '2026-11-19T08:00:00Z'],
  ['UTC', '2026-11-18T23:59:59Z', '2026-11-19T00:00:00Z'],
  ['Asia/Kolkata', '2026-11-18T18:29:59Z', '2026-11-18T18:30:00Z'],
  ['Pacific/Kiritimati', '2026-11-18T09:59:59Z', '2026-11-18T10:00:00Z'],
])('in %s the 18th of November lasts until %s, and a deal is overdue from %s on', (zone, last, first) => {
  process.env.TZ = zone
  const isOverdueAt = (now: string, status = 'open') => isOverdue({ status, expectedAt }, Date.parse(now))

  expect(isOverdueAt(last)).toBe(false)
  expect(isOverdueAt(first)).toBe(true)
  expect(isOverdueAt(first, 'won')).toBe(false)
  expect(dayAt(Date.parse(last))).toBe(Date.parse(expectedAt))
  expect(isOverdue({ status: 'open', expectedAt: Date.parse(expectedAt) }, Date.parse(first))).toBe(true)
})

test('without a day nothing is overdue', () => {
  expect(isOverdue({ status: 'open', expectedAt: null }, Date.parse(expectedAt))).toBe(false)
})
