import { newId } from '../../domain/ids.ts'
import type { Automation } from '../context.ts'
import { newGate } from '../gate.ts'
import type { Lane } from '../lane.ts'
import { claimDue, type Kind, locationsWithDue } from './runs/queue.ts'
import { type Claimed, lease, performRun } from './runs/steps/perform.ts'
import { performRequest } from './runs/steps/send.ts'

/** Steps are short, and share a machine with the requests of people. */
const stepsAtOnce = 4
/** Claimed in one go, so that the next is there when one ends; and again once there is room for half of them. */
const stepsAhead = 16
const stepsWorthClaiming = stepsAhead / 2
/** They wait for others most of the time, ten seconds at most. */
const requestsAtOnce = 64

/** Of the requests that are under way, how many go to one host: who does not answer must not hold up the others. */
const ofHost = 8

/** The lanes that perform runs: their steps, and what they send to the world. */
export const runLanes = (automation: Automation): Lane<Claimed>[] => [
  stepLane(automation),
  lane(automation, 'requests', requestsAtOnce, performRequest),
]

function stepLane(automation: Automation): Lane<Claimed> {
  const gate = newGate(stepsAtOnce)
  const steps = lane(automation, 'steps', stepsAhead, (...work) => gate(() => performRun(...work)))
  return { ...steps, claim: async (now, limit) => (limit < stepsWorthClaiming ? [] : steps.claim(now, limit)) }
}

type Perform = (automation: Automation, claimed: Claimed, signal: AbortSignal) => Promise<void>

function lane(automation: Automation, kind: Kind, width: number, perform: Perform): Lane<Claimed> {
  const underWay = new Set<Claimed>()
  return {
    name: kind === 'steps' ? 'runs' : 'run requests',
    width,
    async claim(now, limit) {
      const claimed = await claim(automation, { kind, now, limit }, [...underWay])
      for (const one of claimed) underWay.add(one)
      return claimed
    },
    perform: (claimed, signal) => perform(automation, claimed, signal).finally(() => underWay.delete(claimed)),
  }
}

interface Asked {
  kind: Kind
  now: number
  limit: number
}

/** An equal share of each location; beginning with another one each time, so that processes do not fight for the same. */
async function claim({ store }: Automation, { kind, now, limit }: Asked, underWay: Claimed[]): Promise<Claimed[]> {
  const locations = rotated(await locationsWithDue(store, kind, now))
  const share = Math.ceil(limit / Math.max(1, locations.length))
  const claimed: Claimed[] = []
  for (const locationId of locations) {
    const room = Math.min(share, limit - claimed.length)
    if (room <= 0) break
    const name = newId()
    const hosts = countHosts([...underWay, ...claimed])
    const wanted = { locationId, limit: room, hosts, ofHost }
    const found = await claimDue(store, kind, wanted, { name, until: now + lease[kind] }, now)
    claimed.push(...found.map((due) => ({ locationId, claim: name, ...due })))
  }
  return claimed
}

/** How many go to each host. */
function countHosts(requests: Pick<Claimed, 'host'>[]): Map<string, number> {
  const hosts = new Map<string, number>()
  for (const { host } of requests) if (host !== null) hosts.set(host, (hosts.get(host) ?? 0) + 1)
  return hosts
}

function rotated<T>(list: T[]): T[] {
  const start = Math.floor(Math.random() * list.length)
  return [...list.slice(start), ...list.slice(0, start)]
}
