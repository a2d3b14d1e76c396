import type { Context } from '../../../domain/context.ts'
import { notFound } from '../../../domain/errors.ts'
import * as webhooks from '../table.ts'
import * as attempts from './attemptTable.ts'
import type { Attempt, LineKey, ToldDelivery } from './delivery.ts'
import * as deliveries from './table.ts'

export type { DeliverySearch } from './table.ts'

/** A delivery, and every attempt at it. */
export interface DeliveryStory {
  delivery: ToldDelivery
  attempts: Attempt[]
}

/** A page of the log, the newest first. */
export async function searchDeliveries(ctx: Context, webhookId: string, by: deliveries.DeliverySearch) {
  const key = await requireKey(ctx, webhookId)
  return deliveries.search(ctx.store, key, by)
}

export async function getDelivery(ctx: Context, webhookId: string, id: string): Promise<DeliveryStory> {
  const key = await requireKey(ctx, webhookId)
  const delivery = await deliveries.find(ctx.store, key, id)
  if (!delivery) throw notFound('Delivery')
  return { delivery, attempts: await attempts.list(ctx.store, key.locationId, id) }
}

async function requireKey({ store, caller: { locationId } }: Context, webhookId: string): Promise<LineKey> {
  if (!(await webhooks.find(store, locationId, webhookId))) throw notFound('Webhook')
  return { locationId, webhookId }
}
