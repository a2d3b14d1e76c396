import type { Transaction } from '../../store/database.ts'
import type { Context } from '../context.ts'
import type { Contact } from './contact.ts'
import { eraseNotesOf } from './notes/commands.ts'
import { record } from './record.ts'
import { eraseTasksOf } from './tasks/commands.ts'

/** Removes the contact with its notes and tasks, each with its event. Its opportunities are the caller's to delete first. */
export async function eraseContact(ctx: Context, tx: Transaction, before: Contact): Promise<void> {
  await eraseNotesOf(ctx, tx, before.id)
  await eraseTasksOf(ctx, tx, before.id)
  await record(ctx, tx, before, null)
}
