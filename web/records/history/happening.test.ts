import { expect, test } from 'vitest'
import { deedOf, detailsOf, doerOf, type Happening, onlyOf, textOf } from './happening.ts'

const happening = (part: Partial<Happening>): Happening => ({
  seq: 1,
  at: '2026-11-21T10:00:00.000Z',
  types: ['OpportunityUpdate'],
  record: 'opportunity',
  recordId: 'd1',
  caller: { kind: 'user', id: 'u1', name: 'Ada' },
  changes: [],
  ...part,
})

const stage = {
  field: 'pipelineStageId',
  before: { id: 's1', name: 'New Lead' },
  after: { id: 's2', name: 'Qualified' },
}
const value = { field: 'monetaryValue', before: 5, after: 750 }
const status = { field: 'status', before: 'open', after: 'lost' }
const reason = { field: 'lostReasonId', before: null, after: { id: 'r1', name: 'Price' } }

test.each<[string, Partial<Happening>, string, number]>([
  ['a move', { changes: [stage] }, 'moved it', 1],
  ['a change of one field', { changes: [value] }, 'changed value', 1],
  ['a change of several', { changes: [value, stage] }, 'changed value and stage', 2],
  [
    'a loss with its reason',
    { types: ['OpportunityUpdate', 'OpportunityStatusUpdate'], changes: [status, reason] },
    'lost the deal',
    1,
  ],
  [
    'a custom field',
    { changes: [{ field: 'customFields.f1', label: 'Size', before: null, after: 3 }] },
    'changed Size',
    1,
  ],
  ['what is new', { types: ['OpportunityCreate', 'OpportunityUpdate'], changes: [value] }, 'created this deal', 0],
  [
    'a task that is done',
    {
      record: 'task',
      types: ['TaskUpdate', 'TaskComplete'],
      changes: [
        { field: 'title', before: 'Call', after: 'Call' },
        { field: 'completed', before: false, after: true },
      ],
    },
    'completed the task “Call”',
    2,
  ],
  [
    'a note',
    { record: 'note', types: ['NoteCreate'], changes: [{ field: 'body', before: null, after: 'Hello' }] },
    'wrote a note',
    1,
  ],
])('%s is told in a sentence', (_, part, deed, details) => {
  expect(deedOf(happening(part))).toBe(deed)
  expect(detailsOf(happening(part))).toHaveLength(details)
})

test('what comes back out of the bin was not created', () => {
  expect(deedOf(happening({ types: ['OpportunityCreate'] }), true)).toBe('brought this deal back')
})

test('one change stands in the line of the deed, unless the deed is the end of the deal', () => {
  const move = happening({ changes: [stage] })
  const loss = happening({ types: ['OpportunityStatusUpdate'], changes: [status, reason] })

  expect(onlyOf(move, detailsOf(move))).toBe(stage)
  expect(onlyOf(loss, detailsOf(loss))).toBeUndefined()
})

test('whoever did it is named, and by their kind where nobody knows the name', () => {
  expect(doerOf(happening({ caller: { kind: 'token', id: 't', name: 'Zapier' } }))).toBe('Zapier (API)')
  expect(doerOf(happening({ caller: { kind: 'run', id: 'r', name: null } }))).toBe('A workflow')
})

test('values read as people say them', () => {
  expect(textOf([{ id: 'u1', name: 'Ada' }, 'two'])).toBe('Ada, two')
  expect(textOf({ id: 'u1', name: null })).toBe('u1')
  expect(textOf(false)).toBe('No')
})
