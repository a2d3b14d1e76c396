import { locationsOf } from '../domain/callers.ts'
import type { Caller } from '../domain/context.ts'

/** How long a look-up is trusted, ms: where no announcement comes, what was revoked is refused this much later. */
export const trusted = 1000
const kept = 10_000

/** Who stands behind a secret, and until when that is believed: a second at most. */
interface Known {
  caller: Caller
  until: number
}

/** Remembers for a moment who stands behind which secret; `find` throws where nobody does. */
export function createLookUps<Found extends Known>(
  find: (secret: string, at: number) => Promise<Found>,
  now: () => number,
) {
  const known = new Map<string, Found>()
  const lookingUp = new Map<string, Promise<Found>>()

  /** At once while the look-up is trusted, which is nearly always. */
  function ask(secret: string): Found | Promise<Found> {
    const at = now()
    const remembered = known.get(secret)
    return remembered && remembered.until > at && remembered.until - at <= trusted ? remembered : askOnce(secret, at)
  }

  /** Those who come with the same secret meanwhile wait for the same answer. */
  function askOnce(secret: string, at: number): Promise<Found> {
    const underWay = lookingUp.get(secret)
    if (underWay) return underWay
    const asked = askStore(secret, at).finally(() => lookingUp.delete(secret))
    lookingUp.set(secret, asked)
    return asked
  }

  async function askStore(secret: string, at: number): Promise<Found> {
    known.delete(secret)
    const found = await find(secret, at)
    if (known.size >= kept) known.clear()
    known.set(secret, found)
    return found
  }

  /** What was announced: callers that changed are looked up again. */
  function hear(topics: string[]) {
    const changed = locationsOf(topics)
    if (changed?.length === 0) return
    for (const [secret, { caller }] of known) {
      if (!changed || changed.includes(caller.locationId)) known.delete(secret)
    }
  }

  return { ask, hear }
}
