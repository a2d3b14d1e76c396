import type { Transaction } from '../../../store/database.ts'
import type { Automation } from '../../context.ts'
import type { Lane } from '../../lane.ts'
import type { Line, LineKey } from './delivery.ts'
import * as lines from './lineTable.ts'
import * as deliveries from './table.ts'

const batch = 200

/** Whatever is kept, trying goes on for so long; ms. */
const longestTry = 5 * 24 * 60 * 60 * 1000

const hour = 60 * 60 * 1000

type Means = Pick<Automation, 'store' | 'now' | 'keepDeliveries'>

/** The lane that looks each hour for what has grown old. */
export function retentionLane(automation: Automation): Lane<true> {
  let next = 0
  return {
    name: 'delivery retention',
    width: 1,
    async claim(now) {
      if (now < next) return []
      next = now + hour
      return [true]
    },
    perform: async (_, signal) => void (await sweepDeliveries(automation, signal)),
  }
}

/**
 * Forgets deliveries that are older than the log goes back, and everything of webhooks that are gone. What has waited for
 * so long, behind a webhook that nobody resumed, is given up first. Answers how many were forgotten.
 */
export async function sweepDeliveries({ store, now, keepDeliveries }: Means, signal?: AbortSignal): Promise<number> {
  let forgotten = 0
  for (const key of await lines.all(store)) {
    if (signal?.aborted) break
    const before = now() - keepDeliveries
    const tried = Math.min(before, now() - longestTry)
    while ((await store.transaction((tx) => giveUp(tx, key, tried, now()))) === batch);
    for (let count = batch; count === batch; forgotten += count) {
      count = await store.transaction((tx) => forget(tx, key, before))
    }
  }
  return forgotten
}

async function giveUp(tx: Transaction, key: LineKey, before: number, now: number): Promise<number> {
  const line = await lines.findLocked(tx, key)
  if (!line) return 0
  const ids = (await deliveries.old(tx, key, limitOf(line, before), { waits: true, limit: batch })).map(({ id }) => id)
  const failed = await deliveries.giveUp(tx, key, ids, now)
  await deliveries.advance(tx, key, ids, now)
  if (failed > 0) await lines.update(tx, { ...line, waiting: line.waiting - failed, failed: line.failed + failed })
  return ids.length
}

async function forget(tx: Transaction, key: LineKey, before: number): Promise<number> {
  const line = await lines.findLocked(tx, key)
  if (!line) return 0
  const found = await deliveries.old(tx, key, limitOf(line, before), { waits: false, limit: batch })
  await deliveries.remove(
    tx,
    key,
    found.map(({ id }) => id),
  )
  const delivered = found.filter(({ state }) => state === 'delivered').length
  const counts = { delivered: line.delivered - delivered, failed: line.failed - (found.length - delivered) }
  if (line.endedAt !== null && found.length < batch) await lines.remove(tx, key)
  else if (found.length > 0) await lines.update(tx, { ...line, ...counts })
  return found.length
}

/** Of a webhook that is gone, everything is old. */
const limitOf = ({ endedAt }: Line, before: number) => (endedAt === null ? before : Number.MAX_SAFE_INTEGER)
