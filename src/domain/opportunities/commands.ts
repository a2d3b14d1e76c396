import type { Transaction } from '../../store/database.ts'
import { seesOpportunity, sightOfNamed } from '../accounts/sight.ts'
import { findUser } from '../accounts/users.ts'
import { commit } from '../commit.ts'
import type { Contact } from '../contacts/contact.ts'
import type { Context } from '../context.ts'
import { resolveValues } from '../customFields/values.ts'
import { notFound } from '../errors.ts'
import { newId } from '../ids.ts'
import { begin, change, type NewOpportunity, type Opportunity } from './opportunity.ts'
import { record } from './record.ts'
import {
  checkNames,
  enrichContact,
  holdBeside,
  placeIn,
  refuseDuplicate,
  requireContact,
  resolve,
  standAlone,
  type Wish,
} from './rules.ts'
import * as opportunities from './table.ts'
import { type OpportunityView, viewOf } from './viewTable.ts'

/** What a new opportunity needs; its stage is the pipeline's first, its owner the contact's, unless named. */
export type NewWish = Wish &
  Pick<NewOpportunity, 'name' | 'pipelineId' | 'status' | 'contactId'> & {
    /** Given where it is fixed beforehand: an import. */
    id?: string
  }

export const createOpportunity = (ctx: Context, wish: NewWish): Promise<OpportunityView> =>
  commit(ctx, async (tx) => viewOf(tx, await insertOpportunity(ctx, tx, wish)))

export async function insertOpportunity(ctx: Context, tx: Transaction, wish: NewWish): Promise<Opportunity> {
  const { locationId } = ctx.caller
  const contact = await requireContact(ctx, tx, wish.contactId, wish)
  const pipelineStageId = await placeIn(tx, locationId, wish.pipelineId, wish.pipelineStageId)
  await checkNames(tx, locationId, wish, wish.status)
  const values = await resolveValues(tx, locationId, 'opportunity', wish.customFields ?? [])
  const customFields = values.filter(({ value }) => value !== null)
  const assignedTo = await ownerOf(ctx, tx, wish, contact)

  const after = begin(wish.id ?? newId(), locationId, { ...wish, pipelineStageId, assignedTo, customFields }, ctx.now())
  await refuseDuplicate(ctx, tx, null, after)
  await enrichContact(ctx, tx, after.contactId, wish)
  await record(ctx, tx, null, after)
  return after
}

/** Unless it is named, the contact's owner, while there is such a user; whoever sees only what is theirs, where nobody is. */
async function ownerOf({ caller }: Context, tx: Transaction, wish: Wish, { locationId, assignedTo }: Contact) {
  if (caller.onlyAssigned) return wish.assignedTo ?? caller.id
  if (wish.assignedTo !== undefined) return wish.assignedTo
  const user = assignedTo ? await findUser(tx, locationId, assignedTo) : undefined
  return user && !user.deleted ? user.id : null
}

/** Changes any part of an opportunity; moving and closing are changes too. */
export const updateOpportunity = (ctx: Context, id: string, wish: Wish): Promise<OpportunityView> =>
  commit(ctx, async (tx) => viewOf(tx, await changeOpportunity(ctx, tx, await findToChange(ctx, tx, id, wish), wish)))

export async function changeOpportunity(ctx: Context, tx: Transaction, before: Opportunity, wish: Wish) {
  const after = change(before, await resolve(ctx, tx, before, wish), ctx.now())
  await refuseDuplicate(ctx, tx, before, after)
  await enrichContact(ctx, tx, after.contactId, wish)
  await record(ctx, tx, before, after)
  return after
}

/** Which followers an upsert adds, takes away, or replaces by none. */
export interface FollowerChange {
  add?: string[]
  remove?: string[]
  removeAll?: boolean
}

export type UpsertWish = Wish &
  Pick<Opportunity, 'pipelineId'> & { id?: string; contactId?: string; following?: FollowerChange }

/** Updates the named opportunity, or the contact's in the pipeline (open ones first), or creates one. */
export function upsertOpportunity(ctx: Context, { id, following = {}, ...wish }: UpsertWish) {
  return commit(ctx, async (tx) => {
    const before = id !== undefined ? await findToChange(ctx, tx, id, wish) : await findMeant(ctx, tx, wish)
    const asked = Object.keys(following).length > 0
    const wanted = asked ? { ...wish, followers: followersAfter(before?.followers ?? [], following) } : wish
    const after = before ? await changeOpportunity(ctx, tx, before, wanted) : await insertMeant(ctx, tx, wanted)
    return { opportunity: await viewOf(tx, after), isNew: !before }
  })
}

async function findMeant(ctx: Context, tx: Transaction, wish: Wish & Pick<Opportunity, 'pipelineId'>) {
  const { locationId } = ctx.caller
  const contactId = wish.contactId as string
  await requireContact(ctx, tx, contactId, wish)
  await holdBeside(tx, locationId, undefined, wish)
  await standAlone(tx, { locationId, contactId, pipelineId: wish.pipelineId })
  const seen = sightOfNamed(ctx.caller).opportunities
  return opportunities.findForUpsert(tx, { locationId, contactId, pipelineId: wish.pipelineId }, seen)
}

async function insertMeant(ctx: Context, tx: Transaction, wish: Wish & Pick<Opportunity, 'pipelineId'>) {
  const contact = await requireContact(ctx, tx, wish.contactId as string, wish)
  const name = wish.name ?? contact.name ?? contact.companyName ?? contact.email ?? contact.phone ?? 'New opportunity'
  return insertOpportunity(ctx, tx, { ...wish, name, status: wish.status ?? 'open', contactId: contact.id })
}

function followersAfter(before: string[], { add = [], remove = [], removeAll }: FollowerChange): string[] {
  const kept = removeAll ? [] : before.filter((id) => !remove.includes(id))
  return [...new Set([...kept, ...add])]
}

/** Puts the opportunity into the bin; for every reader it is gone at once. */
export const deleteOpportunity = (ctx: Context, id: string): Promise<void> =>
  commit(ctx, async (tx) => record(ctx, tx, await findLocked(ctx, tx, id), null))

/** Answers all followers and those that are new. */
export const follow = (ctx: Context, id: string, userIds: string[]) =>
  commit(ctx, async (tx) => {
    const before = await findLocked(ctx, tx, id)
    await checkNames(tx, before.locationId, { followers: userIds }, before.status, before)
    return changeFollowers(ctx, tx, before, { add: userIds })
  })

/** Answers the followers that stay and those that are gone; `all` takes away every one. */
export const unfollow = (ctx: Context, id: string, userIds: string[], all = false) =>
  commit(ctx, async (tx) =>
    changeFollowers(ctx, tx, await findLocked(ctx, tx, id), { remove: userIds, removeAll: all }),
  )

async function changeFollowers(ctx: Context, tx: Transaction, before: Opportunity, wanted: FollowerChange) {
  const after = change(before, { followers: followersAfter(before.followers, wanted) }, ctx.now())
  await record(ctx, tx, before, after)
  return {
    followers: after.followers,
    added: after.followers.filter((userId) => !before.followers.includes(userId)),
    removed: before.followers.filter((userId) => !after.followers.includes(userId)),
  }
}

/** The opportunity, locked, and before it what else the wish needs. */
async function findToChange(ctx: Context, tx: Transaction, id: string, wish: Wish): Promise<Opportunity> {
  await holdBeside(tx, ctx.caller.locationId, id, wish)
  return findLocked(ctx, tx, id)
}

async function findLocked(ctx: Context, tx: Transaction, id: string): Promise<Opportunity> {
  const found = await opportunities.findLocked(tx, ctx.caller.locationId, id)
  if (!found || !seesOpportunity(ctx.caller, found)) throw notFound('Opportunity')
  return found
}
