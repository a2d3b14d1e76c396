import { expect, test } from 'vitest'
import { type Card, type Column, cardsOf, having, indexFor, type Place, without } from './cards.ts'

const card = (id: string, createdAt: number): Card => ({
  id,
  name: id,
  value: null,
  status: 'open',
  pipelineId: 'p',
  stageId: 's',
  ownerId: null,
  contactId: 'c',
  contactName: null,
  company: null,
  createdAt,
  stageChangedAt: createdAt,
  actedAt: createdAt,
  expectedAt: null,
  reasonId: null,
  probability: null,
  version: 1,
})

const columnOf = (...pages: [cards: Card[], next: Place][]): Column => ({
  pages: pages.map(([cards, next]) => ({ cards, next })),
  pageParams: pages.map(() => null),
})
const idsOf = (column: Column) => column.pages.map(({ cards }) => cards.map(({ id }) => id).join(''))

const two = columnOf(
  [
    [card('i', 90), card('h', 80)],
    [80, 'h'],
  ],
  [
    [card('f', 60), card('d', 40)],
    [40, 'd'],
  ],
)

test.each([
  ['the newest, at the top', card('z', 99), ['zih', 'fd']],
  ['one between two pages, on the later', card('g', 70), ['ih', 'gfd']],
  ['one on the second page', card('e', 50), ['ih', 'fed']],
  ['one behind all that is known, not yet', card('a', 10), ['ih', 'fd']],
  ['one that is there, where it now belongs', card('i', 50), ['h', 'fid']],
  ['one of the same moment, by its id', card('g', 80), ['ih', 'gfd']],
])('a column takes up %s', (_what, wanted, ids) => {
  expect(idsOf(having(two, wanted))).toEqual(ids)
})

test('a column that is known to its end takes up the oldest, and an empty one anything', () => {
  expect(idsOf(having(columnOf([[card('b', 2)], null]), card('a', 1)))).toEqual(['ba'])
  expect(idsOf(having(columnOf([[], null]), card('a', 1)))).toEqual(['a'])
})

test('a column whose first page was emptied keeps its order', () => {
  const emptied = without(without(two, 'i'), 'h')

  expect(idsOf(having(emptied, card('g', 85)))).toEqual(['g', 'fd'])
  expect(idsOf(having(emptied, card('g', 70)))).toEqual(['', 'gfd'])
})

test('a column without the card stays the very same', () => {
  expect(without(two, 'nobody')).toBe(two)
})

test('a card met on two pages is shown once', () => {
  const met = columnOf([[card('b', 2)], [2, 'b']], [[card('b', 2), card('a', 1)], null])

  expect(cardsOf(met).map(({ id }) => id)).toEqual(['b', 'a'])
})

test('the gap is where the card would stand, the card itself not counted', () => {
  const cards = cardsOf(two)

  expect(indexFor(cards, card('g', 70))).toBe(2)
  expect(indexFor(cards, card('h', 80))).toBe(1)
  expect(indexFor(cards, card('a', 1))).toBe(4)
})
