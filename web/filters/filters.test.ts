import { expect, test } from 'vitest'
import { boardQuery, conditionsOf } from './ask.ts'
import { areSet, type Filters, noFilters, readFilters, writeFilters } from './filters.ts'
import { spanIn } from './spanIn.ts'
import { readSpan } from './spans.ts'

const usual: Filters = { ...noFilters, pipelineId: 'p1', status: 'open', query: '' }
const narrow: Filters = {
  ...noFilters,
  pipelineId: 'p1',
  stages: ['s1', 's2'],
  status: 'all',
  query: 'a & b',
  owners: ['u1', 'none'],
  tags: ['hot, new'],
  minValue: 0,
  maxValue: 997.5,
  days: 30,
}
const found: Filters = {
  ...usual,
  status: 'all',
  reached: 's2',
  reasons: ['r1', 'none'],
  created: { from: '2026-09-01T00:00:00+02:00', to: '2026-11-30T23:59:59.999+01:00' },
  closed: { from: null, to: '2026-11-30T23:59:59.999Z' },
  expected: { from: null, to: null },
}
const now = Date.parse('2026-11-21T12:34:56Z')

test.each([usual, narrow, found, { ...usual, pipelineId: null, status: 'won' as const }])(
  'filters come back out of the URL as they went in',
  (filters) => {
    expect(readFilters(new URLSearchParams(String(writeFilters(filters))))).toEqual(filters)
  },
)

test('the URL says nothing of what is usual, and keeps what is not a filter', () => {
  const params = writeFilters(usual, new URLSearchParams('status=won&deal=d1&q=x'))

  expect(String(params)).toBe('pipeline=p1&deal=d1')
})

test('what cannot be read in the URL filters nothing', () => {
  expect(readFilters(new URLSearchParams('pipeline=p1&status=sold&min=lots&days='))).toEqual(usual)
})

test('a search by the filters names each once', () => {
  expect(conditionsOf(narrow, now)).toEqual([
    { field: 'pipeline_id', operator: 'eq', value: ['p1'] },
    { field: 'pipeline_stage_id', operator: 'eq', value: ['s1', 's2'] },
    { field: 'assigned_to', operator: 'eq', value: ['u1', '__none__'] },
    { field: 'tags', operator: 'eq', value: ['hot, new'] },
    { field: 'monetary_value', operator: 'range', value: { gte: 0, lte: 997.5 } },
    { field: 'last_stage_change_date', operator: 'range', value: { lt: Date.parse('2026-10-22T12:00:00Z') } },
  ])
})

test('the sums of a board are asked by the same filters', () => {
  expect(boardQuery(narrow, now)).toBe(
    'pipelineId=p1&status=all&query=a+%26+b&assignedTo=u1&assignedTo=none&tag=hot%2C+new&minValue=0&maxValue=997.5' +
      `&stageChangedBefore=${Date.parse('2026-10-22T12:00:00Z')}`,
  )
})

test('what a report has led to is asked of the search and of the sums alike', () => {
  const conditions = [
    { field: 'reached_stage_id', operator: 'eq', value: ['s2'] },
    { field: 'lost_reason_id', operator: 'eq', value: ['r1', '__none__'] },
    {
      field: 'date_added',
      operator: 'range',
      value: { gte: '2026-09-01T00:00:00+02:00', lte: '2026-11-30T23:59:59.999+01:00' },
    },
    { field: 'last_status_change_date', operator: 'range', value: { lte: '2026-11-30T23:59:59.999Z' } },
    { field: 'forecast_expected_close_date', operator: 'not_exists' },
  ]

  expect(conditionsOf(found, now)).toEqual([{ field: 'pipeline_id', operator: 'eq', value: ['p1'] }, ...conditions])
  expect(new URLSearchParams(boardQuery(found, now)).get('filters')).toBe(JSON.stringify(conditions))
})

test.each([
  ['Europe/Berlin', '2026-09-01T00:00:00+02:00', '2026-11-30T23:59:59.999+01:00'],
  ['UTC', '2026-09-01T00:00:00+00:00', '2026-11-30T23:59:59.999+00:00'],
])('days begin and end when they do in %s', (zone, from, to) => {
  expect(spanIn(zone, { from: '2026-09-01', to: '2026-11-30' })).toEqual({ from, to })
  expect(spanIn(zone, { from: null, to: null })).toEqual({ from: null, to: null })
})

test.each(['2026', '2026-11-01', '2026-11-01..tomorrow', '2026-11-01..2026-11-30..'])('%s is no span', (text) => {
  expect(readSpan(text)).toBe(null)
})

test('a status alone is no filter to be cleared', () => {
  expect(areSet({ ...usual, status: 'won' })).toBe(false)
  expect(areSet({ ...usual, minValue: 0 })).toBe(true)
})
