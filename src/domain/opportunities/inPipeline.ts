import type { Database, Transaction } from '../../store/database.ts'
import { seesOpportunity } from '../accounts/sight.ts'
import { commit } from '../commit.ts'
import type { Context } from '../context.ts'
import { type DomainError, invalid, notFound } from '../errors.ts'
import { getPipeline } from '../pipelines/queries.ts'
import * as pipelines from '../pipelines/table.ts'
import { changeOpportunity, insertOpportunity, type NewWish } from './commands.ts'
import type { Opportunity } from './opportunity.ts'
import { type Found, type Search, searchOpportunities } from './queries.ts'
import { record } from './record.ts'
import { holdBeside, meetContact, type Wish } from './rules.ts'
import * as opportunities from './table.ts'
import { type OpportunityView, view, viewOf } from './viewTable.ts'

/*
 * Opportunities as those know them who come by way of a pipeline: what is in another one is not found in this. The
 * contact may be named by e-mail or phone; it is found or created in the same transaction.
 */

/** Where an opportunity is looked for. */
export interface Address {
  pipelineId: string
  id: string
}

export async function getOpportunityIn(ctx: Context, { pipelineId, id }: Address): Promise<OpportunityView> {
  const { locationId } = ctx.caller
  const found = await view(ctx.store, locationId, id)
  if (found?.pipelineId !== pipelineId || !seesOpportunity(ctx.caller, found))
    throw await missing(ctx.store, locationId, pipelineId)
  return found
}

/** `searchOpportunities` in a pipeline that must be there. */
export async function searchOpportunitiesIn(ctx: Context, pipelineId: string, search: Search): Promise<Found> {
  const inIt = { field: 'pipeline_id', operator: 'eq', value: pipelineId } as const
  const found = await searchOpportunities(ctx, { ...search, filters: [inIt, ...search.filters] })
  if (found.total === 0) await getPipeline(ctx, pipelineId)
  return found
}

/** What a new opportunity needs beside its pipeline; its contact by id, or by e-mail or phone. */
export type NewWishIn = Omit<NewWish, 'pipelineId' | 'contactId'> & Pick<Wish, 'contactId'>

export function createOpportunityIn(ctx: Context, pipelineId: string, wish: NewWishIn): Promise<OpportunityView> {
  return commit(ctx, async (tx) => {
    if (!(await pipelines.find(tx, ctx.caller.locationId, pipelineId))) throw notFound('Pipeline')
    const { contactId, ...met } = await meetContact(ctx, tx, wish)
    if (contactId === undefined) throw invalid('contactId, email or phone should not be empty')
    return viewOf(tx, await insertOpportunity(ctx, tx, { ...met, contactId, pipelineId }))
  })
}

/** A contact named by e-mail or phone alone becomes the opportunity's. */
export function updateOpportunityIn(ctx: Context, address: Address, wish: Wish): Promise<OpportunityView> {
  return commit(ctx, async (tx) => {
    const met = await meetContact(ctx, tx, wish)
    await holdBeside(tx, ctx.caller.locationId, address.id, met)
    const before = await findLocked(ctx, tx, address)
    return viewOf(tx, await changeOpportunity(ctx, tx, before, met))
  })
}

export function deleteOpportunityIn(ctx: Context, address: Address): Promise<void> {
  return commit(ctx, async (tx) => record(ctx, tx, await findLocked(ctx, tx, address), null))
}

async function findLocked(ctx: Context, tx: Transaction, { pipelineId, id }: Address): Promise<Opportunity> {
  const { locationId } = ctx.caller
  const found = await opportunities.findLocked(tx, locationId, id)
  if (found?.pipelineId !== pipelineId || !seesOpportunity(ctx.caller, found))
    throw await missing(tx, locationId, pipelineId)
  return found
}

/** Says which of the two is not there. */
async function missing(db: Database, locationId: string, pipelineId: string): Promise<DomainError> {
  return notFound((await pipelines.find(db, locationId, pipelineId)) ? 'Opportunity' : 'Pipeline')
}
