import type { Transaction } from '../../../store/database.ts'
import * as attempts from '../deliveries/attemptTable.ts'
import type { Delivery, Line } from '../deliveries/delivery.ts'
import * as deliveries from '../deliveries/table.ts'
import type { Webhook } from '../webhook.ts'
import { healthAfter, reasonToStop } from './health.ts'
import { type Judged, judge, type Verdict } from './judge.ts'

/** What came of a delivery that a process took: an attempt, or nothing, where it was stopped before. */
export interface Result {
  delivery: Delivery
  attempt: Judged | null
  /** Between 0 and 1; drawn once, for a transaction may run twice. */
  chance: number
}

interface Decided extends Result {
  attempt: Judged
  verdict: Verdict
}

/** Notes what came of attempts. Without a webhook it is gone, or the line is another process's now: they are only logged. */
export async function settle(
  tx: Transaction,
  line: Line,
  webhook: Webhook | undefined,
  results: Result[],
  now: number,
): Promise<{ line: Line; reason: string | null }> {
  const made = results.flatMap(({ delivery, attempt }) => (attempt ? [{ deliveryId: delivery.id, ...attempt }] : []))
  await attempts.insert(tx, line.locationId, made)
  if (!webhook) return { line, reason: null }

  const stopped = results.filter(({ attempt }) => !attempt)
  await deliveries.release(tx, line, idsOf(stopped), now)
  const decided = results.flatMap((result) => decide(webhook, result, now))
  const counted = await write(tx, line, decided, now)
  const reasons = decided.map(({ attempt }) => {
    Object.assign(counted, healthAfter(counted, attempt, now))
    return reasonToStop(counted, attempt, now)
  })
  return { line: counted, reason: reasons.findLast((reason) => reason !== null) ?? null }
}

function decide(webhook: Webhook, result: Result, now: number): Decided[] {
  const { attempt, delivery, chance } = result
  return attempt ? [{ ...result, attempt, verdict: judge(delivery, webhook.retryMode, attempt, now, chance) }] : []
}

/** Answers the line with its counts. */
async function write(tx: Transaction, line: Line, decided: Decided[], now: number): Promise<Line> {
  for (const { delivery, verdict } of decided) {
    if (verdict.state === 'waiting') await deliveries.retry(tx, line, delivery.id, verdict.dueAt)
  }
  const of = (state: Verdict['state']) => idsOf(decided.filter(({ verdict }) => verdict.state === state))
  const [good, bad] = [of('delivered'), of('failed')]
  const delivered = await deliveries.settle(tx, line, good, 'delivered', now)
  const failed = await deliveries.settle(tx, line, bad, 'failed', now)
  await deliveries.advance(tx, line, [...good, ...bad], now)
  return {
    ...line,
    waiting: line.waiting - delivered - failed,
    delivered: line.delivered + delivered,
    failed: line.failed + failed,
  }
}

const idsOf = (results: Result[]) => results.map(({ delivery }) => delivery.id)
