import type { Context } from '../../domain/context.ts'
import { append, type EventType } from '../../domain/outbox.ts'
import type { Transaction } from '../../store/database.ts'
import { keepListening } from '../listening.ts'
import { lineOf } from './deliveries/delivery.ts'
import * as lines from './deliveries/lineTable.ts'
import * as webhooks from './table.ts'
import { shown, type Webhook } from './webhook.ts'

/** The one door for writing: the row, its line, whether anybody listens, and the event. Its line is locked before. */
export async function record(ctx: Context, tx: Transaction, before: Webhook | null, after: Webhook | null) {
  if (before === after) return
  const { id, locationId } = (after ?? before) as Webhook
  if (before && after) await webhooks.update(tx, after)
  else if (after) await begin(tx, after)
  else if (before) await webhooks.remove(tx, before)

  const type: EventType = !before ? 'WebhookCreate' : after ? 'WebhookUpdate' : 'WebhookDelete'
  const sides = { before: before && shown(before), after: after && shown(after) }
  const listens = { before: isListener(before), after: isListener(after) }
  await keepListening(tx, locationId, listens, () =>
    append(ctx, tx, { types: [type], record: 'webhook', recordId: id, ...sides }),
  )
}

const isListener = (webhook: Webhook | null) => webhook !== null && webhook.state !== 'disabled'

async function begin(tx: Transaction, webhook: Webhook) {
  await webhooks.insert(tx, webhook)
  await lines.insert(tx, lineOf(webhook))
}
