import { expect, test } from 'vitest'
import { queryOf, readAsked, writeAsked } from './asked.ts'
import { daysOfMonth, linksOf, within } from './links.ts'
import { daysOfHorizon, daysOfRange, type Horizon, type RangeId, todayIn } from './ranges.ts'

const today = '2026-11-21'
const read = (query: string) => readAsked(new URLSearchParams(query), today)

test('reports are about the last ninety days unless somebody says otherwise', () => {
  expect(queryOf(read(''), 'funnel', today)).toEqual({
    pipelineId: null,
    assignedTo: null,
    from: '2026-08-24',
    to: null,
  })
})

test.each(['', 'pipeline=p&owner=u&range=year&months=ahead', 'from=2026-01-01&to=2026-02-01', 'to=2026-02-01'])(
  'what is asked comes back out of the URL as it went in: “%s”',
  (query) => {
    expect(String(writeAsked(read(query)))).toBe(query)
  },
)

test('what cannot be read in the URL is as if it were not there', () => {
  expect(read('range=ever&months=some&from=2026-13-45&to=soon')).toEqual(read(''))
})

test('days in the wrong order are put right', () => {
  expect(read('from=2026-02-01&to=2026-01-01').days).toEqual({ from: '2026-01-01', to: '2026-02-01' })
})

test.each<[RangeId, string | null, string | null]>([
  ['30d', '2026-10-23', null],
  ['month', '2026-11-01', null],
  ['last-month', '2026-10-01', '2026-10-31'],
  ['quarter', '2026-10-01', null],
  ['year', '2026-01-01', null],
  ['12m', '2025-11-21', null],
  ['all', null, null],
])('%s begins on %s and ends on %s', (range, from, to) => {
  expect(daysOfRange(range, today)).toEqual({ from, to })
})

test.each<[Horizon, string | null, string | null]>([
  ['around', null, null],
  ['quarters', '2026-10-01', '2027-03-31'],
  ['year', '2026-01-01', '2026-12-31'],
  ['ahead', '2026-11-01', '2027-10-31'],
])('a forecast of %s goes from %s to %s', (horizon, from, to) => {
  expect(daysOfHorizon(horizon, today)).toEqual({ from, to })
})

test('it is another day already where the sun has risen', () => {
  const at = Date.parse('2026-11-21T20:00:00Z')

  expect(todayIn('UTC', at)).toBe('2026-11-21')
  expect(todayIn('Asia/Tokyo', at)).toBe('2026-11-22')
})

test('a month ends with its last day', () => {
  expect(daysOfMonth('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
})

test('a link names the pipeline and the owner that are asked for, and the days as the location has them', () => {
  const to = linksOf({ pipelineId: 'p', owner: 'u' })

  expect(to({ status: 'won', closed: within('America/New_York', { from: '2026-11-01', to: null }) })).toBe(
    '/list?pipeline=p&status=won&owner=u&closed=2026-11-01T00%3A00%3A00-04%3A00..',
  )
  expect(to({ status: 'lost', owners: ['none'], closed: within('UTC', { from: null, to: null }) })).toBe(
    '/list?pipeline=p&status=lost&owner=none',
  )
})
