import { newId } from '../../domain/ids.ts'
import type { Automation } from '../context.ts'
import type { Lane } from '../lane.ts'
import { claimDue, type Kind, locationsWithDue } from './runs/queue.ts'
import { type Claimed, lease, performRun } from './runs/steps/perform.ts'
import { performRequest } from './runs/steps/send.ts'

/**
 * Steps are short, and share a machine with the requests of people. A dozen at once keep up with what people do; where
 * more than that have come due together, there is no hurry, and whoever asks meanwhile is not to wait behind them.
 */
const stepsAtOnce = { width: 12, inCrowd: 4 }
/** They wait for others most of the time, ten seconds at most. */
const requestsAtOnce = { width: 64, inCrowd: 64 }

/** Of the requests that are under way, how many go to one host: who does not answer must not hold up the others. */
const ofHost = 8

/** The lanes that perform runs: their steps, and what they send to the world. */
export const runLanes = (automation: Automation): Lane<Claimed>[] => [
  lane(automation, 'steps', stepsAtOnce, performRun),
  lane(automation, 'requests', requestsAtOnce, performRequest),
]

type AtOnce = typeof stepsAtOnce
type Perform = (automation: Automation, claimed: Claimed, signal: AbortSignal) => Promise<void>

function lane(automation: Automation, kind: Kind, atOnce: AtOnce, perform: Perform): Lane<Claimed> {
  const underWay = new Set<Claimed>()
  let isCrowd = false
  return {
    name: kind === 'steps' ? 'runs' : 'run requests',
    width: atOnce.width,
    async claim(now, limit) {
      const limitInCrowd = limit - (atOnce.width - atOnce.inCrowd)
      // Until one of them has ended, it is known that there is no more to take.
      if (isCrowd && limitInCrowd <= 0) return []
      const found = await claim(automation, { kind, now, limit, limitInCrowd, crowd: atOnce.width }, [...underWay])
      isCrowd = found.isCrowd
      for (const one of found.claimed) underWay.add(one)
      return found.claimed
    },
    perform: (claimed, signal) => perform(automation, claimed, signal).finally(() => underWay.delete(claimed)),
  }
}

interface Asked {
  kind: Kind
  now: number
  limit: number
  /** How many are taken where there is a crowd. */
  limitInCrowd: number
  /** How many it takes to be one, be it in a location or of locations. */
  crowd: number
}

/** An equal share of each location; beginning with another one each time, so that processes do not fight for the same. */
async function claim({ store }: Automation, asked: Asked, underWay: Claimed[]) {
  const { kind, now } = asked
  const locations = rotated(await locationsWithDue(store, kind, now))
  const share = Math.ceil(asked.limit / Math.max(1, locations.length))
  const claimed: Claimed[] = []
  let isCrowd = locations.length >= asked.crowd
  for (const locationId of locations) {
    const room = (limit: number) => Math.min(share, limit - claimed.length)
    const limit = room(isCrowd ? asked.limitInCrowd : asked.limit)
    if (limit <= 0) break
    const name = newId()
    const hosts = countHosts([...underWay, ...claimed])
    const wanted = { locationId, limit, crowd: { size: asked.crowd, limit: room(asked.limitInCrowd) }, hosts, ofHost }
    const found = await claimDue(store, kind, wanted, { name, until: now + lease[kind] }, now)
    claimed.push(...found.due.map((due) => ({ locationId, claim: name, ...due })))
    isCrowd ||= found.isCrowd
  }
  return { claimed, isCrowd }
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
