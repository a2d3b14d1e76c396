import { expect, test } from 'vitest'
import { type Deal, type Field, makeDeal } from './deal.ts'

const field: Field = {
  pipelines: [
    { id: 'sales', stages: ['new', 'qualified', 'proposal', 'won'] },
    { id: 'renewals', stages: ['due', 'renewed'] },
  ],
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

test('every way a deal can end is there, and four of ten of those that ended were won, in the last stage', () => {
  const ends = deals.flatMap(({ changes }) => changes.filter(({ wanted }) => wanted.status).map(({ wanted }) => wanted))
  const won = ends.filter(({ status }) => status === 'won')

  expect(new Set(ends.map(({ status }) => status))).toEqual(new Set(['won', 'lost', 'abandoned']))
  expect(won.length / ends.length).toBeGreaterThan(0.35)
  expect(won.length / ends.length).toBeLessThan(0.5)
  expect(new Set(won.map(({ pipelineStageId }) => pipelineStageId))).toEqual(new Set(['won', 'renewed']))
})

test('the fewer, the further a deal is of those that are open; a third or so is left alone', () => {
  const open = deals.filter(({ changes }) => !changes.some(({ wanted }) => wanted.status))
  const sales = open.filter(({ opportunity }) => opportunity.pipelineId === 'sales')
  const stageOf = ({ opportunity, changes }: Deal) =>
    changes.reduce((stage, { wanted }) => wanted.pipelineStageId ?? stage, opportunity.pipelineStageId)
  const counts = ['new', 'qualified', 'proposal'].map((stage) => sales.filter((deal) => stageOf(deal) === stage).length)
  const idle = open.filter(({ createdAt, changes }) => field.now - (changes.at(-1)?.at ?? createdAt) > 14 * 86_400_000)

  expect(open.length / deals.length).toBeGreaterThan(0.25)
  expect(open.length / deals.length).toBeLessThan(0.5)
  expect(counts.every((count) => count > sales.length / 10)).toBe(true)
  expect(sales.length).toBe(counts.reduce((all, count) => all + count))
  expect(idle.length / open.length).toBeGreaterThan(0.15)
  expect(idle.length / open.length).toBeLessThan(0.45)
})

test('business for the first pipeline is new, for the other it comes again', () => {
  const names = (pipelineId: string) =>
    deals.filter(({ opportunity }) => opportunity.pipelineId === pipelineId).map(({ opportunity }) => opportunity.name)

  expect(names('sales').every((name) => !/^(Care plan|Support contract|\w+ renewal) /.test(name))).toBe(true)
  expect(names('renewals').every((name) => /^(Care plan|Support contract|\w+ renewal) for /.test(name))).toBe(true)
  expect(names('sales').length).toBeGreaterThan(3 * names('renewals').length)
  expect(names('renewals').length).toBeGreaterThan(300)
})
