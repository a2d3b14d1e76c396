import type { Store } from '../domain/context.ts'
import { type Counted, countRequests } from '../domain/tokens/requestCounter.ts'
import type { RateLimits } from '../limits.ts'
import type { Allowance } from './rateLimit.ts'

const day = 86_400_000

interface Waiting {
  now: number
  resolve: (left: Allowance) => void
  reject: (error: unknown) => void
}

/**
 * Counts requests together with the other processes on the same data. A token's requests that come while its last count
 * is under way are counted together by the next one.
 */
export function createSharedRateLimiter(store: Store, limits: RateLimits) {
  const { burst, intervalMs: interval, daily } = limits
  const queues = new Map<string, Waiting[]>()

  return function take(key: string, now: number): Promise<Allowance> {
    return new Promise((resolve, reject) => {
      const queue = queues.get(key)
      const waiting = { now, resolve, reject }
      if (queue) return void queue.push(waiting)
      queues.set(key, [waiting])
      void drain(key)
    })
  }

  async function drain(key: string) {
    for (let batch = queues.get(key) ?? []; batch.length > 0; batch = queues.get(key) ?? []) {
      queues.set(key, [])
      await settle(key, batch).catch((error) => {
        for (const { reject } of batch) reject(error)
      })
    }
    queues.delete(key)
  }

  /** Where not all of them fit, one by one until the first that does not; the rest come no further than that one. */
  async function settle(key: string, batch: Waiting[]) {
    const now = batch.at(-1)?.now ?? 0
    const all = await count(key, now, batch.length)
    if (all.granted || batch.length === 1) return answer(batch, all, now)
    for (let at = 0; at < batch.length; at++) {
      const one = await count(key, now, 1)
      answer(one.granted ? batch.slice(at, at + 1) : batch.slice(at), one, now)
      if (!one.granted) return
    }
  }

  function count(key: string, now: number, many: number): Promise<Counted> {
    const [locationId = '', tokenId = ''] = key.split(' ')
    return countRequests(store, { locationId, tokenId, count: many, now, burst, interval, daily })
  }

  /** What is left goes down by one with each of those that were granted together. */
  function answer(batch: Waiting[], { granted, used, windowStart, usedToday }: Counted, now: number) {
    const resets = {
      resetMs: Math.min(interval, Math.max(0, windowStart + interval - now)),
      dailyResetMs: day - (now % day),
    }
    for (const [at, { resolve }] of batch.entries()) {
      const behind = granted ? batch.length - 1 - at : 0
      const remaining = burst - used + behind
      resolve({ allowed: granted > 0, remaining, dailyRemaining: daily - usedToday + behind, ...resets })
    }
  }
}
