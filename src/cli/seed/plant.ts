import { createUser, listUsers } from '../../domain/accounts/users.ts'
import { commit } from '../../domain/commit.ts'
import * as contact from '../../domain/contacts/contact.ts'
import { record as recordContact } from '../../domain/contacts/record.ts'
import { countAll } from '../../domain/contacts/table.ts'
import type { Context } from '../../domain/context.ts'
import { newId } from '../../domain/ids.ts'
import { begin, change, type Opportunity } from '../../domain/opportunities/opportunity.ts'
import { record } from '../../domain/opportunities/record.ts'
import { createLostReason, searchLostReasons } from '../../domain/pipelines/lostReasons.ts'
import { listPipelines } from '../../domain/pipelines/queries.ts'
import type { Transaction } from '../../store/database.ts'
import { Failure } from '../failure.ts'
import { type Deal, type Field, makeDeal } from './deal.ts'
import { lostReasons, owners } from './words.ts'

interface Options {
  /** Deals to a transaction. */
  batch?: number
  onProgress?: (done: number) => void
  /** Asked before each batch; what is made stays. */
  isStopped?: () => boolean
}

/** With more than these, each deal gets one event that shows it as it is, instead of one for every step it took. */
const told = 20_000

/** Makes up `count` opportunities with a contact each, spread over the past year. */
export async function plant(
  ctx: Context,
  count: number,
  { batch = 500, onProgress, isStopped }: Options = {},
): Promise<void> {
  const field = await prepare(ctx, count)
  for (let from = 0; from < count && !isStopped?.(); from += batch) {
    const to = Math.min(count, from + batch)
    await commit(ctx, async (tx) => {
      for (let number = from; number < to; number++) await plantOne(ctx, tx, field, makeDeal(field, number))
    })
    onProgress?.(to)
  }
}

async function prepare(ctx: Context, count: number): Promise<Field> {
  const pipeline = (await listPipelines(ctx))[0]
  if (!pipeline) throw new Failure('This location has no pipeline to fill.')
  return {
    pipelineId: pipeline.id,
    stages: pipeline.stages.map(({ id }) => id),
    owners: await findOwners(ctx),
    lostReasons: await findLostReasons(ctx),
    now: ctx.now(),
    count,
    offset: await countAll(ctx.store, ctx.caller.locationId),
  }
}

async function plantOne(ctx: Context, tx: Transaction, field: Field, deal: Deal): Promise<void> {
  const { locationId } = ctx.caller
  const at = (time: number): Context => ({ ...ctx, now: () => time })
  const blank = contact.blank(newId(), locationId, deal.createdAt)
  await recordContact(at(deal.createdAt), tx, null, contact.change(blank, deal.contact, deal.createdAt))

  const states = live(begin(newId(), locationId, { ...deal.opportunity, contactId: blank.id }, deal.createdAt), deal)
  if (field.count > told) states.splice(0, states.length - 1)
  let before: Opportunity | null = null
  for (const after of states) {
    await record(at(after.updatedAt), tx, before, after)
    before = after
  }
}

/** What the opportunity was after each change, as it began first. */
function live(begun: Opportunity, { changes }: Deal): Opportunity[] {
  const states = [begun]
  for (const { at, wanted } of changes) states.push(change(states.at(-1) as Opportunity, wanted, at))
  return states
}

/** The salespeople of an earlier planting, else new ones. */
async function findOwners(ctx: Context): Promise<string[]> {
  const known = await listUsers(ctx)
  const ids: string[] = []
  for (const owner of owners) {
    const user = known.find(({ email }) => email === owner.email) ?? (await createUser(ctx, { ...owner, role: 'user' }))
    ids.push(user.id)
  }
  return ids
}

async function findLostReasons(ctx: Context): Promise<string[]> {
  const { lostReasons: known } = await searchLostReasons(ctx, { deleted: false, skip: 0, limit: 100 })
  if (known.length > 0) return known.map(({ id }) => id)
  const ids: string[] = []
  for (const name of lostReasons) ids.push((await createLostReason(ctx, name)).id)
  return ids
}
