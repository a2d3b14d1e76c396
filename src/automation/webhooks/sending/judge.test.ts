import { describe, expect, test } from 'vitest'
import { healthAfter, reasonToStop, room } from './health.ts'
import { judge } from './judge.ts'

const well = { at: 0, ms: 5, status: 200, error: null, response: '', retryAfter: null }
const bad = { ...well, status: 500, error: 'It answered 500' }
const day = 24 * 60 * 60 * 1000

describe('what follows from an attempt', () => {
  test('arrived, tried again a little late, or given up after the last try', () => {
    expect(judge({ tries: 0 }, 'standard', well, 1000, 0)).toEqual({ state: 'delivered' })
    expect(judge({ tries: 0 }, 'standard', bad, 1000, 0)).toEqual({ state: 'waiting', dueAt: 6000 })
    expect(judge({ tries: 0 }, 'standard', bad, 1000, 1)).toEqual({ state: 'waiting', dueAt: 6500 })
    expect(judge({ tries: 10 }, 'standard', bad, 0, 0)).toEqual({ state: 'waiting', dueAt: day })
    expect(judge({ tries: 11 }, 'standard', bad, 0, 0)).toEqual({ state: 'failed' })
  })

  test.each([
    ['10', 10_000],
    ['2', 5000],
    [' 7 ', 7000],
    ['-3', 5000],
    ['soon', 5000],
    ['', 5000],
    ['Thu, 01 Jan 1970 00:01:00 GMT', 60_000],
    ['Mon, 01 Jan 2040 00:00:00 GMT', day],
    ['999999999999', day],
  ])('Retry-After "%s" is heard', (retryAfter, dueAt) => {
    expect(judge({ tries: 0 }, 'standard', { ...bad, retryAfter }, 0, 0)).toEqual({ state: 'waiting', dueAt })
  })
})

describe('how a receiver is', () => {
  const healthy = { failures: 0, failingSince: null, openAt: 0 }
  const failing = (times: number, now = 0) =>
    Array.from({ length: times }).reduce<typeof healthy | ReturnType<typeof healthAfter>>(
      (health) => healthAfter(health, { ...bad, at: now }, now),
      healthy,
    )

  test('a good one has room for sixteen, one that fails for one, and after five failures for none for a while', () => {
    expect(room(healthy, 0, 0)).toBe(16)
    expect(room(healthy, 15, 0)).toBe(1)
    expect(room(failing(1), 0, 0)).toBe(1)
    expect(room(failing(1), 1, 0)).toBe(0)
    expect([999, 1000].map((now) => room(failing(5), 0, now))).toEqual([0, 1])
    expect([59_999, 60_000].map((now) => room(failing(50), 0, now))).toEqual([0, 1])
    expect(healthAfter(failing(50), well, 0)).toEqual(healthy)
  })

  test('five days without a success are enough, and so is 410', () => {
    expect(reasonToStop(failing(1, 0), bad, 5 * day - 1)).toBeNull()
    expect(reasonToStop(failing(1, 0), bad, 5 * day)).toMatch(/^Nothing but failures for five days/)
    expect(reasonToStop(healthy, well, 50 * day)).toBeNull()
    expect(reasonToStop(healthy, { ...bad, status: 410 }, 0)).toMatch(/410 Gone/)
  })
})
