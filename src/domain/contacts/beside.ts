import type { Context } from '../context.ts'
import type { Note } from './notes/note.ts'
import * as notes from './notes/table.ts'
import * as tasks from './tasks/table.ts'
import type { Task } from './tasks/task.ts'

/** The notes of some contacts; those of a contact that is gone are gone too. */
export async function notesOf(ctx: Context, contactIds: string[]): Promise<Note[]> {
  return contactIds.length > 0 ? notes.list(ctx.store, ctx.caller.locationId, contactIds) : []
}

/** The tasks of some contacts. */
export async function tasksOf(ctx: Context, contactIds: string[]): Promise<Task[]> {
  return contactIds.length > 0 ? tasks.list(ctx.store, ctx.caller.locationId, contactIds) : []
}
