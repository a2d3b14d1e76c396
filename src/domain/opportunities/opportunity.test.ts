import { describe, expect, test } from 'vitest'
import { begin, change, changedFields, eventsBetween, type Opportunity } from './opportunity.ts'

const needed = {
  name: 'A deal',
  pipelineId: 'sales',
  pipelineStageId: 'new',
  status: 'open',
  contactId: 'ada',
} as const
const made = begin('deal', 'location', needed, 1000)
const day = (text: string) => Date.parse(`${text}T00:00:00Z`)

describe('a new opportunity', () => {
  test('has nothing but what was named, and all its clocks begin together', () => {
    expect(made).toEqual({
      id: 'deal',
      locationId: 'location',
      ...needed,
      monetaryValue: null,
      assignedTo: null,
      source: null,
      lostReasonId: null,
      customFields: [],
      followers: [],
      forecastExpectedCloseDate: null,
      forecastOriginalCloseDate: null,
      forecastSlippageCount: 0,
      forecastDaysSlipped: 0,
      forecastLastSlippedAt: null,
      forecastProbability: null,
      indexVersion: 1,
      lastStatusChangeAt: 1000,
      lastStageChangeAt: 1000,
      lastActionAt: 1000,
      createdAt: 1000,
      updatedAt: 1000,
    })
  })

  test('has a lost reason only when it is lost', () => {
    expect(begin('x', 'l', { ...needed, status: 'lost', lostReasonId: 'price' }, 1).lostReasonId).toBe('price')
    expect(begin('x', 'l', { ...needed, status: 'won', lostReasonId: 'price' }, 1).lostReasonId).toBe(null)
  })

  test('expects to close on the day it was first expected to', () => {
    const expected = day('2026-01-01')

    expect(begin('x', 'l', { ...needed, forecastExpectedCloseDate: expected }, 1)).toMatchObject({
      forecastExpectedCloseDate: expected,
      forecastOriginalCloseDate: expected,
    })
  })
})

describe('a changed opportunity', () => {
  test('is the same object when nothing differs', () => {
    expect(change(made, {}, 2000)).toBe(made)
    expect(change(made, { name: 'A deal', customFields: [], followers: [], monetaryValue: null }, 2000)).toBe(made)
  })

  test('keeps what was not mentioned and leaves the former alone', () => {
    const before = { ...made }

    expect(change(made, { source: 'fair' }, 2000)).toEqual({
      ...made,
      source: 'fair',
      indexVersion: 2,
      updatedAt: 2000,
      lastActionAt: 2000,
    })
    expect(made).toEqual(before)
  })

  test.each([
    ['a stage', { pipelineStageId: 'won' }, { lastStageChangeAt: 2000, lastStatusChangeAt: 1000 }],
    ['a pipeline', { pipelineId: 'other' }, { lastStageChangeAt: 2000, lastStatusChangeAt: 1000 }],
    ['a status', { status: 'won' }, { lastStageChangeAt: 1000, lastStatusChangeAt: 2000 }],
    ['a value', { monetaryValue: 5 }, { lastStageChangeAt: 1000, lastStatusChangeAt: 1000 }],
  ] as const)('by %s moves only the clock that is about it', (_, wanted, clocks) => {
    expect(change(made, wanted, 2000)).toMatchObject({ ...clocks, updatedAt: 2000, createdAt: 1000 })
  })

  test('forgets why it was lost once it is lost no longer', () => {
    const lost = change(made, { status: 'lost', lostReasonId: 'price' }, 2000)

    expect(lost.lostReasonId).toBe('price')
    expect(change(lost, { name: 'x' }, 3000).lostReasonId).toBe('price')
    expect(change(lost, { status: 'open' }, 3000).lostReasonId).toBe(null)
    expect(change(made, { lostReasonId: 'price' }, 3000)).toBe(made)
  })
})

describe('the expected close date', () => {
  const expecting = (before: Opportunity, text: string | null, now = 2000) =>
    change(before, { forecastExpectedCloseDate: text === null ? null : day(text) }, now)
  const first = expecting(made, '2026-01-10')

  test('is the first day ever expected when it is set', () => {
    expect(first).toMatchObject({
      forecastOriginalCloseDate: day('2026-01-10'),
      forecastSlippageCount: 0,
      forecastDaysSlipped: 0,
      forecastLastSlippedAt: null,
    })
  })

  test('slips each time it moves later, in days from the first', () => {
    const once = expecting(first, '2026-01-15', 3000)
    const twice = expecting(once, '2026-01-20', 4000)

    expect(once).toMatchObject({ forecastSlippageCount: 1, forecastDaysSlipped: 5, forecastLastSlippedAt: 3000 })
    expect(twice).toMatchObject({
      forecastOriginalCloseDate: day('2026-01-10'),
      forecastSlippageCount: 2,
      forecastDaysSlipped: 10,
      forecastLastSlippedAt: 4000,
    })
  })

  test('makes up for it when it moves earlier, never below nothing', () => {
    const late = expecting(first, '2026-01-20', 3000)

    expect(expecting(late, '2026-01-12', 4000)).toMatchObject({
      forecastSlippageCount: 1,
      forecastDaysSlipped: 2,
      forecastLastSlippedAt: 3000,
    })
    expect(expecting(late, '2026-01-01', 4000)).toMatchObject({ forecastDaysSlipped: 0 })
  })

  test('does not slip by being taken away and set again', () => {
    const gone = expecting(first, null, 3000)
    const again = expecting(gone, '2026-01-30', 4000)

    expect(again).toMatchObject({
      forecastOriginalCloseDate: day('2026-01-10'),
      forecastSlippageCount: 0,
      forecastDaysSlipped: 20,
      forecastLastSlippedAt: null,
    })
  })
})

test('changed fields are those that differ, clocks aside', () => {
  const after = change(made, { name: 'x', followers: ['ben'], status: 'won', pipelineStageId: 'won' }, 2000)

  expect(changedFields(made, after).sort()).toEqual(['followers', 'name', 'pipelineStageId', 'status'])
  expect(changedFields(made, { ...made, updatedAt: 5, indexVersion: 9 })).toEqual([])
})

describe('what happened is called', () => {
  const called = (wanted: Parameters<typeof change>[1]) => eventsBetween(made, change(made, wanted, 2000))

  test('creation, which is an update too, and deletion, which is not', () => {
    expect(eventsBetween(null, made)).toEqual(['OpportunityCreate', 'OpportunityUpdate'])
    expect(eventsBetween(made, null)).toEqual(['OpportunityDelete'])
  })

  test('an update, and more by what changed', () => {
    expect(called({ name: 'x' })).toEqual(['OpportunityUpdate'])
    expect(called({ pipelineStageId: 'x' })).toEqual(['OpportunityUpdate', 'OpportunityStageUpdate'])
    expect(called({ pipelineId: 'x' })).toEqual(['OpportunityUpdate', 'OpportunityStageUpdate'])
    expect(called({ status: 'won' })).toEqual(['OpportunityUpdate', 'OpportunityStatusUpdate'])
    expect(called({ monetaryValue: 1 })).toEqual(['OpportunityUpdate', 'OpportunityMonetaryValueUpdate'])
    expect(called({ assignedTo: 'x' })).toEqual(['OpportunityUpdate', 'OpportunityAssignedToUpdate'])
  })

  test('everything at once where everything changed', () => {
    expect(called({ pipelineStageId: 'x', status: 'won', monetaryValue: 1, assignedTo: 'x' })).toEqual([
      'OpportunityUpdate',
      'OpportunityStageUpdate',
      'OpportunityStatusUpdate',
      'OpportunityMonetaryValueUpdate',
      'OpportunityAssignedToUpdate',
    ])
  })
})
