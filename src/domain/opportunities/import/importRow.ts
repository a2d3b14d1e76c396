import type { Transaction } from '../../../store/database.ts'
import { seesOpportunity } from '../../accounts/sight.ts'
import { commit } from '../../commit.ts'
import { putContact } from '../../contacts/commands.ts'
import type { Context } from '../../context.ts'
import { invalid, notFound } from '../../errors.ts'
import { changeOpportunity, insertOpportunity } from '../commands.ts'
import type { Opportunity } from '../opportunity.ts'
import { holdBeside, standAlone, type Wish } from '../rules.ts'
import * as opportunities from '../table.ts'
import type { Known } from './known.ts'
import type { Plan } from './plan.ts'
import * as table from './table.ts'

/** What became of a row that was not refused. */
export interface Imported {
  action: 'create' | 'update' | 'unchanged'
  id: string
  contact: 'created' | 'found'
}

interface Met {
  wish: Wish
  isNewContact: boolean
}

/**
 * A row as one transaction: its contact found or created by e-mail or phone, then its deal found by its id, else by its
 * name among those of the contact in the pipeline, or created. So a file that is sent twice changes nothing the second
 * time.
 */
export function importRow(ctx: Context, plan: Plan, known: Known): Promise<Imported> {
  return commit(ctx, async (tx) => {
    const met = await meet(ctx, tx, plan.wish)
    const contact = met.isNewContact ? 'created' : 'found'
    const before = await findBefore(ctx, tx, plan, met.wish, known)
    if (!before) {
      const { id } = await insertOpportunity(ctx, tx, newWish(plan, met.wish, known))
      return { action: 'create', id, contact }
    }
    const after = await changeOpportunity(ctx, tx, before, met.wish)
    return { action: after === before ? 'unchanged' : 'update', id: before.id, contact }
  })
}

/** As `meetContact`, and whether somebody new was met. */
async function meet(ctx: Context, tx: Transaction, wish: Wish): Promise<Met> {
  const { contact, ...rest } = wish
  if (wish.contactId !== undefined || !(contact?.email || contact?.phone)) return { wish, isNewContact: false }
  const met = await putContact(ctx, tx, contact, { addTags: true })
  return { wish: { ...rest, contactId: met.contact.id }, isNewContact: met.isNew }
}

async function findBefore(ctx: Context, tx: Transaction, plan: Plan, wish: Wish, known: Known) {
  if (plan.id !== undefined) return findById(ctx, tx, plan, wish)
  const { locationId } = ctx.caller
  const { contactId } = wish
  const pipelineId = pipelineOf(wish, known)
  const name = nameOf(plan)
  if (contactId === undefined || pipelineId === undefined || name === undefined) return undefined
  await holdBeside(tx, locationId, undefined, wish)
  await standAlone(tx, { locationId, contactId, pipelineId })
  const id = await table.findSame(tx, { locationId, contactId, pipelineId, name })
  return id === undefined ? undefined : findSeen(ctx, tx, id)
}

async function findById(ctx: Context, tx: Transaction, { id = '', idText = '' }: Plan, wish: Wish) {
  const { locationId } = ctx.caller
  await holdBeside(tx, locationId, id, wish)
  await tx.alone(`opportunity import ${locationId} ${id}`)
  const before = await opportunities.findLocked(tx, locationId, id)
  if (before && !seesOpportunity(ctx.caller, before)) throw notFound('Opportunity')
  if (!before && (await table.isInBin(tx, locationId, id))) throw invalid(`id ${idText} was deleted: restore it first`)
  return before
}

async function findSeen(ctx: Context, tx: Transaction, id: string): Promise<Opportunity | undefined> {
  const found = await opportunities.findLocked(tx, ctx.caller.locationId, id)
  return found && seesOpportunity(ctx.caller, found) ? found : undefined
}

function newWish(plan: Plan, wish: Wish, known: Known) {
  const pipelineId = pipelineOf(wish, known)
  const name = nameOf(plan)
  const { contactId } = wish
  if (pipelineId === undefined) throw invalid('pipeline should not be empty')
  if (contactId === undefined) throw invalid('email should not be empty where there is no phone either')
  if (name === undefined) throw invalid('name should not be empty')
  const { id } = plan
  return {
    ...wish,
    ...(id !== undefined && { id }),
    pipelineId,
    contactId,
    name,
    status: wish.status ?? 'open',
  } as const
}

/** The only one there is needs no naming. */
const pipelineOf = ({ pipelineId }: Wish, { pipelines }: Known) =>
  pipelineId ?? (pipelines.length === 1 ? pipelines[0]?.id : undefined)

/** What a deal is called that nobody gave a name. */
export const nameOf = ({ wish: { name, contact } }: Plan): string | undefined =>
  name ?? contact?.name ?? contact?.companyName ?? contact?.email ?? contact?.phone ?? undefined
