import { expect, test } from 'vitest'
import { begin, change, plainText } from './note.ts'

test('the plain text of a note has no markup', () => {
  expect(plainText('<p>Hi &amp; <b>bye</b></p><p>2 &lt; 3</p>')).toBe('Hi & bye\n2 < 3')
  expect(plainText('a < b and c > d')).toBe('a < b and c > d')
})

test('a long row of angle brackets takes no long time', () => {
  const started = performance.now()

  plainText('<'.repeat(65_000))
  plainText('<p'.repeat(32_000))

  expect(performance.now() - started).toBeLessThan(500)
})

test('a change that says nothing new leaves the very same note', () => {
  const note = begin('n1', 'c1', { body: 'Hi' }, 1)

  expect(change(note, { body: 'Hi', title: null }, 2)).toBe(note)
  expect(change(note, { pinned: true }, 2)).toEqual({ ...note, pinned: true, updatedAt: 2 })
})
