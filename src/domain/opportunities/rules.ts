import type { Transaction } from '../../store/database.ts'
import { getSettings } from '../accounts/locations.ts'
import { requireUser } from '../accounts/users.ts'
import { enrich, putContact } from '../contacts/commands.ts'
import type { Contact, ContactInput } from '../contacts/contact.ts'
import { requireSeen } from '../contacts/seen.ts'
import * as contacts from '../contacts/table.ts'
import type { Context } from '../context.ts'
import { mergeValues, resolveValues, type ValueInput } from '../customFields/values.ts'
import { DomainError, invalid, pipelineMismatch, stageMismatch } from '../errors.ts'
import { requireLostReason } from '../pipelines/lostReasons.ts'
import * as pipelines from '../pipelines/table.ts'
import type { Opportunity, OpportunityChange } from './opportunity.ts'
import * as opportunities from './table.ts'

/** A change as somebody asks for it: custom values by id or key, to be looked up; perhaps something for the contact. */
export type Wish = Omit<OpportunityChange, 'customFields'> & {
  customFields?: ValueInput[]
  /** Written to the contact; tags are added to those it has. */
  contact?: Pick<ContactInput, 'name' | 'email' | 'phone' | 'companyName' | 'tags'>
}

/** The contact stays until the transaction ends; where the wish writes to it, it is ours from the start. */
export async function requireContact(ctx: Context, tx: Transaction, id: string, wish: Wish): Promise<Contact> {
  const find = wish.contact ? contacts.findLocked : contacts.findKept
  return requireSeen(ctx, tx, await find(tx, ctx.caller.locationId, id))
}

/** Writes to the contact what came with its opportunity. */
export async function enrichContact(ctx: Context, tx: Transaction, contactId: string, wish: Wish): Promise<void> {
  const { contact } = wish
  if (!contact) return
  await enrich(ctx, tx, await requireContact(ctx, tx, contactId, wish), contact)
}

/**
 * The wish with the id of the contact that it names by e-mail or phone alone: found, else created, and told what is
 * known of it. Comes before everything else, as an upsert of the contact would.
 */
export async function meetContact<Asked extends Wish>(ctx: Context, tx: Transaction, wish: Asked): Promise<Asked> {
  const { contact, ...rest } = wish
  if (wish.contactId !== undefined || !(contact?.email || contact?.phone)) return wish
  const met = await putContact(ctx, tx, contact, { addTags: true })
  return { ...(rest as Asked), contactId: met.contact.id }
}

/**
 * What a change needs beside the opportunity it locks, in the order of whoever starts from there: a contact takes its
 * opportunities along, a stage or pipeline that goes moves or deletes them. Nobody then waits for somebody who waits.
 */
export async function holdBeside(tx: Transaction, locationId: string, id: string | undefined, wish: Wish) {
  if (wish.contact && id !== undefined) {
    const contactId = wish.contactId ?? (await opportunities.findContactId(tx, locationId, id))
    if (contactId) await contacts.findLocked(tx, locationId, contactId)
  }
  if (wish.pipelineStageId !== undefined) await pipelines.keepStage(tx, locationId, wish.pipelineStageId)
}

/**
 * The stage that a pipeline and perhaps a stage mean: the first of the pipeline unless one of it is named. It stays
 * until the transaction ends.
 */
export async function placeIn(tx: Transaction, locationId: string, pipelineId: string, stageId?: string) {
  if (stageId !== undefined && (await pipelines.keepStage(tx, locationId, stageId)) === pipelineId) return stageId
  const first = await pipelines.keepFirstStage(tx, locationId, pipelineId)
  if (!first) throw pipelineMismatch()
  if (stageId !== undefined) throw stageMismatch()
  return first
}

/** From what is asked to what changes: places, people and values looked up; refused where one does not exist. */
export async function resolve(ctx: Context, tx: Transaction, before: Opportunity, wish: Wish) {
  const { locationId } = before
  const { customFields, contact: _, ...wanted } = wish
  const change: OpportunityChange = { ...wanted }

  const pipelineId = wanted.pipelineId ?? before.pipelineId
  const elsewhere = pipelineId !== before.pipelineId
  if (elsewhere || (wanted.pipelineStageId !== undefined && wanted.pipelineStageId !== before.pipelineStageId)) {
    change.pipelineStageId = await placeIn(tx, locationId, pipelineId, wanted.pipelineStageId)
  }
  if (wanted.contactId !== undefined && wanted.contactId !== before.contactId) {
    await requireContact(ctx, tx, wanted.contactId, wish)
  }
  if (customFields) {
    change.customFields = mergeValues(
      before.customFields,
      await resolveValues(tx, locationId, 'opportunity', customFields),
    )
  }
  await checkNames(tx, locationId, wanted, wanted.status ?? before.status, before)
  return change
}

/** The people and the reason that a wish names must be there, unless the opportunity has them already. */
export async function checkNames(
  tx: Transaction,
  locationId: string,
  wish: Wish,
  status: string,
  before?: Opportunity,
): Promise<void> {
  const { assignedTo, followers = [], lostReasonId } = wish
  if (assignedTo && assignedTo !== before?.assignedTo) await requireUser(tx, locationId, assignedTo, 'assignedTo')
  for (const [at, userId] of followers.entries()) {
    if (!before?.followers.includes(userId)) await requireUser(tx, locationId, userId, `followers.${at}`)
  }
  if (!lostReasonId) return
  if (status !== 'lost') throw invalid('lostReasonId is only allowed when status is lost')
  if (lostReasonId !== before?.lostReasonId) await requireLostReason(tx, locationId, lostReasonId)
}

/**
 * Contract 4.2.1: while the location does not allow it, a contact has one opportunity in a pipeline. Which one is in the
 * way is not told to whoever may not see it.
 */
export async function refuseDuplicate(ctx: Context, tx: Transaction, before: Opportunity | null, after: Opportunity) {
  if (before && before.contactId === after.contactId && before.pipelineId === after.pipelineId) return
  const { allowDuplicateOpportunity } = await getSettings(tx, after.locationId)
  if (allowDuplicateOpportunity) return
  await standAlone(tx, after)
  const existingId = await opportunities.findDuplicate(tx, after)
  if (!existingId) return
  throw new DomainError('conflict', 'Can not create duplicate opportunity for the contact.', {
    name: 'OPPORTUNITY_NO_DUPLICATE',
    ...(!ctx.caller.onlyAssigned && { meta: { existingId } }),
  })
}

/** Until the transaction ends nobody else looks for, or makes, an opportunity of the contact in the pipeline. */
export const standAlone = (tx: Transaction, { locationId, contactId, pipelineId }: Place): Promise<void> =>
  tx.alone(`opportunity ${locationId} ${contactId} ${pipelineId}`)

type Place = Pick<Opportunity, 'locationId' | 'contactId' | 'pipelineId'>
