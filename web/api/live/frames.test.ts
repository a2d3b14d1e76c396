import { expect, test } from 'vitest'
import { createReader } from './frames.ts'

const stream = [
  'retry: 1000\nid: 7\n\n',
  'event: change\nid: 8\ndata: {"seq":8}\n\n',
  ': still here\nid: 11\n\n',
  'event: reset\nid: 12\ndata: {}\n\n',
].join('')

test.each([1, 2, 3, 7, 1000])('the events are the same when the stream comes in pieces of %d', (size) => {
  const reader = createReader()
  const pieces = stream.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []

  const frames = pieces.flatMap((piece) => reader.read(piece))

  expect(frames).toEqual([
    { event: 'change', data: '{"seq":8}' },
    { event: 'reset', data: '{}' },
  ])
  expect(reader.lastId()).toBe('12')
})

test('a heartbeat moves on where the stream has come to', () => {
  const reader = createReader('8')

  reader.read(': still here\nid: 11\n\n')

  expect(reader.lastId()).toBe('11')
})

test('an event that has not come whole is not told, and does not count as heard', () => {
  const reader = createReader('8')

  expect(reader.read('event: change\nid: 9\ndata: {"se')).toEqual([])
  expect(reader.lastId()).toBe('8')
})
