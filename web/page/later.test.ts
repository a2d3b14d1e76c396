import { onlineManager } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { noteAllHere, untilFetched } from './later.ts'

const away = new TypeError('Failed to fetch dynamically imported module')

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  onlineManager.setOnline(true)
  vi.useRealTimers()
})

test('what fails once is fetched again after a second, without a word', async () => {
  const { load, say } = failing(1)
  const fetched = untilFetched(load, say)

  await vi.advanceTimersByTimeAsync(1_000)

  expect(await fetched).toBe('a part')
  expect(say).not.toHaveBeenCalled()
})

test('what fails time and again although the server is there is given up', async () => {
  const { load, say } = failing(Number.POSITIVE_INFINITY)
  const fetched = untilFetched(load, say).catch((error: unknown) => error)

  await vi.advanceTimersByTimeAsync(7_000)

  expect(await fetched).toBe(away)
  expect([load.mock.calls.length, say.mock.calls.length]).toEqual([4, 0])
})

test('what cannot be had without a server is waited for, which is said once', async () => {
  const { load, say } = failing(2)
  const fetched = untilFetched(load, say)
  await vi.advanceTimersByTimeAsync(0)
  onlineManager.setOnline(false)

  await vi.advanceTimersByTimeAsync(3_600_000)
  expect([load.mock.calls.length, say.mock.calls.length]).toEqual([1, 1])
  onlineManager.setOnline(true)
  await vi.advanceTimersByTimeAsync(1_000)

  expect(await fetched).toBe('a part')
  expect([load.mock.calls.length, say.mock.calls.length]).toEqual([3, 1])
})

test('what must fail is not tried before the server is back', async () => {
  const { load, say } = failing(0)
  onlineManager.setOnline(false)
  const fetched = untilFetched(load, say)

  await vi.advanceTimersByTimeAsync(3_600_000)
  expect([load.mock.calls.length, say.mock.calls.length]).toEqual([0, 1])
  onlineManager.setOnline(true)

  expect(await fetched).toBe('a part')
})

test('where the browser has all of them, one comes without a server; but one that it has lost since is waited for', async () => {
  noteAllHere()
  onlineManager.setOnline(false)
  const kept = failing(0)
  expect(await untilFetched(kept.load, kept.say)).toBe('a part')
  expect(kept.say).not.toHaveBeenCalled()

  const lost = failing(1)
  const fetched = untilFetched(lost.load, lost.say)
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect([lost.load.mock.calls.length, lost.say.mock.calls.length]).toEqual([1, 1])
  onlineManager.setOnline(true)

  expect(await fetched).toBe('a part')
})

/** So many times, and then it comes. */
function failing(times: number) {
  const load = vi.fn(async () => {
    if (load.mock.calls.length <= times) throw away
    return 'a part'
  })
  return { load, say: vi.fn() }
}
