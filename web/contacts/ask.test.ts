import { expect, test } from 'vitest'
import { readView, searchBody, type View, writeView } from './ask.ts'

const view: View = {
  query: 'ada',
  tags: ['vip', 'a & b'],
  owners: ['none', 'u1'],
  sort: { field: 'name', direction: 'asc' },
}

test('what the URL says of a view reads back the same', () => {
  expect(readView(new URLSearchParams(String(writeView(view))))).toEqual(view)
})

test('the usual view has an empty URL, and a mistyped one is the usual view', () => {
  const usual = readView(new URLSearchParams('sort=shoe size'))

  expect(usual).toEqual({ query: '', tags: [], owners: [], sort: { field: 'added', direction: 'desc' } })
  expect(String(writeView(usual))).toBe('')
})

test('contacts are asked by text, tags and owners, those that nobody has among them', () => {
  expect(searchBody(view, 'loc', [1, 'a'])).toEqual({
    locationId: 'loc',
    pageLimit: 100,
    query: 'ada',
    filters: [
      { field: 'tags', operator: 'eq', value: ['vip', 'a & b'] },
      {
        group: 'OR',
        filters: [
          { field: 'assignedTo', operator: 'eq', value: ['u1'] },
          { field: 'assignedTo', operator: 'not_exists' },
        ],
      },
    ],
    sort: [{ field: 'contactName', direction: 'asc' }],
    searchAfter: [1, 'a'],
  })
})
