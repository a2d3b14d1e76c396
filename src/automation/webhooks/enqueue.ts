import * as locations from '../../domain/accounts/locationTable.ts'
import { newUuid } from '../../domain/ids.ts'
import type { Transaction } from '../../store/database.ts'
import type { Happened } from '../event.ts'
import { type Delivery, lineOf } from './deliveries/delivery.ts'
import * as lines from './deliveries/lineTable.ts'
import * as deliveries from './deliveries/table.ts'
import { payloadOf } from './payload/payload.ts'
import * as webhooks from './table.ts'
import { isTold, type Subscribed, type TypeTold, typesFor } from './types.ts'
import type { Webhook } from './webhook.ts'

/** An event has fewer types than this: places in line of one and the next do not meet. */
const typesAtMost = 16

/**
 * Makes the deliveries of a location's events, in the transaction of their dispatch: one for each type that a webhook had
 * asked for when it happened, in the order of the event's types. The same event twice makes none twice.
 */
export async function enqueue(tx: Transaction, now: number, events: Happened[]): Promise<void> {
  const told = events.filter(({ types, record }) => record === 'webhook' || types.some(isTold))
  const [first] = told
  if (!first) return
  const companyId = (await locations.find(tx, first.locationId))?.companyId ?? ''
  for (const one of await webhooks.listTold(tx, first.locationId)) {
    const found = meantFor(one, told)
    const drafts = found.meant.map(({ event, type }) => draft(one.webhook, event, type, companyId, now))
    if (drafts.length > 0) await line(tx, one.webhook, drafts, now)
    if (found.isChanged) await keepTold(tx, one.webhook, found.types)
  }
}

interface Meant {
  event: Happened
  type: TypeTold
}

/** What a webhook is told of the events: by the types that it had asked for when each happened. */
function meantFor({ webhook, types: known }: webhooks.Told, events: Happened[]) {
  let types = known
  const meant: Meant[] = []
  for (const event of events) {
    if (event.record !== 'webhook') meant.push(...typesFor(types, event.types).map((type) => ({ event, type })))
    else if (event.recordId === webhook.id) types = typesOf(event.after as Pick<Webhook, 'state' | 'types'> | null)
  }
  return { meant, types, isChanged: types !== known }
}

/** One that is disabled is told nothing; one that is paused is, later. */
const typesOf = (after: Pick<Webhook, 'state' | 'types'> | null) =>
  after === null || after.state === 'disabled' ? [] : after.types

async function keepTold(tx: Transaction, webhook: Webhook, types: Subscribed[]): Promise<void> {
  await lines.findLocked(tx, lineOf(webhook))
  await webhooks.keepTold(tx, webhook, types)
}

function draft(webhook: Webhook, event: Happened, type: TypeTold, companyId: string, now: number): Delivery {
  const id = newUuid()
  return {
    ...lineOf(webhook),
    id,
    eventSeq: event.seq,
    type,
    place: event.seq * typesAtMost + event.types.indexOf(type),
    record: event.record,
    recordId: event.recordId,
    body: payloadOf(event, type, { webhookId: id, companyId, appId: webhook.appId }),
    state: 'waiting',
    dueAt: null,
    tries: 0,
    createdAt: now,
    settledAt: null,
  }
}

/** Puts them in line: the first about each record may be sent at once, unless something about it waits already. */
async function line(tx: Transaction, webhook: Webhook, drafts: Delivery[], now: number): Promise<void> {
  const found = await lines.findLocked(tx, lineOf(webhook))
  if (!found || found.endedAt !== null) return
  const recordIds = [...new Set(drafts.map(({ recordId }) => recordId))]
  const waiting = await deliveries.waitingRecords(tx, found, recordIds)
  const placed = drafts.map((one) => {
    const isFirst = !waiting.has(one.recordId)
    waiting.add(one.recordId)
    return { ...one, dueAt: isFirst ? now : null }
  })
  const added = await deliveries.insert(tx, placed)
  const dueAt = Math.max(Math.min(found.dueAt ?? now, now), found.openAt)
  await lines.update(tx, { ...found, waiting: found.waiting + added, dueAt })
}
