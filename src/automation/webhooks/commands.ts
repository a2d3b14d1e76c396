import type { Context } from '../../domain/context.ts'
import { DomainError, notFound } from '../../domain/errors.ts'
import { newId } from '../../domain/ids.ts'
import type { Transaction } from '../../store/database.ts'
import { commitWork } from '../commit.ts'
import { type Line, lineOf } from './deliveries/delivery.ts'
import * as lines from './deliveries/lineTable.ts'
import * as deliveries from './deliveries/table.ts'
import { record } from './record.ts'
import { keyPairs } from './signing/keys.ts'
import * as webhooks from './table.ts'
import { requireScopes } from './types.ts'
import { change, draft, type NewWebhook, rotate, turn, type Webhook, type WebhookInput } from './webhook.ts'

/** A webhook with its secret, which is shown when it is made and no more. */
export interface Issued {
  webhook: Webhook
  secret: string
}

/** More would be a mistake of a program. */
const most = 100

/** Subscribes to events of the location; nobody to such as he may not see. */
export async function createWebhook(ctx: Context, wanted: NewWebhook): Promise<Issued> {
  const webhook = draft(newId(), ctx.caller.locationId, wanted, ctx.now())
  requireScopes(webhook.types, ctx.caller.scopes)
  await haveKeys(ctx, webhook)
  return commitWork(ctx, async (tx) => {
    if ((await webhooks.list(tx, webhook.locationId)).length >= most) throw tooMany()
    await record(ctx, tx, null, webhook)
    return issued(webhook)
  })
}

export async function updateWebhook(ctx: Context, id: string, wanted: WebhookInput): Promise<Webhook> {
  const wish = { ...wanted }
  if (wish.legacySignature) await haveKeys(ctx, { legacySignature: true })
  return commitWork(ctx, async (tx) => {
    const { before, line } = await requireWebhook(ctx, tx, id)
    const after = change(before, wish, ctx.now())
    // Whoever only renames it need not be allowed to see what it tells; whoever leads it elsewhere must.
    if (after.types !== before.types || after.url !== before.url) requireScopes(after.types, ctx.caller.scopes)
    await record(ctx, tx, before, after)
    if (after.url !== before.url) await forgive(tx, line)
    return after
  })
}

/** Sends nothing until it is resumed; what happens meanwhile waits. */
export async function pauseWebhook(ctx: Context, id: string): Promise<Webhook> {
  return commitWork(ctx, async (tx) => {
    const { before } = await requireWebhook(ctx, tx, id)
    const after = turn(before, 'paused', null, ctx.now())
    await record(ctx, tx, before, after)
    return after
  })
}

/** Sends again what waits, and forgets that the receiver failed. */
export async function resumeWebhook(ctx: Context, id: string): Promise<Webhook> {
  return commitWork(ctx, async (tx) => {
    const { before, line } = await requireWebhook(ctx, tx, id)
    const after = turn(before, 'active', null, ctx.now())
    await record(ctx, tx, before, after)
    await forgive(tx, line)
    return after
  })
}

/** Ends it at once; its deliveries are cleared away by and by. */
export async function deleteWebhook(ctx: Context, id: string): Promise<Webhook> {
  return commitWork(ctx, async (tx) => {
    const { before, line } = await requireWebhook(ctx, tx, id)
    await record(ctx, tx, before, null)
    await lines.update(tx, { ...line, dueAt: null, endedAt: ctx.now() })
    return before
  })
}

/** Gives it a new secret. The old one signs beside it for seven more days, or not at all with `now`. */
export async function rotateSecret(ctx: Context, id: string, { now }: { now: boolean }): Promise<Issued> {
  return commitWork(ctx, async (tx) => {
    const { before } = await requireWebhook(ctx, tx, id)
    const after = rotate(before, now, ctx.now())
    await record(ctx, tx, before, after)
    return issued(after)
  })
}

/** The webhook with its line, which nobody else comes to until the transaction ends. */
export async function requireWebhook(
  ctx: Context,
  tx: Transaction,
  id: string,
): Promise<{ before: Webhook; line: Line }> {
  const { locationId } = ctx.caller
  const line = await lines.findLocked(tx, lineOf({ locationId, id }))
  const before = line && (await webhooks.find(tx, locationId, id))
  if (!before) throw notFound('Webhook')
  return { before, line }
}

/** What is due is sent as if the receiver had never failed. */
async function forgive(tx: Transaction, line: Line): Promise<void> {
  const dueAt = await deliveries.nextDue(tx, line)
  await lines.update(tx, { ...line, dueAt, failures: 0, failingSince: null, openAt: 0 })
}

/** Making an RSA pair takes a second, which no transaction should. */
const haveKeys = ({ store, now }: Context, { legacySignature }: Pick<Webhook, 'legacySignature'>) =>
  keyPairs(store, now(), legacySignature ? ['ed25519', 'rsa'] : ['ed25519'])

const issued = (webhook: Webhook): Issued => ({ webhook, secret: webhook.secrets[0]?.secret ?? '' })

const tooMany = () =>
  new DomainError('conflict', `A location has no more than ${most} webhooks.`, { name: 'WEBHOOK_LIMIT' })
