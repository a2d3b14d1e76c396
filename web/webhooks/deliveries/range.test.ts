import { expect, test } from 'vitest'
import { type Range, rangeBody } from './range.ts'

const now = Date.parse('2026-11-21T12:00:00Z')
const range: Range = { span: 'day', from: null, to: null, states: ['failed'] }

test.each([
  ['hour', '2026-11-21T11:00:00.000Z'],
  ['day', '2026-11-20T12:00:00.000Z'],
  ['week', '2026-11-14T12:00:00.000Z'],
  ['all', '1970-01-01T00:00:00.000Z'],
] as const)('the last %s goes until now', (span, from) => {
  expect(rangeBody({ ...range, span }, now)).toEqual({ from, states: ['failed'] })
})

test('certain days are whole days, the last one included', () => {
  const { from, to = '' } = rangeBody({ ...range, span: 'days', from: '2026-11-20', to: '2026-11-20' }, now)

  expect(Date.parse(to) - Date.parse(from)).toBe(86_400_000)
  expect(new Date(from).getHours()).toBe(0)
})

test('without a last day it goes until now', () => {
  expect(rangeBody({ ...range, span: 'days', from: '2026-11-20' }, now)).not.toHaveProperty('to')
})
