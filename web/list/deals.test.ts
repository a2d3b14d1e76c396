import { expect, test } from 'vitest'
import { type Deal, dealsOf, having, type List, type Place, without } from './deals.ts'
import { columnSort, readSort, writeSort } from './sort.ts'

const deal = (id: string, ...place: Place) => ({ id, name: id, place: [...place, id] }) as Deal

const listOf = (...pages: [deals: Deal[], next: Place | null][]): List => ({
  pages: pages.map(([deals, next]) => ({ deals, next, total: 9 })),
  pageParams: pages.map(() => null),
})
const idsOf = (list: List) => list.pages.map(({ deals }) => deals.map(({ id }) => id).join(''))

const newest = listOf(
  [
    [deal('i', 90), deal('h', 80)],
    [80, 'h'],
  ],
  [
    [deal('f', 60), deal('d', 40)],
    [40, 'd'],
  ],
)
const byName = listOf([[deal('a', 'ahorn'), deal('b', 'birke')], null])

test.each([
  ['the newest, at the top', deal('z', 99), ['zih', 'fd']],
  ['one between two pages, on the later', deal('g', 70), ['ih', 'gfd']],
  ['one that is there, where it now belongs', deal('i', 50), ['h', 'fid']],
  ['one behind all that is known, not yet', deal('a', 10), ['ih', 'fd']],
  ['one of the same moment, by its id', deal('g', 80), ['ih', 'gfd']],
])('a list of the newest takes up %s', (_what, wanted, ids) => {
  expect(idsOf(having(newest, wanted, true))).toEqual(ids)
})

test('a list that is known to its end takes up anything', () => {
  expect(idsOf(having(byName, deal('c', 'zeder'), false))).toEqual(['abc'])
  expect(idsOf(having(byName, deal('c', 'apfel'), false))).toEqual(['acb'])
  expect(idsOf(having(listOf([[], null]), deal('c', 'apfel'), false))).toEqual(['c'])
})

test('a list without the deal stays the very same', () => {
  expect(without(newest, 'nobody')).toBe(newest)
})

test('a deal met on two pages is shown once', () => {
  const met = listOf([[deal('b', 2)], [2, 'b']], [[deal('b', 2), deal('a', 1)], null])

  expect(dealsOf(met).map(({ id }) => id)).toEqual(['b', 'a'])
})

test.each([
  ['value', 'monetary_value', 'asc'],
  ['-value', 'monetary_value', 'desc'],
  // The longest in its stage has changed it the longest ago.
  ['-age', 'last_stage_change_date', 'asc'],
  [null, 'date_added', 'desc'],
  ['colour', 'date_added', 'desc'],
])('the URL’s sort %s asks for %s %s', (text, field, direction) => {
  expect(readSort(text)).toMatchObject({ field, direction })
})

test.each(['value', '-age', 'name'])('a click on a column leads to the URL’s sort %s', (text) => {
  expect(writeSort(columnSort(readSort(text)))).toBe(text)
})

test('the usual order is not told in the URL', () => {
  expect(writeSort({ column: 'created', direction: 'descending' })).toBeNull()
})
