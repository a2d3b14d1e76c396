import { expect, test } from 'vitest'
import { begin, change } from './note.ts'

test('a change that says nothing new leaves the very same note', () => {
  const note = begin('n1', 'c1', { body: 'Hi' }, 1)

  expect(change(note, { body: 'Hi', title: null }, 2)).toBe(note)
  expect(change(note, { pinned: true }, 2)).toEqual({ ...note, pinned: true, updatedAt: 2 })
})
