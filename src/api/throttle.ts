import ipaddr from 'ipaddr.js'
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

  /** Takes back one try: it was none. */
  function giveBack(given: string): void {
    const counter = counters.get(hashOf(given))
    if (counter && counter.tries > 0) counter.tries--
  }

  return { admits, giveBack, forget: (given: string) => void counters.delete(hashOf(given)) }
}

/** Tries to sign in: as one person, and from one place, where several people may be. */
export function createThrottles() {
  const interval = 15 * 60 * 1000
  const [email, address] = [createThrottle(10, interval), createThrottle(60, interval)]
  return {
    interval,
    admits: (ip: string, name: string, now: number) => address.admits(placeOf(ip), now) && email.admits(name, now),
    /** Whoever got in begins anew, and their place has one try more. */
    gotIn(ip: string, name: string) {
      email.forget(name)
      address.giveBack(placeOf(ip))
    },
  }
}

/** Whoever has an IPv6 address has the 2^64 beside it as well. */
function placeOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip
  const address = ipaddr.process(ip)
  return address.kind() === 'ipv4' ? address.toString() : address.toByteArray().slice(0, 8).join()
}

export type Throttles = ReturnType<typeof createThrottles>
