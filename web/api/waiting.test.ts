import { onlineManager } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from './errors.ts'
import { untilMet } from './waiting.ts'

const unreachable = new ApiError(0, { message: 'Nobody there' })
const quarterOfAMinute = 15_000

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  onlineManager.setOnline(true)
  vi.useRealTimers()
})

test('what meets nobody, or only a gateway, is sent again until it is heard', async () => {
  const { send, sent } = meeting([unreachable, 502, 504, 200])
  const reply = untilMet(send)

  await vi.advanceTimersByTimeAsync(quarterOfAMinute)

  expect((await reply).status).toBe(200)
  expect(sent).toEqual([false, true, true, true])
})

test.each([422, 500, 503])('what is answered %i was heard, and is not sent again', async (status) => {
  const { send, sent } = meeting([status, 200])

  const reply = untilMet(send)
  await vi.advanceTimersByTimeAsync(quarterOfAMinute)

  expect((await reply).status).toBe(status)
  expect(sent).toEqual([false])
})

test('nothing is sent while the server is known to be away', async () => {
  const { send, sent } = meeting([unreachable, 200])
  const reply = untilMet(send)
  onlineManager.setOnline(false)

  await vi.advanceTimersByTimeAsync(10 * quarterOfAMinute)
  expect(sent).toHaveLength(1)
  onlineManager.setOnline(true)

  expect((await reply).status).toBe(200)
})

test('what meets nobody time and again is given up', async () => {
  const { send, sent } = meeting([unreachable])
  const reply = untilMet(send).catch((error: unknown) => error)

  await vi.advanceTimersByTimeAsync(quarterOfAMinute)

  expect(await reply).toBe(unreachable)
  expect(sent).toHaveLength(5)
})

/** Answers one after the other with what is given, the last for ever; `sent` tells of each whether it was one more. */
function meeting(outcomes: (ApiError | number)[]) {
  const sent: boolean[] = []
  const send = async (isAgain: boolean) => {
    const outcome = outcomes[Math.min(sent.length, outcomes.length - 1)] as ApiError | number
    sent.push(isAgain)
    if (typeof outcome !== 'number') throw outcome
    return new Response(null, { status: outcome })
  }
  return { send, sent }
}
