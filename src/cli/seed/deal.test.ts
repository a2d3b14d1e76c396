import { expect, test } from 'vitest'
import { type Field, makeDeal } from './deal.ts'

const field: Field = {
  pipelineId: 'pipeline',
  stages: ['new', 'qualified', 'proposal', 'won'],
  owners: ['ana', 'ben'],
  lostReasons: ['price'],
  now: Date.parse('2026-06-01T00:00:00Z'),
  count: 2000,
  offset: 0,
}
const deals = Array.from({ length: field.count }, (_, number) => makeDeal(field, number))

test('the same number is the same deal', () => {
  expect(makeDeal(field, 7)).toEqual(deals[7])
  expect(makeDeal(field, 8)).not.toEqual(deals[7])
})

test('deals are in order of time and within the past year', () => {
  const times = deals.map(({ createdAt }) => createdAt)

  expect(times).toEqual([...times].sort((a, b) => a - b))
  expect(times[0]).toBeGreaterThanOrEqual(field.now - 365 * 86_400_000)
  expect(times.at(-1)).toBeLessThan(field.now)
})

test('what becomes of a deal comes after it, in order, and not in the future', () => {
  for (const { createdAt, changes } of deals) {
    const times = [createdAt, ...changes.map(({ at }) => at), field.now]
    expect(times).toEqual([...times].sort((a, b) => a - b))
  }
})

test('no two people share an address or a number', () => {
  expect(new Set(deals.map(({ contact }) => contact.email)).size).toBe(field.count)
  expect(new Set(deals.map(({ contact }) => contact.phone)).size).toBe(field.count)
})

test('every way a deal can end is there', () => {
  const ends = new Set(deals.flatMap(({ changes }) => changes.map(({ wanted }) => wanted.status)))

  expect(ends).toEqual(new Set([undefined, 'won', 'lost', 'abandoned']))
})
