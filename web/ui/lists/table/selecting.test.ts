import { expect, test } from 'vitest'
import { ranged } from './selecting.ts'

const ids = ['a', 'b', 'c', 'd', 'e']

test.each([
  ['downwards', ['b'], 'b', 'd', true, ['b', 'c', 'd']],
  ['upwards, beside what is selected', ['e', 'd'], 'd', 'b', true, ['e', 'd', 'b', 'c']],
  ['away again', ['a', 'b', 'c', 'd'], 'b', 'd', false, ['a']],
  ['alone', ['a'], 'c', 'c', true, ['a', 'c']],
  ['alone if the other has gone', ['a'], 'z', 'd', true, ['a', 'd']],
])('rows are selected %s', (_which, selection, from, to, isOn, selected) => {
  expect(ranged(new Set(selection), ids, from, to, isOn)).toEqual(new Set(selected))
})

test('where all were selected, those that are known stay so but the one that is taken away', () => {
  expect(ranged('all', ids, 'b', 'b', false)).toEqual(new Set(['a', 'c', 'd', 'e']))
})
