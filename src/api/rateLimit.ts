import type { RateLimits } from '../limits.ts'

/** What is left after a request was counted; milliseconds until the windows open again. */
export interface Allowance {
  allowed: boolean
  remaining: number
  dailyRemaining: number
  resetMs: number
  dailyResetMs: number
}

interface Counter {
  windowStart: number
  used: number
  day: number
  usedToday: number
}

const day = 86_400_000

/** Counts requests in fixed windows that open with a caller's first request. */
export function createRateLimiter(limits: RateLimits) {
  const counters = new Map<string, Counter>()

  return function take(key: string, now: number): Allowance {
    const counter = counterOf(key, now)
    const resetMs = counter.windowStart + limits.intervalMs - now
    const dailyResetMs = (counter.day + 1) * day - now
    const allowed = counter.used < limits.burst && counter.usedToday < limits.daily
    if (allowed) {
      counter.used++
      counter.usedToday++
    }
    const remaining = limits.burst - counter.used
    return { allowed, remaining, dailyRemaining: limits.daily - counter.usedToday, resetMs, dailyResetMs }
  }

  function counterOf(key: string, now: number): Counter {
    const today = Math.floor(now / day)
    let counter = counters.get(key)
    if (!counter) {
      counter = { windowStart: now, used: 0, day: today, usedToday: 0 }
      counters.set(key, counter)
    }
    if (now - counter.windowStart >= limits.intervalMs) {
      counter.windowStart = now
      counter.used = 0
    }
    if (counter.day !== today) {
      counter.day = today
      counter.usedToday = 0
    }
    return counter
  }
}

/** What is left for whoever is not counted: limits are off, or nobody knows yet who asks. */
export function fullAllowance(limits: RateLimits, now: number): Allowance {
  const dailyResetMs = day - (now % day)
  return { allowed: true, remaining: limits.burst, dailyRemaining: limits.daily, resetMs: 0, dailyResetMs }
}

/** The headers of contract section 2; on every reply of the dialects. */
export function rateLimitHeaders(limits: RateLimits, left: Allowance): Record<string, number> {
  return {
    'x-ratelimit-limit-daily': limits.daily,
    'x-ratelimit-daily-remaining': left.dailyRemaining,
    'x-ratelimit-interval-milliseconds': limits.intervalMs,
    'x-ratelimit-max': limits.burst,
    'x-ratelimit-remaining': left.remaining,
    'x-ratelimit-daily-reset': left.dailyResetMs,
  }
}

/** Whole seconds until a refused caller may try again. */
export function retryAfter(left: Allowance): number {
  return Math.max(1, Math.ceil((left.dailyRemaining <= 0 ? left.dailyResetMs : left.resetMs) / 1000))
}
