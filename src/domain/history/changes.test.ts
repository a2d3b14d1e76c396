import { describe, expect, test } from 'vitest'
import { changesOf, idsIn, named } from './changes.ts'

const deal = { id: 'd', locationId: 'l', name: 'A deal', status: 'open', customFields: [], followers: [], source: null }
const changes = (before: object | null, after: object | null) =>
  changesOf({ record: 'opportunity', before: before && { ...deal, ...before }, after: after && { ...deal, ...after } })

describe('the changes of an event', () => {
  test('are the fields that differ, clocks and what follows from others aside', () => {
    const later = { updatedAt: 2, lastActionAt: 2, lastStatusChangeAt: 2, indexVersion: 2, forecastDaysSlipped: 3 }

    expect(changes({}, { status: 'won', ...later })).toEqual([{ field: 'status', before: 'open', after: 'won' }])
    expect(changes({}, later)).toEqual([])
  })

  test('of what is new or gone are what it had', () => {
    expect(changes(null, {})).toEqual([
      { field: 'name', before: null, after: 'A deal' },
      { field: 'status', before: null, after: 'open' },
    ])
    expect(changes({ source: '' }, null)).toHaveLength(2)
  })

  test('name each custom value by its field', () => {
    const before = {
      customFields: [
        { id: 'a', value: 1 },
        { id: 'b', value: ['x'] },
      ],
    }
    const after = {
      customFields: [
        { id: 'b', value: ['x'] },
        { id: 'c', value: 'new' },
      ],
    }

    expect(changes(before, after)).toEqual([
      { field: 'customFields.a', before: 1, after: null },
      { field: 'customFields.c', before: null, after: 'new' },
    ])
  })

  test('tell a note by its words', () => {
    const [before, after] = [{ body: '<p>1 &lt; <b>2</b></p>' }, { body: '1 &lt; 3' }]

    expect(changesOf({ record: 'note', before, after })).toEqual([{ field: 'body', before: '1 < 2', after: '1 < 3' }])
    expect(changesOf({ record: 'note', before, after: { body: '1 &lt; 2' } })).toEqual([])
    expect(changesOf({ record: 'task', before, after: null })).toEqual([
      { field: 'body', before: before.body, after: null },
    ])
  })

  test('show days as the wire does', () => {
    expect(changes({}, { forecastExpectedCloseDate: 0 })).toEqual([
      { field: 'forecastExpectedCloseDate', before: null, after: '1970-01-01T00:00:00.000Z' },
    ])
    expect(changesOf({ record: 'task', before: { dueAt: 0 }, after: null })).toEqual([
      { field: 'dueDate', before: '1970-01-01T00:00:00.000Z', after: null },
    ])
  })
})

test('ids in changes come with what they stand for, while that is known', () => {
  const all = changes(
    { assignedTo: 'ada', followers: ['ada'], customFields: [{ id: 'f', value: 1 }] },
    { assignedTo: null, followers: ['ada', 'bob'], customFields: [] },
  )
  const names = new Map([
    ['ada', 'Ada'],
    ['f', 'Budget'],
  ])

  expect(idsIn(all).sort()).toEqual(['ada', 'ada', 'ada', 'bob', 'f'])
  expect(all.map((change) => named(change, names))).toEqual([
    { field: 'customFields.f', label: 'Budget', before: 1, after: null },
    {
      field: 'followers',
      before: [{ id: 'ada', name: 'Ada' }],
      after: [
        { id: 'ada', name: 'Ada' },
        { id: 'bob', name: null },
      ],
    },
    { field: 'assignedTo', before: { id: 'ada', name: 'Ada' }, after: null },
  ])
})
