import type { Context } from '../../../domain/context.ts'
import type { Transaction } from '../../../store/database.ts'
import type { Automation } from '../../context.ts'
import type { Delivery, Line, LineKey } from '../deliveries/delivery.ts'
import * as lines from '../deliveries/lineTable.ts'
import * as deliveries from '../deliveries/table.ts'
import { record } from '../record.ts'
import * as webhooks from '../table.ts'
import { turn, type Webhook } from '../webhook.ts'
import { room } from './health.ts'
import { type Result, settle } from './settle.ts'

/** How long a line belongs to who claimed it last: longer than an attempt may take. */
const lease = 30_000

/** What a process brings when it comes to a line, and what it would like to do there. */
export interface Wish {
  /** The name that it has the line by; null where it has yet to take it. */
  held: string | null
  /** The name that it will have it by. */
  claim: string
  results: Result[]
  /** How many attempts go on meanwhile. */
  underWay: number
  /** Whether it wants nothing more than to hand the line back. */
  isEnding: boolean
}

/** What it is given to do. */
export interface Taken {
  /** By which the line is held; null where it is not, any more. */
  held: string | null
  webhook: Webhook | undefined
  heads: Delivery[]
  /** Whether more could begin, if there were more. */
  hasRoom: boolean
  /** Why nothing more is sent, where that was decided here. */
  stopped: string | null
}

const nothing: Taken = { held: null, webhook: undefined, heads: [], hasRoom: false, stopped: null }

/**
 * One transaction of a process with a line: notes what came of its attempts, and takes the next deliveries that are due,
 * or hands the line back. Undisturbed, for whoever comes to the line has its row alone.
 */
export async function takeTurn(automation: Automation, tx: Transaction, key: LineKey, wish: Wish): Promise<Taken> {
  const now = automation.now()
  const line = await lines.findLocked(tx, key)
  if (!line) return nothing
  if (!isOurs(line, wish, now)) {
    await settle(tx, line, undefined, wish.results, now)
    return nothing
  }
  const webhook = await webhooks.find(tx, key.locationId, key.webhookId)
  const settled = await settle(tx, line, webhook, wish.results, now)
  const current = webhook && (await stop(automation, tx, webhook, settled.reason))
  const taken = await takeHeads(tx, settled.line, current, wish, now)
  if (tx.id) tx.prove(lines.proof({ ...line, claim: wish.claim }))
  return { ...taken, webhook: current, stopped: settled.reason }
}

/** Free and with something due, where it has yet to be taken; else still held by the name. */
const isOurs = ({ claim, claimedUntil, dueAt }: Line, { held }: Wish, now: number) =>
  held === null ? claimedUntil <= now && dueAt !== null && dueAt <= now : claim === held

async function takeHeads(tx: Transaction, line: Line, webhook: Webhook | undefined, wish: Wish, now: number) {
  const isActive = webhook?.state === 'active'
  const free = isActive && !wish.isEnding ? room(line, wish.underWay, now) : 0
  const heads = free > 0 ? await deliveries.take(tx, line, now, now + lease, free) : []
  const next = isActive ? await deliveries.nextDue(tx, line) : null
  const isHeld = heads.length + wish.underWay > 0
  await lines.update(tx, {
    ...line,
    dueAt: next === null ? null : Math.max(next, line.openAt),
    claim: wish.claim,
    claimedUntil: isHeld ? now + lease : 0,
  })
  return { held: isHeld ? wish.claim : null, heads, hasRoom: free > heads.length }
}

async function stop(automation: Automation, tx: Transaction, webhook: Webhook, reason: string | null) {
  if (reason === null) return webhook
  const stopped = turn(webhook, 'disabled', reason, automation.now())
  await record(systemContext(automation, webhook.locationId), tx, webhook, stopped)
  return stopped
}

/** Nobody asked: the program itself stops sending. */
function systemContext({ store, now, wake }: Automation, locationId: string): Context {
  return { store, now, wake, caller: { locationId, kind: 'system', id: 'webhooks', scopes: new Set() } }
}
