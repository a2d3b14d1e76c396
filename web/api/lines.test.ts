import { expect, test } from 'vitest'
import { readLines } from './lines.ts'

const bytes = new TextEncoder().encode('{"name":"Fjällräven"}\n{"row":2}\n\n{"done":true}')

test.each([1, 3, 1000])('the lines are the same when the stream comes in pieces of %d bytes', async (size) => {
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.slice(at * size, (at + 1) * size),
  )
  const told: unknown[] = []

  await readLines(streamOf(pieces), (lines) => told.push(...lines))

  expect(told).toEqual([{ name: 'Fjällräven' }, { row: 2 }, { done: true }])
})

const streamOf = (pieces: Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
