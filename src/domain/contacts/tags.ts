import type { Database, Transaction } from '../../store/database.ts'
import { commit } from '../commit.ts'
import type { Context } from '../context.ts'
import { DomainError, invalid, notFound } from '../errors.ts'
import { newId } from '../ids.ts'
import { changeLocked } from './commands.ts'
import { type Contact, change } from './contact.ts'
import { tags as normalise, unique } from './identity.ts'
import { record, recordTag } from './record.ts'
import * as contacts from './table.ts'
import type { Tag } from './tagTable.ts'
import * as tags from './tagTable.ts'

export type { Tag } from './tagTable.ts'

/** Contacts held in memory at a time while a tag that thousands have changes. */
const batch = 200

export const listTags = (ctx: Context): Promise<Tag[]> => tags.list(ctx.store, ctx.caller.locationId)

export const getTag = (ctx: Context, id: string): Promise<Tag> => requireTag(ctx, ctx.store, id)

export async function createTag(ctx: Context, name: string): Promise<Tag> {
  return commit(ctx, async (tx) => {
    const tag = { id: newId(), name: nameOf(name), locationId: ctx.caller.locationId }
    await requireFree(ctx, tx, tag.name)
    await recordTag(ctx, tx, null, tag)
    return tag
  })
}

/** The contacts that have the tag follow. */
export async function renameTag(ctx: Context, id: string, name: string): Promise<Tag> {
  return commit(ctx, async (tx) => {
    const before = await requireTag(ctx, tx, id)
    const after = { ...before, name: nameOf(name) }
    if (before.name === after.name) return before
    await requireFree(ctx, tx, after.name)
    await recordTag(ctx, tx, before, after)
    await replaceTag(ctx, tx, before.name, [after.name])
    return after
  })
}

/** The tag leaves the contacts that have it. */
export async function deleteTag(ctx: Context, id: string): Promise<Tag> {
  return commit(ctx, async (tx) => {
    const before = await requireTag(ctx, tx, id)
    await recordTag(ctx, tx, before, null)
    await replaceTag(ctx, tx, before.name, [])
    return before
  })
}

/** Answers all tags of the contact, and which are new to it. */
export async function addTags(ctx: Context, contactId: string, names: string[]) {
  return commit(ctx, (tx) => tagContact(ctx, tx, contactId, names))
}

/** Answers the tags that remain, and which are gone. */
export async function removeTags(ctx: Context, contactId: string, names: string[] | 'all') {
  return commit(ctx, (tx) => untagContact(ctx, tx, contactId, names))
}

/** `addTags` inside a transaction of the caller's. */
export async function tagContact(ctx: Context, tx: Transaction, contactId: string, names: string[]) {
  const { before, after } = await changeLocked(ctx, tx, contactId, (contact) => ({
    tags: unique([...contact.tags, ...normalise(names)]),
  }))
  return { tags: after.tags, added: without(after.tags, before.tags), before: before.tags }
}

/** `removeTags` inside a transaction of the caller's. */
export async function untagContact(ctx: Context, tx: Transaction, contactId: string, names: string[] | 'all') {
  const { before, after } = await changeLocked(ctx, tx, contactId, (contact) => ({
    tags: names === 'all' ? [] : without(contact.tags, normalise(names)),
  }))
  return { tags: after.tags, removed: without(before.tags, after.tags), before: before.tags }
}

/** What became of one contact of many; `tagsBefore` is absent where there is no such contact. */
export interface TagChange {
  contactId: string
  tagsBefore?: string[]
  added: string[]
  removed: string[]
}

/** Adds or removes tags of many contacts; those that do not exist are told apart, the others change together. */
export async function updateTagsOfMany(
  ctx: Context,
  contactIds: string[],
  wanted: { add: string[] } | { remove: string[] | 'all' },
): Promise<TagChange[]> {
  return commit(ctx, async (tx) => {
    const changes: TagChange[] = []
    for (const id of contactIds) changes.push(await updateTagsOfOne(ctx, tx, id, wanted))
    return changes
  })
}

async function updateTagsOfOne(
  ctx: Context,
  tx: Transaction,
  contactId: string,
  wanted: { add: string[] } | { remove: string[] | 'all' },
): Promise<TagChange> {
  if (!(await contacts.findLocked(tx, ctx.caller.locationId, contactId))) return { contactId, added: [], removed: [] }
  const { before, ...changed } =
    'add' in wanted
      ? await tagContact(ctx, tx, contactId, wanted.add)
      : await untagContact(ctx, tx, contactId, wanted.remove)
  return { contactId, tagsBefore: before, added: [], removed: [], ...changed }
}

async function replaceTag(ctx: Context, tx: Transaction, name: string, replacement: string[]): Promise<void> {
  let tagged: Contact[]
  do {
    tagged = await contacts.findTagged(tx, ctx.caller.locationId, name, batch)
    for (const before of tagged) {
      const tags = unique(before.tags.flatMap((tag) => (tag === name ? replacement : [tag])))
      await record(ctx, tx, before, change(before, { tags }, ctx.now()))
    }
    await tx.pause()
  } while (tagged.length === batch)
}

async function requireTag(ctx: Context, db: Database, id: string): Promise<Tag> {
  const tag = await tags.find(db, ctx.caller.locationId, id)
  if (!tag) throw notFound('Tag')
  return tag
}

function nameOf(text: string): string {
  const [name] = normalise([text])
  if (!name) throw invalid('name should not be empty')
  return name
}

async function requireFree(ctx: Context, tx: Transaction, name: string) {
  const [taken] = await tags.findByNames(tx, ctx.caller.locationId, [name])
  if (taken) throw new DomainError('conflict', 'The tag name is already exist.', { meta: { tagId: taken.id } })
}

const without = (list: string[], others: string[]) => list.filter((item) => !others.includes(item))
