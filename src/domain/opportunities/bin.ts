import type { Transaction } from '../../store/database.ts'
import { seesOpportunity } from '../accounts/sight.ts'
import { commit } from '../commit.ts'
import * as contacts from '../contacts/table.ts'
import type { Context } from '../context.ts'
import * as customFields from '../customFields/table.ts'
import { invalid, notFound } from '../errors.ts'
import { contactNames, type NamedDoer, nameDoers } from '../history/names.ts'
import { doersOf } from '../history/table.ts'
import * as pipelines from '../pipelines/table.ts'
import type { Binned, BinPlace } from './binTable.ts'
import * as bin from './binTable.ts'
import type { Opportunity } from './opportunity.ts'
import { record } from './record.ts'
import { refuseDuplicate } from './rules.ts'
import { type OpportunityView, viewOf } from './viewTable.ts'

/** How long what was deleted can be restored, in ms. */
export const binLife = 60 * 24 * 60 * 60 * 1000

/** Something in the bin, as a person looks for it. */
export interface BinEntry extends Binned {
  /** Null once the contact is gone, or where it has no name. */
  contactName: string | null
  deletedBy: NamedDoer | null
}

/** What was deleted last comes first. */
export async function getBin(ctx: Context, { after, limit }: { after?: BinPlace | undefined; limit: number }) {
  const { store, caller } = ctx
  const { locationId } = caller
  const rows = await bin.list(store, caller, after, limit + 1)
  const page = rows.slice(0, limit)
  const ids = page.map(({ opportunity }) => opportunity.id)
  const names = await contactNames(store, locationId, [...new Set(page.map(({ opportunity: o }) => o.contactId))])
  const doers = await doersOf(store, locationId, ids, 'OpportunityDelete')
  const nameDoer = await nameDoers(store, locationId, [...doers.values()])
  const entries = page.map((one): BinEntry => {
    const doer = doers.get(one.opportunity.id)
    const contactName = names.get(one.opportunity.contactId) ?? null
    return { ...one, contactName, deletedBy: doer ? nameDoer(doer) : null }
  })
  return { entries, more: rows.length > limit }
}

/**
 * Takes an opportunity out of the bin, by its old id. Where its stage is gone it comes to the first of its pipeline, where
 * the pipeline is, to the first of the location; custom values whose field is gone stay behind. To the world it is created.
 */
export const restoreOpportunity = (ctx: Context, id: string): Promise<OpportunityView> =>
  commit(ctx, async (tx) => {
    const { locationId } = ctx.caller
    await tx.alone(`bin ${locationId} ${id}`)
    const found = await bin.find(tx, locationId, id)
    if (!found || !seesOpportunity(ctx.caller, found.opportunity)) throw notFound('Opportunity')

    const after = await revive(tx, found.opportunity, ctx.now())
    await refuseDuplicate(ctx, tx, null, after)
    if (!(await bin.remove(tx, locationId, id))) throw notFound('Opportunity')
    await record(ctx, tx, null, after)
    return viewOf(tx, after)
  })

/** As it comes back: what it needs is held until the transaction ends. */
async function revive(tx: Transaction, before: Opportunity, now: number): Promise<Opportunity> {
  const { locationId, contactId } = before
  if (!(await contacts.findKept(tx, locationId, contactId)))
    throw invalid('contactId is that of a contact that was deleted, without which the opportunity cannot be restored')
  const place = await placeAgain(tx, before)
  const isMoved = place.pipelineStageId !== before.pipelineStageId
  return {
    ...before,
    ...place,
    customFields: await valuesLeft(tx, before),
    // The deletion was a version of its own.
    indexVersion: before.indexVersion + 2,
    lastStageChangeAt: isMoved ? now : before.lastStageChangeAt,
    lastActionAt: now,
    updatedAt: now,
  }
}

async function placeAgain(tx: Transaction, { locationId, pipelineId, pipelineStageId }: Opportunity) {
  if ((await pipelines.keepStage(tx, locationId, pipelineStageId)) === pipelineId)
    return { pipelineId, pipelineStageId }
  const others = (await pipelines.list(tx, locationId)).map(({ id }) => id)
  for (const id of [pipelineId, ...others]) {
    const first = await pipelines.keepFirstStage(tx, locationId, id)
    if (first) return { pipelineId: id, pipelineStageId: first }
  }
  throw invalid('pipelineId is that of a pipeline that was deleted, and the location has no other')
}

async function valuesLeft(tx: Transaction, { locationId, customFields: values }: Opportunity) {
  const ids = values.map(({ id }) => id)
  const fields = await customFields.findNamed(tx, locationId, ids, [], tx.keep)
  return values.filter(({ id }) => fields.some((field) => field.id === id))
}
