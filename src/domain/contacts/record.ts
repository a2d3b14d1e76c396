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
  await contacts.keepTags(tx, locationId, id, before?.tags ?? [], tags)
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

/** A tag that is new to the location is made on the fly. */
async function ensureTags(ctx: Context, tx: Transaction, names: string[]): Promise<void> {
  if (names.length === 0) return
  const { locationId } = ctx.caller
  const known = new Set((await tagTable.findByNames(tx, locationId, names)).map((tag) => tag.name))
  for (const name of names.filter((name) => !known.has(name))) {
    await recordTag(ctx, tx, null, { id: newId(), name, locationId })
  }
}

export async function recordTag(ctx: Context, tx: Transaction, before: Tag | null, after: Tag | null) {
  if (before && after) await tagTable.rename(tx, after)
  else if (after) await tagTable.insert(tx, after, ctx.now())
  else if (before) await tagTable.remove(tx, before)

  const type: EventType = !before ? 'TagCreate' : after ? 'TagUpdate' : 'TagDelete'
  await append(ctx, tx, { types: [type], record: 'tag', recordId: (after ?? before)?.id ?? '', before, after })
}
