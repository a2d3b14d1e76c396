import type { Context } from '../../domain/context.ts'
import { DomainError, notFound } from '../../domain/errors.ts'
import { newId } from '../../domain/ids.ts'
import type { Database, Transaction } from '../../store/database.ts'
import { commitWork } from '../commit.ts'
import { type Line, type LineKey, lineOf } from './deliveries/delivery.ts'
import * as lines from './deliveries/lineTable.ts'
import * as deliveries from './deliveries/table.ts'
import { record } from './record.ts'
import { keyPairs } from './signing/keys.ts'
import * as webhooks from './table.ts'
import { noScope, requireScopes, unseenBy } from './types.ts'
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
    await tx.alone(`webhooks ${webhook.locationId}`)
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
    requireScopes(after.types, ctx.caller.scopes)
    // What was told while it was about more than now may still be waiting for the old address.
    if (after.url !== before.url) await requireLog(ctx, tx, line)
    await record(ctx, tx, before, after)
    if (after.url !== before.url) await forgive(tx, line)
    return after
  })
}

/** Sends nothing until it is resumed; what happens meanwhile waits. One that is disabled keeps nothing until then. */
export async function pauseWebhook(ctx: Context, id: string): Promise<Webhook> {
  return commitWork(ctx, async (tx) => {
    const { before } = await requireWebhook(ctx, tx, id)
    if (before.state === 'disabled') throw isDisabled()
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

/**
 * The webhook with its line, which nobody else comes to until the transaction ends. Refused to those who may not see what
 * it tells: whoever has it in hand could have that sent to himself.
 */
export async function requireWebhook(
  ctx: Context,
  tx: Transaction,
  id: string,
): Promise<{ before: Webhook; line: Line }> {
  const { locationId } = ctx.caller
  const line = await lines.findLocked(tx, lineOf({ locationId, id }))
  const before = line && (await webhooks.find(tx, locationId, id))
  if (!before) throw notFound('Webhook')
  requireScopes(before.types, ctx.caller.scopes)
  return { before, line }
}

/** Refused where there is anything in the log, or waits, that the caller may not see. */
export async function requireLog({ caller }: Context, db: Database, line: LineKey): Promise<void> {
  const unseen = unseenBy(caller.scopes)
  if (unseen.length > 0 && (await deliveries.hasAny(db, line, unseen))) throw noScope()
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

const isDisabled = () =>
  new DomainError('mismatch', 'The webhook is disabled: resume it, and then pause it.', { name: 'WEBHOOK_DISABLED' })

const tooMany = () =>
  new DomainError('conflict', `A location has no more than ${most} webhooks.`, { name: 'WEBHOOK_LIMIT' })
