import { createHash } from 'node:crypto'
import { tellChanged } from '../../../domain/commit.ts'
import type { Context } from '../../../domain/context.ts'
import { DomainError, notFound } from '../../../domain/errors.ts'
import { newId } from '../../../domain/ids.ts'
import { issuesOf } from '../../../domain/validate.ts'
import type { Transaction } from '../../../store/database.ts'
import type { Published, Workflow } from '../definition/workflow.ts'
import { begin } from '../runs/begin.ts'
import { contextWithin } from '../runs/steps/within.ts'
import * as runs from '../runs/table.ts'
import * as workflows from '../table.ts'
import inboundWebhook, { type InboundSettings } from '../triggers/inboundWebhook.ts'
import { isMeant } from './arrive.ts'
import { meet } from './meet.ts'
import { textAt } from './path.ts'
import { Signature, type Signed, verify } from './signature.ts'
import { type Address, findAddress, type HookOutcome, keepSample } from './table.ts'

export interface Arrived extends Signed {
  payload: Record<string, unknown>
}

export interface Received {
  /** Whether this very event came before; then nothing was done. */
  isDuplicate: boolean
  outcome: HookOutcome
  /** Nothing was done: it is to be sent again later. */
  isPutOff: boolean
}

type House = Pick<Context, 'store' | 'now' | 'wake'>

/**
 * Takes in what somebody sent to the address of a workflow. An event that says which it is counts once, for ever: how
 * often, and how many at once, it is sent. Who it is about is found, or made, in the same transaction as the run. Where
 * that cannot be, nothing counts: the sender hears why, and whoever looks at the samples does.
 */
export async function receive(house: House, secret: string, arrived: Arrived): Promise<Received> {
  const { store, now, wake } = house
  const address = await findAddress(store, secret)
  const workflow = address && (await workflows.find(store, address.locationId, address.workflowId))
  if (!address || !workflow) throw notFound('Hook')
  const published = await publishedOf(house, workflow)
  const settings = settingsOf(published, workflow)
  if (isWhole(settings.signature)) verify(settings.signature, arrived, now())
  try {
    return await store.transaction((tx) => takeIn(house, tx, { address, published, settings }, arrived))
  } catch (error) {
    if (error instanceof DomainError) await keepRefused(house, address, arrived.payload, error.message)
    throw error
  } finally {
    wake()
    tellChanged(store, address.locationId)
  }
}

const keepRefused = ({ store, now }: House, address: Address, payload: unknown, reason: string) =>
  store.transaction((tx) => keepSample(tx, address, { id: newId(), payload, outcome: 'refused', reason, at: now() }))

interface Meant {
  address: Address
  /** Null where nobody can enter; while it is paused, nobody does yet. */
  published: Published | null
  settings: InboundSettings
}

async function publishedOf({ store }: House, { locationId, id, version, state, triggerType }: Workflow) {
  if (!['published', 'paused'].includes(state) || triggerType !== inboundWebhook.type) return null
  return (await workflows.findVersion(store, locationId, id, version)) ?? null
}

const settingsOf = (published: Published | null, { draft }: Workflow): InboundSettings =>
  ((published?.definition ?? draft).trigger?.filters ?? {}) as InboundSettings

async function takeIn(house: House, tx: Transaction, meant: Meant, arrived: Arrived): Promise<Received> {
  const { address, published, settings } = meant
  const { payload } = arrived
  const now = house.now()
  const keep = async (outcome: HookOutcome) => {
    await keepSample(tx, address, { id: newId(), payload, outcome, reason: null, at: now })
    return { isDuplicate: false, outcome, isPutOff: false }
  }
  if (!published) return keep('captured')
  const data = { type: inboundWebhook.type, at: new Date(now).toISOString(), payload }
  if (!isMeant(settings, data)) return keep('passed over')
  if (published.state === 'paused') return { ...(await keep('captured')), isPutOff: true }
  const start = { cause: causeOf(settings, arrived), contactId: null, opportunityId: null, data, depth: 0 }
  const id = await begin(tx, published, start, now)
  if (id === undefined) return { isDuplicate: true, outcome: 'started', isPutOff: false }
  await nameSubject(house, tx, { ...meant, id }, payload)
  return keep('started')
}

/** A draft may have one that nothing can be signed by yet. */
const isWhole = (signature: Signature | undefined): signature is Signature =>
  signature !== undefined && issuesOf(Signature, signature, '').length === 0

/** The run knows whom it is about before its first step. */
async function nameSubject(
  house: House,
  tx: Transaction,
  { address, settings, id }: Meant & { id: string },
  payload: unknown,
) {
  const run = await runs.findLocked(tx, address.locationId, id)
  if (!run) return
  const about = await meet(contextWithin(house, tx, run), tx, settings, payload)
  await runs.update(tx, { ...run, ...about }, null)
}

const longest = 200

/** What does not say which event it is counts each time; Standard Webhooks say it in a header, which is signed. */
function causeOf({ eventId, signature }: InboundSettings, { headers, payload }: Arrived): string {
  const ofHeader = signature?.scheme === 'standard' ? headers['webhook-id'] : undefined
  const id = textAt(payload, eventId) ?? (typeof ofHeader === 'string' ? ofHeader : newId())
  return `inbound ${id.length > longest ? createHash('sha256').update(id).digest('hex') : id}`
}
