import { hashOf } from '../domain/tokens/token.ts'

/** How many addresses and names are remembered; the oldest go first. */
const kept = 10_000

/** Counts tries by a name, and refuses those that come too often; what succeeds is not counted in the end. */
function createThrottle(most: number, interval: number) {
  const counters = new Map<string, { since: number; tries: number }>()

  /** Counted before anybody knows how it ends, so that many at once are many. */
  function admits(given: string, now: number): boolean {
    // As long as any other, whatever was typed: what is remembered of strangers stays small.
    const name = hashOf(given)
    const known = counters.get(name)
    const counter = known && now - known.since < interval ? known : { since: now, tries: 0 }
    if (counter.tries >= most) return false
    counter.tries++
    counters.delete(name)
    counters.set(name, counter)
    if (counters.size > kept) counters.delete(counters.keys().next().value as string)
    return true
  }

  return { admits, forget: (given: string) => void counters.delete(hashOf(given)) }
}

/** Tries to sign in: at one address, and from one place, where several people may be. */
export function createThrottles() {
  const interval = 15 * 60 * 1000
  return { interval, email: createThrottle(10, interval), address: createThrottle(60, interval) }
}

export type Throttles = ReturnType<typeof createThrottles>
