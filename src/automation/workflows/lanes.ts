import { newId } from '../../domain/ids.ts'
import type { Automation } from '../context.ts'
import type { Lane } from '../lane.ts'
import { claimDue, type Kind, locationsWithDue } from './runs/queue.ts'
import { type Claimed, lease, performRun } from './runs/steps/perform.ts'
import { performRequest } from './runs/steps/send.ts'

/** Steps are short, and share a machine with the requests of people. */
const stepsAtOnce = 4
/** They wait for others most of the time, ten seconds at most. */
const requestsAtOnce = 64

/** Of the requests that are under way, how many go to one host: who does not answer must not hold up the others. */
const ofHost = 8

/** The lanes that perform runs: their steps, and what they send to the world. */
export const runLanes = (automation: Automation): Lane<Claimed>[] => [
  lane(automation, 'steps', stepsAtOnce, performRun),
  lane(automation, 'requests', requestsAtOnce, performRequest),
]

type Perform = (automation: Automation, claimed: Claimed, signal: AbortSignal) => Promise<void>

function lane(automation: Automation, kind: Kind, width: number, perform: Perform): Lane<Claimed> {
  const hosts = new Map<string | null, number>()
  const count = (host: string | null, more: 1 | -1) => hosts.set(host, (hosts.get(host) ?? 0) + more)
  return {
    name: kind === 'steps' ? 'runs' : 'run requests',
    width,
    async claim(now, limit) {
      const busyHosts = [...hosts].flatMap(([host, underWay]) => (host !== null && underWay >= ofHost ? [host] : []))
      const claimed = await claim(automation, { kind, now, limit, busyHosts })
      for (const { host } of claimed) count(host, 1)
      return claimed
    },
    perform: (claimed, signal) => perform(automation, claimed, signal).finally(() => count(claimed.host, -1)),
  }
}

interface Asked {
  kind: Kind
  now: number
  limit: number
  busyHosts: string[]
}

/** An equal share of each location; beginning with another one each time, so that processes do not fight for the same. */
async function claim({ store }: Automation, { kind, now, limit, busyHosts }: Asked): Promise<Claimed[]> {
  const locations = rotated(await locationsWithDue(store, kind, now))
  const share = Math.ceil(limit / Math.max(1, locations.length))
  const claimed: Claimed[] = []
  for (const locationId of locations) {
    const room = Math.min(share, limit - claimed.length)
    if (room <= 0) break
    const name = newId()
    const wanted = { locationId, limit: room, busyHosts, ofHost }
    const found = await claimDue(store, kind, wanted, { name, until: now + lease[kind] }, now)
    claimed.push(...found.map((due) => ({ locationId, claim: name, ...due })))
  }
  return claimed
}

function rotated<T>(list: T[]): T[] {
  const start = Math.floor(Math.random() * list.length)
  return [...list.slice(start), ...list.slice(0, start)]
}
