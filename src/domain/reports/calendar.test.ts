import { describe, expect, test } from 'vitest'
import { addMonths, beginningOf, dayAt, isDay, monthsBetween, nextDay } from './calendar.ts'

const iso = (at: number) => new Date(at).toISOString()

describe('a day begins', () => {
  test.each([
    ['2026-11-21', 'UTC', '2026-11-21T00:00:00.000Z'],
    ['2026-11-21', 'America/New_York', '2026-11-21T05:00:00.000Z'],
    ['2026-07-01', 'America/New_York', '2026-07-01T04:00:00.000Z'],
    ['2026-11-21', 'Asia/Kolkata', '2026-11-20T18:30:00.000Z'],
    ['2026-11-21', 'Pacific/Kiritimati', '2026-11-20T10:00:00.000Z'],
    ['2026-11-21', 'Pacific/Niue', '2026-11-21T11:00:00.000Z'],
    // Clocks change during the day, behind its beginning.
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
    // Clocks leap over midnight, so that the day begins at one; and go back to midnight, which there is twice.
    ['2026-03-27', 'Asia/Beirut', '2026-03-26T22:00:00.000Z'],
    ['2026-03-29', 'Asia/Beirut', '2026-03-28T22:00:00.000Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['2026-10-25', 'Atlantic/Azores', '2026-10-25T00:00:00.000Z'],
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
  ])('%s in %s at %s', (day, zone, at) => {
    expect(iso(beginningOf(day, zone))).toBe(at)
    expect(dayAt(beginningOf(day, zone), zone)).toBe(day)
    expect(dayAt(beginningOf(day, zone) - 1, zone)).not.toBe(day)
  })
})

test('a day is one of the calendar, written in full', () => {
  expect(['2026-02-28', '2024-02-29'].every(isDay)).toBe(true)
  expect(['2026-02-30', '2026-2-3', '2026-13-01', '0999-01-01', '2026-01-01T00:00:00Z', ''].some(isDay)).toBe(false)
})

test('months and days follow each other over the years', () => {
  expect(addMonths('2026-11', 2)).toBe('2027-01')
  expect(addMonths('2026-01', -13)).toBe('2024-12')
  expect(monthsBetween('2026-11', '2027-02')).toEqual(['2026-11', '2026-12', '2027-01', '2027-02'])
  expect(monthsBetween('2026-11', '2026-10')).toEqual([])
  expect(nextDay('2026-12-31')).toBe('2027-01-01')
})
