import { expect, test } from 'vitest'
import { begin, change, eventsBetween } from './task.ts'

const open = begin('t1', 'c1', { title: 'Call', dueAt: 5 }, 1)

test('a task begins open, without words and with nobody', () => {
  expect(open).toMatchObject({ body: '', assignedTo: null, completed: false })
})

test('to complete a task is an update too; to open it again is only that', () => {
  const done = change(open, { completed: true }, 2)

  expect(eventsBetween(open, done)).toEqual(['TaskUpdate', 'TaskComplete'])
  expect(eventsBetween(done, change(done, { completed: false }, 3))).toEqual(['TaskUpdate'])
  expect(change(done, { completed: true }, 3)).toBe(done)
})
