import { expect, test } from 'vitest'
import { changedKey, extended } from './useRange.ts'

const ids = ['a', 'b', 'c', 'd', 'e']

test.each([
  ['downwards', ['b', 'd'], 'b', 'd', ['b', 'd', 'c']],
  ['upwards, beside what is selected', ['e', 'd', 'b'], 'd', 'b', ['e', 'd', 'b', 'c']],
  ['away again', ['a', 'b', 'c'], 'b', 'd', ['a']],
  ['from one that has gone', ['d'], 'z', 'd', ['d']],
])('a click with shift selects %s', (_which, selection, from, to, selected) => {
  expect(extended(new Set(selection), ids, from, to)).toEqual(new Set(selected))
})

test('the box that was clicked is the one by which the selection differs', () => {
  expect(changedKey(new Set(['a']), new Set(['a', 'b']))).toBe('b')
  expect(changedKey(new Set(['a', 'b']), new Set(['b']))).toBe('a')
  expect(changedKey(new Set(['a']), new Set(['c', 'b', 'a']))).toBeNull()
  expect(changedKey('all', new Set(['a']))).toBeNull()
})
