import type { Database } from '../../store/database.ts'
import type { Context } from '../context.ts'
import { describeAll } from '../customFields/values.ts'
import type { Contact } from './contact.ts'
import type { Note } from './notes/note.ts'
import * as notes from './notes/table.ts'
import * as tasks from './tasks/table.ts'
import type { Task } from './tasks/task.ts'

/** Contacts as they are shown: without the values of fields that were deleted since, which their rows may keep. */
export async function showAll(db: Database, locationId: string, found: Contact[]): Promise<Contact[]> {
  const values = found.map(({ customFields }) => customFields)
  const living = await describeAll(db, locationId, 'contact', values)
  return found.map((contact, at) => ({
    ...contact,
    customFields: living[at]?.map(({ id, value }) => ({ id, value })) ?? [],
  }))
}

export async function show(db: Database, contact: Contact): Promise<Contact> {
  const [shown = contact] = await showAll(db, contact.locationId, [contact])
  return shown
}

/** The notes of some contacts; those of a contact that is gone are gone too. */
export async function notesOf(ctx: Context, contactIds: string[]): Promise<Note[]> {
  return contactIds.length > 0 ? notes.list(ctx.store, ctx.caller.locationId, contactIds) : []
}

/** The tasks of some contacts. */
export async function tasksOf(ctx: Context, contactIds: string[]): Promise<Task[]> {
  return contactIds.length > 0 ? tasks.list(ctx.store, ctx.caller.locationId, contactIds) : []
}
