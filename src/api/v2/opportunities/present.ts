import { notesOf, tasksOf } from '../../../domain/contacts/beside.ts'
import type { Context } from '../../../domain/context.ts'
import { type DescribedValue, describeAll } from '../../../domain/customFields/values.ts'
import type { Found } from '../../../domain/opportunities/queries.ts'
import type { OpportunityView } from '../../../domain/opportunities/viewTable.ts'
import { writeNote, writeTask } from '../contacts/wire.ts'
import { writeRowExtras } from './searchWire.ts'
import type { writeOpportunity } from './wire.ts'

interface Expand {
  notes?: boolean | undefined
  tasks?: boolean | undefined
}

/** How a dialect writes an opportunity; it may say more than v2 does. */
export type Write = typeof writeOpportunity

/** An opportunity as one is answered: with its values named, and the notes and tasks of its contact (conflict 9). */
export async function present(ctx: Context, found: OpportunityView, write: Write) {
  if (standsAlone(found)) return write(found, nothing)
  const besideOf = await collect(ctx, [found], { notes: true, tasks: true })
  return write(found, besideOf(found, 0))
}

/** A page of search rows. */
export async function presentPage(ctx: Context, { opportunities }: Found, expand: Expand, write: Write) {
  const besideOf = await collect(ctx, opportunities, expand)
  return opportunities.map((found, at) => Object.assign(write(found, besideOf(found, at)), writeRowExtras(found)))
}

/** What stands beside each opportunity, looked up once for all of them, and not at all where their rows say "none". */
async function collect(ctx: Context, found: OpportunityView[], expand: Expand) {
  if (found.every(standsAlone)) return () => nothing
  const customFields = await describeAll(ctx.store, ctx.caller.locationId, 'opportunity', found.map(valuesOf))
  const notes = await notesOf(ctx, expand.notes ? contactsOf(found, 'noteCount') : [])
  const tasks = await tasksOf(ctx, expand.tasks ? contactsOf(found, 'taskCount') : [])
  return ({ contactId }: OpportunityView, at: number) => ({
    customFields: customFields[at] as DescribedValue[],
    notes: notes.filter((note) => note.contactId === contactId).map(writeNote),
    tasks: tasks.filter((task) => task.contactId === contactId).map(writeTask),
  })
}

const nothing = { customFields: [], notes: [], tasks: [] }

const standsAlone = ({ customFields, noteCount, taskCount }: OpportunityView) =>
  customFields.length === 0 && noteCount === 0 && taskCount === 0

const valuesOf = ({ customFields }: OpportunityView) => customFields

const contactsOf = (found: OpportunityView[], count: 'noteCount' | 'taskCount') => [
  ...new Set(found.filter((one) => one[count] > 0).map(({ contactId }) => contactId)),
]
