import type { Context } from '../../../domain/context.ts'
import { invalid, notFound } from '../../../domain/errors.ts'
import type { Transaction } from '../../../store/database.ts'
import { commitWork } from '../../commit.ts'
import { requireLog, requireWebhook } from '../commands.ts'
import { requireScopes } from '../types.ts'
import type { Delivery, DeliveryState, Line, ToldDelivery } from './delivery.ts'
import * as lines from './lineTable.ts'
import * as deliveries from './table.ts'

export type { Range } from './table.ts'

const batch = 200

/** Sends one again with the same `webhookId`: at once, unless an earlier one about its record waits. */
export async function redeliver(ctx: Context, webhookId: string, id: string): Promise<ToldDelivery> {
  return commitWork(ctx, async (tx) => {
    const { line } = await requireWebhook(ctx, tx, webhookId)
    const before = await deliveries.find(tx, line, id)
    if (!before) throw notFound('Delivery')
    requireScopes([before.type], ctx.caller.scopes)
    await putBack(ctx, tx, line, [before])
    return (await deliveries.find(tx, line, id)) ?? before
  })
}

/** Sends many again, the oldest first; answers how many. Each batch is a transaction, so that sending goes on meanwhile. */
export async function redeliverRange(ctx: Context, webhookId: string, range: deliveries.Range): Promise<number> {
  if (range.from >= range.to) throw invalid('from must be before to')
  await requireLog(ctx, ctx.store, { locationId: ctx.caller.locationId, webhookId })
  let count = 0
  for (let after: deliveries.Place | undefined = { createdAt: 0, place: 0 }; after; ) {
    const found: Delivery[] = await redeliverBatch(ctx, webhookId, range, after)
    count += found.length
    after = found.length === batch ? found.at(-1) : undefined
  }
  return count
}

function redeliverBatch(ctx: Context, webhookId: string, range: deliveries.Range, after: deliveries.Place) {
  return commitWork(ctx, async (tx) => {
    const { line } = await requireWebhook(ctx, tx, webhookId)
    const found = await deliveries.inRange(tx, line, range, after, batch)
    await putBack(ctx, tx, line, found)
    return found
  })
}

async function putBack(ctx: Context, tx: Transaction, line: Line, found: Delivery[]): Promise<void> {
  const now = ctx.now()
  const ids = found.map(({ id }) => id)
  await deliveries.putBack(tx, line, ids, now)
  await deliveries.advance(tx, line, ids, now)
  const of = (state: DeliveryState) => found.filter((one) => one.state === state).length
  const [delivered, failed] = [of('delivered'), of('failed')]
  await lines.update(tx, {
    ...line,
    dueAt: Math.max(now, line.openAt),
    waiting: line.waiting + delivered + failed,
    delivered: line.delivered - delivered,
    failed: line.failed - failed,
  })
}
