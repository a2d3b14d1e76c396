import { seesOpportunity } from '../accounts/sight.ts'
import { commit } from '../commit.ts'
import { eraseContact } from '../contacts/erase.ts'
import { requireSeen } from '../contacts/seen.ts'
import * as contacts from '../contacts/table.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { record } from './record.ts'
import * as opportunities from './table.ts'

const batch = 500

/** Deletes a contact and, as in HighLevel, its opportunities. Lives here because contacts know no opportunities. */
export function deleteContact(ctx: Context, id: string): Promise<void> {
  return commit(ctx, async (tx) => {
    const { locationId } = ctx.caller
    const contact = await requireSeen(ctx, tx, await contacts.findLocked(tx, locationId, id))

    for (let more = true; more; ) {
      const found = await opportunities.listBy(tx, locationId, { contactId: id }, batch)
      if (!found.every((opportunity) => seesOpportunity(ctx.caller, opportunity))) throw othersToo()
      for (const opportunity of found) await record(ctx, tx, opportunity, null)
      more = found.length === batch
      if (more) await tx.pause()
    }
    await eraseContact(ctx, tx, contact)
  })
}

const othersToo = () => new DomainError('forbidden', 'This contact has opportunities that are not yours: it stays.')
