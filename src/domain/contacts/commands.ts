import type { Database, Transaction } from '../../store/database.ts'
import { getSettings } from '../accounts/locations.ts'
import { seesContact } from '../accounts/sight.ts'
import { requireUser } from '../accounts/users.ts'
import { commit } from '../commit.ts'
import type { Context } from '../context.ts'
import { mergeValues, resolveValues, type ValueInput } from '../customFields/values.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { show } from './beside.ts'
import { blank, type Contact, type ContactChange, type ContactInput, change, requireIdentity } from './contact.ts'
import { requireFollowers } from './followers.ts'
import { emailKey, normalise, unique } from './identity.ts'
import { record } from './record.ts'
import { requireSeen } from './seen.ts'
import * as contacts from './table.ts'

export interface Upserted {
  contact: Contact
  isNew: boolean
}

/** What else an upsert may be told. */
export interface UpsertOptions {
  /** Where the location allows duplicates, a new contact in any case. */
  createNewIfDuplicateAllowed?: boolean
  /** The tags that the contact has stay. */
  addTags?: boolean
}

export async function createContact(ctx: Context, wanted: ContactInput): Promise<Contact> {
  return commit(ctx, (tx) => insertContact(ctx, tx, wanted))
}

/** Changes any part of a contact; its tags are replaced as a whole. */
export async function updateContact(ctx: Context, id: string, wanted: ContactInput): Promise<Contact> {
  return commit(ctx, async (tx) => show(tx, await applyChange(ctx, tx, await requireContact(ctx, tx, id), wanted)))
}

/** Updates the contact with this e-mail address, else with this phone number; creates it when there is none. */
export async function upsertContact(
  ctx: Context,
  wanted: ContactInput,
  options: UpsertOptions = {},
): Promise<Upserted> {
  return commit(ctx, async (tx) => {
    const { contact, isNew } = await putContact(ctx, tx, wanted, options)
    return { contact: await show(tx, contact), isNew }
  })
}

/** Users who want to hear of a contact; answers all of them, and who is new. */
export async function addFollowers(ctx: Context, contactId: string, userIds: string[]) {
  return commit(ctx, async (tx) => {
    await requireFollowers(tx, ctx.caller.locationId, userIds)
    const { before, after } = await changeLocked(ctx, tx, contactId, ({ followers }) => ({
      followers: unique([...followers, ...userIds]),
    }))
    return { followers: after.followers, added: without(after.followers, before.followers) }
  })
}

export async function removeFollowers(ctx: Context, contactId: string, userIds: string[] | 'all') {
  return commit(ctx, async (tx) => {
    const { before, after } = await changeLocked(ctx, tx, contactId, ({ followers }) => ({
      followers: userIds === 'all' ? [] : without(followers, userIds),
    }))
    return { followers: after.followers, removed: without(before.followers, after.followers) }
  })
}

/** `createContact` inside a transaction of the caller's. Whoever sees only what is theirs makes it theirs. */
export async function insertContact(ctx: Context, tx: Transaction, wanted: ContactInput): Promise<Contact> {
  const now = ctx.now()
  const { locationId, onlyAssigned, id } = ctx.caller
  const owned = onlyAssigned ? { ...wanted, assignedTo: wanted.assignedTo ?? id } : wanted
  const after = await wish(tx, blank(newId(), locationId, now), owned, now)
  requireIdentity(after)
  await requireNoDuplicate(ctx, tx, null, after)
  await record(ctx, tx, null, after)
  return after
}

/** `updateContact` inside a transaction of the caller's; `before` is locked. */
export async function applyChange(ctx: Context, tx: Transaction, before: Contact, wanted: ContactInput) {
  const after = await wish(tx, before, wanted, ctx.now())
  if (after === before) return before
  requireIdentity(after)
  await requireNoDuplicate(ctx, tx, before, after)
  await record(ctx, tx, before, after)
  return after
}

/** `upsertContact` inside a transaction of the caller's. */
export async function putContact(
  ctx: Context,
  tx: Transaction,
  wanted: ContactInput,
  { createNewIfDuplicateAllowed = false, addTags = false }: UpsertOptions = {},
): Promise<Upserted> {
  const settings = await getSettings(tx, ctx.caller.locationId)
  const alwaysNew = createNewIfDuplicateAllowed && settings.allowDuplicateContact
  const same = alwaysNew ? undefined : await findSame(ctx, tx, wanted, settings.defaultCountry)
  const before = same && (await seesContact(tx, ctx.caller, same)) ? same : undefined
  if (!before) return { contact: await insertContact(ctx, tx, wanted), isNew: true }
  return { contact: await (addTags ? enrich : applyChange)(ctx, tx, before, wanted), isNew: false }
}

/** `applyChange` that leaves the contact the tags it has. */
export async function enrich(ctx: Context, tx: Transaction, before: Contact, wanted: ContactInput): Promise<Contact> {
  const tags = wanted.tags && [...before.tags, ...wanted.tags]
  return applyChange(ctx, tx, before, { ...wanted, ...(tags && { tags }) })
}

/** A change that follows from what the contact is, in one locked step. */
export async function changeLocked(
  ctx: Context,
  tx: Transaction,
  id: string,
  decide: (before: Contact) => ContactChange,
): Promise<{ before: Contact; after: Contact }> {
  const before = await requireContact(ctx, tx, id)
  const after = change(before, decide(before), ctx.now())
  await record(ctx, tx, before, after)
  return { before, after }
}

/** The contact, locked until the transaction ends. */
export async function requireContact(ctx: Context, tx: Transaction, id: string): Promise<Contact> {
  return requireSeen(ctx, tx, await contacts.findLocked(tx, ctx.caller.locationId, id))
}

/** The contact that a wish means, locked: the one with its e-mail address, else with its phone number. */
async function findSame(ctx: Context, tx: Transaction, wanted: ContactInput, country: string) {
  const { email, phone } = normalise({ email: wanted.email, phone: wanted.phone }, country)
  const { locationId } = ctx.caller
  const { lock } = tx
  await standAlone(tx, locationId, email, phone)
  const byEmail = email ? await contacts.findByEmail(tx, locationId, email, { lock }) : undefined
  return byEmail ?? (phone ? contacts.findByPhone(tx, locationId, phone, { lock }) : undefined)
}

/**
 * Until the transaction ends nobody else gives a contact this address or number, so that what is not found now is not
 * there. An upsert does so before it locks a contact.
 */
async function standAlone(tx: Transaction, locationId: string, email?: string | null, phone?: string | null) {
  const names = [email && `email ${locationId} ${emailKey(email)}`, phone && `phone ${locationId} ${phone}`]
  const taken = names.filter((name) => typeof name === 'string' && name !== '') as string[]
  if (taken.length > 0) await tx.alone(...taken)
}

/** Whom it names must be users; somebody who was there before and was deleted since may stay. */
async function wish(tx: Transaction, before: Contact, input: ContactInput, now: number): Promise<Contact> {
  const { locationId } = before
  const { defaultCountry } = await getSettings(tx, locationId)
  const wanted = normalise(input, defaultCountry)
  const { assignedTo, followers = [] } = wanted
  if (assignedTo && assignedTo !== before.assignedTo) await requireUser(tx, locationId, assignedTo, 'assignedTo')
  await requireFollowers(tx, locationId, followers, before.followers)
  if (input.customFields) wanted.customFields = await valuesAfter(tx, before, input.customFields)
  return change(before, wanted, now)
}

async function valuesAfter(tx: Transaction, before: Contact, inputs: ValueInput[]) {
  return mergeValues(before.customFields, await resolveValues(tx, before.locationId, 'contact', inputs))
}

/** Contract 1.4, row 18. Only what changed can be in the way: e-mail first, then phone. */
async function requireNoDuplicate(ctx: Context, tx: Transaction, before: Contact | null, after: Contact) {
  const sameEmail = emailKey(after.email ?? '') === emailKey(before?.email ?? '')
  const email = sameEmail ? null : after.email
  const phone = after.phone === before?.phone ? null : after.phone
  if (!email && !phone) return
  await standAlone(tx, after.locationId, email, phone)
  const { allowDuplicateContact } = await getSettings(tx, after.locationId)
  if (allowDuplicateContact) return

  const byEmail = email ? await contacts.findByEmail(tx, after.locationId, email, { except: after.id }) : undefined
  if (byEmail) throw await duplicate(ctx, tx, byEmail, 'email')
  const byPhone = phone ? await contacts.findByPhone(tx, after.locationId, phone, { except: after.id }) : undefined
  if (byPhone) throw await duplicate(ctx, tx, byPhone, 'phone')
}

/** Which contact is in the way is told only to whoever sees it. */
async function duplicate(ctx: Context, db: Database, existing: Contact, matchingField: 'email' | 'phone') {
  const isSeen = await seesContact(db, ctx.caller, existing)
  const whose = isSeen ? { contactId: existing.id, contactName: existing.name } : {}
  const meta = { ...whose, matchingField }
  return new DomainError('conflict', 'This location does not allow duplicated contacts.', { meta })
}

const without = (list: string[], others: string[]) => list.filter((item) => !others.includes(item))
