import { commit } from '../commit.ts'
import { eraseContact } from '../contacts/erase.ts'
import * as contacts from '../contacts/table.ts'
import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import { record } from './record.ts'
import * as opportunities from './table.ts'

const batch = 500

/** Deletes a contact and, as in HighLevel, its opportunities. Lives here because contacts know no opportunities. */
export function deleteContact(ctx: Context, id: string): Promise<void> {
  return commit(ctx, async (tx) => {
    const { locationId } = ctx.caller
    const contact = await contacts.findLocked(tx, locationId, id)
    if (!contact) throw notFound('Contact')

    for (let more = true; more; ) {
      const found = await opportunities.listBy(tx, locationId, { contactId: id }, batch)
      for (const opportunity of found) await record(ctx, tx, opportunity, null)
      more = found.length === batch
      if (more) await tx.pause()
    }
    await eraseContact(ctx, tx, contact)
  })
}
