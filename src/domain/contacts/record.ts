import type { Transaction } from '../../store/database.ts'
import type { Context } from '../context.ts'
import { indexValues } from '../customFields/values.ts'
import { invalid } from '../errors.ts'
import { newId } from '../ids.ts'
import { append, type EventType } from '../outbox.ts'
import { type Contact, eventsBetween } from './contact.ts'
import { keepFollowers } from './followers.ts'
import * as contacts from './table.ts'
import type { Tag } from './tagTable.ts'
import * as tagTable from './tagTable.ts'

/** More would be a mistake of a program, and too many for one statement. */
const mostTags = 1000

/** The one door for writing: the row, what is kept beside it, and its event, together or not at all. */
export async function record(ctx: Context, tx: Transaction, before: Contact | null, after: Contact | null) {
  if (before === after) return
  const { id, locationId } = (after ?? before) as Contact
  if (after && after.tags.length > mostTags) throw invalid(`tags must contain no more than ${mostTags} elements`)
  await writeRow(tx, before, after)

  const tags = after?.tags ?? []
  await ensureTags(ctx, tx, before ? tags.filter((tag) => !before.tags.includes(tag)) : tags)
  await tagTable.keepTags(tx, locationId, id, before?.tags ?? [], tags)
  await keepFollowers(tx, locationId, id, before?.followers ?? [], after?.followers ?? [])
  await indexValues(tx, locationId, id, before?.customFields ?? [], after?.customFields ?? [])
  await append(ctx, tx, { types: eventsBetween(before, after), record: 'contact', recordId: id, before, after })
}

async function writeRow(tx: Transaction, before: Contact | null, after: Contact | null) {
  if (before && after) return contacts.update(tx, before, after)
  if (after) {
    await contacts.insert(tx, after)
    await contacts.addToCount(tx, after.locationId, 1)
  }
  if (before) {
    await contacts.remove(tx, before)
    await contacts.addToCount(tx, before.locationId, -1)
  }
}

/**
 * A tag that is new to the location is made on the fly; the others stay as they are called until the contact has them.
 * Everybody takes them in the order of their names, so that two who want the same ones do not wait for each other.
 */
async function ensureTags(ctx: Context, tx: Transaction, names: string[]): Promise<void> {
  const { locationId } = ctx.caller
  for (let missing = [...names].sort(); missing.length > 0; ) {
    const known = await tagTable.keepNames(tx, locationId, missing)
    const madeByOthers: string[] = []
    for (const name of missing.filter((name) => !known.includes(name))) {
      if (!(await makeTag(ctx, tx, { id: newId(), name, locationId }))) madeByOthers.push(name)
    }
    missing = madeByOthers
  }
}

async function makeTag(ctx: Context, tx: Transaction, tag: Tag): Promise<boolean> {
  const isNew = await tagTable.insertIfNew(tx, tag, ctx.now())
  if (isNew) await tell(ctx, tx, null, tag)
  return isNew
}

export async function recordTag(ctx: Context, tx: Transaction, before: Tag | null, after: Tag | null) {
  if (before && after) await tagTable.rename(tx, after)
  else if (after) await tagTable.insert(tx, after, ctx.now())
  else if (before) await tagTable.remove(tx, before)
  await tell(ctx, tx, before, after)
}

async function tell(ctx: Context, tx: Transaction, before: Tag | null, after: Tag | null) {
  const type: EventType = !before ? 'TagCreate' : after ? 'TagUpdate' : 'TagDelete'
  await append(ctx, tx, { types: [type], record: 'tag', recordId: (after ?? before)?.id ?? '', before, after })
}
