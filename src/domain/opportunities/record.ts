import type { Transaction } from '../../store/database.ts'
import { keepFollowers } from '../contacts/followers.ts'
import type { Context } from '../context.ts'
import { indexValues } from '../customFields/values.ts'
import { append } from '../outbox.ts'
import { eventsBetween, type Opportunity } from './opportunity.ts'
import * as opportunities from './table.ts'
import { keepTotals } from './totals.ts'
import { keepVisit } from './visits.ts'

/** The one door for writing: the row, what is kept beside it, and its event, together or not at all. */
export async function record(ctx: Context, tx: Transaction, before: Opportunity | null, after: Opportunity | null) {
  if (before === after) return
  const { id, locationId } = (after ?? before) as Opportunity

  const event = await append(ctx, tx, {
    types: eventsBetween(before, after),
    record: 'opportunity',
    recordId: id,
    version: after?.indexVersion ?? (before?.indexVersion ?? 0) + 1,
    before,
    after,
  })
  if (before && after) await opportunities.update(tx, before, after, event)
  else if (after) await opportunities.insert(tx, after, event)
  else if (before) await discard(ctx, tx, before)

  await keepTotals(tx, before, after)
  await keepVisit(tx, before, after)
  if (before?.customFields !== after?.customFields) {
    await indexValues(tx, locationId, id, before?.customFields ?? [], after?.customFields ?? [])
  }
  if (before?.followers !== after?.followers) {
    await keepFollowers(tx, locationId, id, before?.followers ?? [], after?.followers ?? [])
  }
}

async function discard(ctx: Context, tx: Transaction, before: Opportunity) {
  await opportunities.remove(tx, before)
  await opportunities.keepInBin(tx, before, ctx.now())
}
