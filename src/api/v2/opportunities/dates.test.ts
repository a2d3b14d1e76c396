import { describe, expect, test } from 'vitest'
import { readDay, readMoment } from './dates.ts'

const third = Date.UTC(2026, 1, 3)

describe('a day', () => {
  test.each([
    '2026-02-03',
    '2026/02/03',
    '2026.02.03',
    '02-03-2026',
    '02/03/2026',
    '02.03.2026',
    '2026-2-3',
    '2-3-2026',
    ' 2026-02-03 ',
    '2026-02-03T00:00:00.000Z',
    '2026-02-03T10:15:00',
    '2026-02-03T23:59:59-11:00',
  ])('is read from %s', (text) => {
    expect(readDay(text)).toBe(third)
  })

  test('of a leap year is there every fourth year', () => {
    expect(readDay('2028-02-29')).toBe(Date.UTC(2028, 1, 29))
    expect(() => readDay('2026-02-29')).toThrow()
  })

  test.each([
    '',
    'soon',
    '2026',
    '2026-02',
    '02-03-26',
    '13-01-2026',
    '2026-00-10',
    '2026-04-31',
    '2026-02/03',
    '2026-02-03Tnoon',
    '0099-01-01',
    '1770076800000',
  ])('is not read from "%s"', (text) => {
    expect(() => readDay(text)).toThrow(
      'forecastExpectedCloseDate must be a valid date: YYYY-MM-DD, MM-DD-YYYY or ISO 8601',
    )
  })
})

describe('a moment to search by', () => {
  test('spans the whole day where only a day is named', () => {
    const day = { from: third, to: third + 86_399_999 }

    expect(readMoment('02-03-2026', 'date')).toEqual(day)
    expect(readMoment('2026-02-03', 'date')).toEqual(day)
    expect(readMoment('2/3/2026', 'date')).toEqual(day)
  })

  test('is exact as ISO, in UTC where no zone is named, and as milliseconds', () => {
    const noon = third + 43_200_000

    for (const text of ['2026-02-03T12:00:00.000Z', '2026-02-03T12:00', '2026-02-03T14:00+02:00', String(noon)]) {
      expect(readMoment(text, 'date'), text).toEqual({ from: noon, to: noon })
    }
  })

  test.each(['', 'soon', '12', '02-30-2026', '2026-02-30T10:00:00Z', '2026-02-03Tnoon'])(
    'is not read from "%s"',
    (text) => {
      expect(() => readMoment(text, 'endDate')).toThrow(
        'endDate must be a valid date: mm-dd-yyyy, ISO 8601 or epoch milliseconds',
      )
    },
  )
})
