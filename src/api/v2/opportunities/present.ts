import { getNotes, getTasks } from '../../../domain/contacts/queries.ts'
import type { Context } from '../../../domain/context.ts'
import { describeValues } from '../../../domain/customFields/values.ts'
import type { Found } from '../../../domain/opportunities/queries.ts'
import type { OpportunityView } from '../../../domain/opportunities/table.ts'
import { writeNote, writeTask } from '../contacts/wire.ts'
import { writeRowExtras } from './searchWire.ts'
import { writeOpportunity } from './wire.ts'

interface Expand {
  notes?: boolean | undefined
  tasks?: boolean | undefined
}

/** An opportunity as one is answered: with its values named, and the notes and tasks of its contact (conflict 9). */
export async function present(ctx: Context, found: OpportunityView, expand: Expand = { notes: true, tasks: true }) {
  return writeOpportunity(found, {
    customFields: await describeValues(ctx.store, ctx.caller.locationId, 'opportunity', found.customFields),
    // The contact's row counts them, so that the many without any cost no look-up.
    notes: expand.notes && found.noteCount > 0 ? (await getNotes(ctx, found.contactId)).map(writeNote) : [],
    tasks: expand.tasks && found.taskCount > 0 ? (await getTasks(ctx, found.contactId)).map(writeTask) : [],
  })
}

/** A page of search rows. */
export async function presentPage(ctx: Context, { opportunities }: Found, expand: Expand) {
  const rows = []
  for (const found of opportunities) rows.push({ ...(await present(ctx, found, expand)), ...writeRowExtras(found) })
  return rows
}
