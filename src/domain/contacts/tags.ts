import type { Transaction } from '../../store/database.ts'
import { sightOfNamed } from '../accounts/sight.ts'
import { commit } from '../commit.ts'
import type { Context } from '../context.ts'
import { DomainError, invalid, notFound } from '../errors.ts'
import { newId } from '../ids.ts'
import { changeLocked } from './commands.ts'
import { change } from './contact.ts'
import { tags as normalise, unique } from './identity.ts'
import { record, recordTag } from './record.ts'
import * as contacts from './table.ts'
import type { Tag } from './tagTable.ts'
import * as tags from './tagTable.ts'

export type { Tag } from './tagTable.ts'

/** Contacts held in memory at a time while a tag that thousands have changes. */
const batch = 200
/** Characters of a name; those that come with contacts have no more either. */
const longest = 255

export const listTags = (ctx: Context): Promise<Tag[]> => tags.list(ctx.store, ctx.caller.locationId)

export async function getTag(ctx: Context, id: string): Promise<Tag> {
  return found(await tags.find(ctx.store, ctx.caller.locationId, id))
}

export async function createTag(ctx: Context, name: string): Promise<Tag> {
  return commit(ctx, async (tx) => {
    const tag = { id: newId(), name: nameOf(name), locationId: ctx.caller.locationId }
    await requireFree(ctx, tx, tag.name)
    await recordTag(ctx, tx, null, tag)
    return tag
  })
}

/**
 * The contacts that have the tag follow. Who is giving it to one keeps the tag, so what this lists once it has the tag
 * locked is all of them.
 */
export async function renameTag(ctx: Context, id: string, name: string): Promise<Tag> {
  return commit(ctx, async (tx) => {
    const before = await requireLocked(ctx, tx, id)
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
    const before = await requireLocked(ctx, tx, id)
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
    const known = await lockAll(ctx, tx, contactIds, wanted)
    const changes: TagChange[] = []
    for (const id of contactIds) {
      changes.push(
        known.has(id) ? await updateTagsOfOne(ctx, tx, id, wanted) : { contactId: id, added: [], removed: [] },
      )
    }
    return changes
  })
}

/**
 * All that will be needed, tags before contacts: whoever renames or deletes a tag takes them in that order too. Answers
 * which contacts there are for the caller.
 */
async function lockAll(
  ctx: Context,
  tx: Transaction,
  contactIds: string[],
  wanted: { add: string[] } | { remove: string[] | 'all' },
): Promise<Set<string>> {
  const { locationId } = ctx.caller
  const names = 'add' in wanted ? normalise(wanted.add) : []
  if (names.length > 0) await tags.keepNames(tx, locationId, names)
  const seen = sightOfNamed(ctx.caller).contacts
  return new Set((await contacts.findAllLocked(tx, locationId, contactIds, seen)).map(({ id }) => id))
}

async function updateTagsOfOne(
  ctx: Context,
  tx: Transaction,
  contactId: string,
  wanted: { add: string[] } | { remove: string[] | 'all' },
): Promise<TagChange> {
  const { before, ...changed } =
    'add' in wanted
      ? await tagContact(ctx, tx, contactId, wanted.add)
      : await untagContact(ctx, tx, contactId, wanted.remove)
  return { contactId, tagsBefore: before, added: [], removed: [], ...changed }
}

async function replaceTag(ctx: Context, tx: Transaction, name: string, replacement: string[]): Promise<void> {
  const { locationId } = ctx.caller
  let ids: string[] = []
  do {
    ids = await tags.listTagged(tx, locationId, name, ids.at(-1) ?? '', batch)
    // Some may have lost the tag, or be gone, since they were listed.
    for (const before of await contacts.findAllLocked(tx, locationId, ids)) {
      const renamed = unique(before.tags.flatMap((tag) => (tag === name ? replacement : [tag])))
      await record(ctx, tx, before, change(before, { tags: renamed }, ctx.now()))
    }
    await tx.pause()
  } while (ids.length === batch)
}

async function requireLocked(ctx: Context, tx: Transaction, id: string): Promise<Tag> {
  return found(await tags.findLocked(tx, ctx.caller.locationId, id))
}

function found(tag: Tag | undefined): Tag {
  if (!tag) throw notFound('Tag')
  return tag
}

function nameOf(text: string): string {
  const [name] = normalise([text])
  if (!name) throw invalid('name should not be empty')
  if ([...text].length > longest) throw invalid(`name must be shorter than or equal to ${longest} characters`)
  return name
}

async function requireFree(ctx: Context, tx: Transaction, name: string) {
  const [taken] = await tags.findByNames(tx, ctx.caller.locationId, [name])
  if (taken) throw new DomainError('conflict', 'The tag name is already exist.', { meta: { tagId: taken.id } })
}

const without = (list: string[], others: string[]) => list.filter((item) => !others.includes(item))
