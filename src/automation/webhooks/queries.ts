import type { Context } from '../../domain/context.ts'
import { notFound } from '../../domain/errors.ts'
import { type Line, lineOf } from './deliveries/delivery.ts'
import * as lines from './deliveries/lineTable.ts'
import * as webhooks from './table.ts'
import type { Webhook } from './webhook.ts'

/** A webhook, and how its deliveries stand. */
export interface Standing {
  webhook: Webhook
  line: Line
}

/** Oldest first. */
export async function listWebhooks(ctx: Context): Promise<Standing[]> {
  const { locationId } = ctx.caller
  const found = await lines.list(ctx.store, locationId)
  const lineFor = new Map(found.map((line) => [line.webhookId, line]))
  return (await webhooks.list(ctx.store, locationId)).flatMap((webhook) => {
    const line = lineFor.get(webhook.id)
    return line ? [{ webhook, line }] : []
  })
}

export async function getWebhook(ctx: Context, id: string): Promise<Standing> {
  const { locationId } = ctx.caller
  const webhook = await webhooks.find(ctx.store, locationId, id)
  const line = webhook && (await lines.find(ctx.store, lineOf(webhook)))
  if (!line) throw notFound('Webhook')
  return { webhook, line }
}
