import { createUser, listUsers } from '../../domain/accounts/users.ts'
import { commit } from '../../domain/commit.ts'
import * as contact from '../../domain/contacts/contact.ts'
import { insertNote } from '../../domain/contacts/notes/commands.ts'
import { record as recordContact } from '../../domain/contacts/record.ts'
import { countAll } from '../../domain/contacts/table.ts'
import { insertTask } from '../../domain/contacts/tasks/commands.ts'
import type { Context } from '../../domain/context.ts'
import { newId } from '../../domain/ids.ts'
import { begin, change, type Opportunity } from '../../domain/opportunities/opportunity.ts'
import { record } from '../../domain/opportunities/record.ts'
import { keepVisit } from '../../domain/opportunities/visits.ts'
import { createLostReason, searchLostReasons } from '../../domain/pipelines/lostReasons.ts'
import { listPipelines } from '../../domain/pipelines/queries.ts'
import type { Transaction } from '../../store/database.ts'
import { Failure } from '../failure.ts'
import { type Deal, type Field, makeDeal } from './deal.ts'
import { lostReasons, owners } from './words.ts'

export interface Options {
  /** Deals to a transaction. */
  batch?: number
  onProgress?: (done: number) => void
  /** Asked before each batch; what is made stays. */
  isStopped?: () => boolean
  /** With more than these, each deal gets one event that shows it as it is, instead of one for every step it took. */
  told?: number
}

/** Makes up `count` opportunities with a contact each, in the location's pipelines, spread over the past year. */
export async function plant(
  ctx: Context,
  count: number,
  { batch = 500, told = 20_000, onProgress, isStopped }: Options = {},
): Promise<void> {
  const field = await prepare(ctx, count)
  for (let from = 0; from < count && !isStopped?.(); from += batch) {
    const to = Math.min(count, from + batch)
    await commit(ctx, async (tx) => {
      for (let number = from; number < to; number++) await plantOne(ctx, tx, makeDeal(field, number), count <= told)
    })
    onProgress?.(to)
  }
}

async function prepare(ctx: Context, count: number): Promise<Field> {
  const pipelines = await listPipelines(ctx)
  if (pipelines.length === 0) throw new Failure('This location has no pipeline to fill.')
  const now = ctx.now()
  const before = { ...ctx, now: () => now - 400 * 86_400_000 }
  return {
    pipelines: pipelines.map(({ id, stages }) => ({ id, stages: stages.map((stage) => stage.id) })),
    owners: await findOwners(before),
    lostReasons: await findLostReasons(before),
    now,
    count,
    offset: await countAll(ctx.store, ctx.caller.locationId),
  }
}

/** Whoever owns it did it, at the time at which it was done. */
async function plantOne(ctx: Context, tx: Transaction, deal: Deal, isTold: boolean): Promise<void> {
  const { locationId } = ctx.caller
  const { assignedTo } = deal.opportunity
  const caller = assignedTo ? ({ ...ctx.caller, kind: 'user', id: assignedTo } as const) : ctx.caller
  const at = (time: number): Context => ({ ...ctx, caller, now: () => time })
  const blank = contact.blank(newId(), locationId, deal.createdAt)
  await recordContact(at(deal.createdAt), tx, null, contact.change(blank, deal.contact, deal.createdAt))

  const states = live(begin(newId(), locationId, { ...deal.opportunity, contactId: blank.id }, deal.createdAt), deal)
  if (!isTold) return plantShort(at, tx, states)
  let before: Opportunity | null = null
  for (const after of states) {
    await record(at(after.updatedAt), tx, before, after)
    before = after
  }
  await plantBeside(at, tx, blank.id, deal)
}

type At = (time: number) => Context

/** The deal as it is; of its way the stages are kept that it has left. */
async function plantShort(at: At, tx: Transaction, states: Opportunity[]): Promise<void> {
  const last = states.at(-1) as Opportunity
  await record(at(last.updatedAt), tx, null, last)
  for (const [number, after] of states.entries()) await keepVisit(tx, states[number - 1] ?? null, after)
}

async function plantBeside(at: At, tx: Transaction, contactId: string, { note, task, opportunity }: Deal) {
  const { assignedTo = null } = opportunity
  if (note) await insertNote(at(note.at), tx, contactId, { body: note.body, userId: assignedTo })
  if (task) await insertTask(at(task.at), tx, contactId, { ...without(task), assignedTo })
}

const without = ({ at: _, ...task }: NonNullable<Deal['task']>) => task

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
    const user = known.find(({ email }) => email === owner.email) ?? (await createUser(ctx, owner))
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
