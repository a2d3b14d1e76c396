import type { Automation } from '../context.ts'
import { newGate } from '../gate.ts'
import type { Lane } from '../lane.ts'
import type { LineKey } from './deliveries/delivery.ts'
import * as lines from './deliveries/lineTable.ts'
import { type Means, nameOf, newSession, type Session, serve, take } from './sending/session.ts'
import { signingKeys } from './signing/keys.ts'

/** At once in this process: webhooks that are being served, and those of one location. */
const width = 128
const mostOfLocation = 16

/** Transactions at once, where each has a connection of its own, and requests need some too. */
const mostTransactions = 4

/** How many lines are looked at in one go; more than can be served, so that something else is found beside those. */
const look = 2 * width

/**
 * The lane that sends deliveries. Its work is a webhook's line: one process has it at a time, for as long as something
 * is due and not much longer, so that the order is kept and no receiver is asked by several at once.
 */
export function deliveryLane(automation: Automation): Lane<Session> {
  const { store, now } = automation
  const sessions = new Map<string, Session>()
  /** Locations that had more lines than they may have at once, when somebody looked last. */
  const crowded = new Set<string>()
  const means: Means = {
    automation,
    keys: () => signingKeys(store, now()),
    isCrowded: ({ locationId }) => sessions.size >= width || crowded.has(locationId),
    // Where they share their commits, the more the better.
    gate: newGate(store.isShared ? mostTransactions : width),
  }

  /** Those that nobody has, no more of a location than it may have; whoever is being served here is told. */
  function choose(found: lines.DueLine[], at: number, limit: number): LineKey[] {
    const chosen: LineKey[] = []
    crowded.clear()
    for (const line of shuffled(found)) {
      const session = sessions.get(nameOf(line))
      session?.knock()
      if (session || line.claimedUntil > at || chosen.length >= limit) continue
      const beside = [...[...sessions.values()].map(({ key }) => key), ...chosen]
      if (beside.filter(({ locationId }) => locationId === line.locationId).length < mostOfLocation) chosen.push(line)
      else crowded.add(line.locationId)
    }
    return chosen
  }

  async function begin(key: LineKey): Promise<Session[]> {
    const taken = await take(means, key)
    if (taken.held === null) return []
    const session = newSession(key, taken)
    sessions.set(nameOf(key), session)
    return [session]
  }

  return {
    name: 'deliveries',
    width,
    async claim(at, limit) {
      const chosen = choose(await lines.due(store, at, look), at, limit)
      const begun = await Promise.allSettled(chosen.map(begin))
      const failure = begun.find(({ status }) => status === 'rejected')
      const works = begun.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
      // Those that were begun are served; a line that was not is found again.
      if (failure && works.length === 0) throw (failure as PromiseRejectedResult).reason
      return works
    },
    perform: (session, signal) => serve(session, means, signal).finally(() => sessions.delete(nameOf(session.key))),
  }
}

/** So that processes which look at the same moment do not all begin with the same line. */
function shuffled<T>(list: readonly T[]): T[] {
  const mixed = [...list]
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1))
    ;[mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T]
  }
  return mixed
}
