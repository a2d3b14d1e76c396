import type { Database } from '../../store/database.ts'
import { seesContact } from '../accounts/sight.ts'
import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import type { Contact } from './contact.ts'

/** A contact that was looked up; one that the caller does not see is not there. */
export async function requireSeen(ctx: Context, db: Database, contact: Contact | undefined): Promise<Contact> {
  if (!contact || !(await seesContact(db, ctx.caller, contact))) throw notFound('Contact')
  return contact
}
