import pino from 'pino'
import { afterEach, describe, expect, test } from 'vitest'
import type { Lane } from './lane.ts'
import { startWorker, type Worker } from './worker.ts'

/** A lane over a list of works, each of which is held until it is let go. */
function listLane(name: string, width: number) {
  const waiting: string[] = []
  const begun: string[] = []
  const held = new Map<string, () => void>()
  const heard: AbortSignal[] = []
  const expecting: { count: number; resolve: () => void }[] = []
  const lane: Lane<string> = {
    name,
    width,
    claim: async (_now, limit) => waiting.splice(0, limit),
    async perform(work, signal) {
      begun.push(work)
      heard.push(signal)
      for (const { count, resolve } of expecting) if (begun.length >= count) resolve()
      await new Promise<void>((done) => {
        held.set(work, done)
        signal.addEventListener('abort', () => done())
      })
    },
  }
  return {
    lane: lane as Lane,
    begun,
    heard,
    add: (...works: string[]) => void waiting.push(...works),
    letGo: (work: string) => held.get(work)?.(),
    /** Until so many were begun. */
    beginning: (count: number) =>
      new Promise<void>((resolve) => {
        if (begun.length >= count) resolve()
        else expecting.push({ count, resolve })
      }),
  }
}

describe('the worker', () => {
  let worker: Worker
  const start = (...lanes: Lane[]) => {
    worker = startWorker(lanes, { now: () => 0, logger: pino({ level: 'silent' }) })
    return worker
  }
  afterEach(() => worker.stop())

  test('does what is due as soon as it is woken, and no more at once than the lane is wide', async () => {
    const list = listLane('one', 2)
    list.add('a', 'b', 'c')
    start(list.lane).wake()

    await list.beginning(2)
    expect(list.begun).toEqual(['a', 'b'])
    list.letGo('a')
    await list.beginning(3)

    expect(list.begun).toEqual(['a', 'b', 'c'])
  })

  test('goes on with one lane while another is full of what hangs', async () => {
    const stuck = listLane('stuck', 1)
    const free = listLane('free', 1)
    stuck.add('for ever')
    start(stuck.lane, free.lane)
    await stuck.beginning(1)

    free.add('a')
    worker.wake()
    await free.beginning(1)

    expect(free.begun).toEqual(['a'])
  })

  test('takes a look now and then without being woken', async () => {
    const list = listLane('one', 1)
    start(list.lane)

    list.add('late')
    await list.beginning(1)

    expect(list.begun).toEqual(['late'])
  })

  test('settles when nothing is left, also of what one lane leaves to another', async () => {
    const second: string[] = []
    const done: string[] = []
    const giving: Lane<string> = {
      name: 'giving',
      width: 1,
      claim: async () => (second.length + done.length === 0 ? ['first'] : []),
      perform: async () => void second.push('second'),
    }
    const taking: Lane<string> = {
      name: 'taking',
      width: 1,
      claim: async () => second.splice(0, 1),
      perform: async (work) => void done.push(work),
    }

    await start(taking as Lane, giving as Lane).settle()

    expect(done).toEqual(['second'])
  })

  test('goes on after a look or a work that failed', async () => {
    const done: string[] = []
    const works = ['bad', 'good']
    let looks = 0
    const lane: Lane<string> = {
      name: 'shaky',
      width: 1,
      claim: async () => {
        if (looks++ === 0) throw new Error('away')
        return works.splice(0, 1)
      },
      perform: async (work) => {
        if (work === 'bad') throw new Error('bad')
        done.push(work)
      },
    }
    start(lane as Lane)

    await worker.settle()
    await worker.settle()

    expect(done).toEqual(['good'])
  })

  test('tells what is under way when it stops and waits no longer, and begins nothing more', async () => {
    const list = listLane('one', 1)
    list.add('a', 'b')
    start(list.lane)
    await list.beginning(1)

    await worker.stop()

    expect(list.heard[0]?.aborted).toBe(true)
    expect(list.begun).toEqual(['a'])
  })
})
