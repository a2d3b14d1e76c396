import type { Transaction } from '../../../store/database.ts'
import { requireUser } from '../../accounts/users.ts'
import { commit } from '../../commit.ts'
import type { Context } from '../../context.ts'
import { notFound } from '../../errors.ts'
import { newId } from '../../ids.ts'
import { append, type EventType } from '../../outbox.ts'
import { requireContact } from '../commands.ts'
import * as contacts from '../table.ts'
import { begin, change, type NewNote, type Note, type NoteChange } from './note.ts'
import * as notes from './table.ts'

export async function createNote(ctx: Context, contactId: string, wanted: NewNote): Promise<Note> {
  return commit(ctx, (tx) => insertNote(ctx, tx, contactId, wanted))
}

/** `createNote` inside a transaction of the caller's. */
export async function insertNote(ctx: Context, tx: Transaction, contactId: string, wanted: NewNote): Promise<Note> {
  await requireContact(ctx, tx, contactId)
  await requireAuthor(ctx, tx, wanted)
  const note = begin(newId(), contactId, wanted, ctx.now())
  await record(ctx, tx, null, note)
  return note
}

export async function updateNote(ctx: Context, contactId: string, id: string, wanted: NoteChange): Promise<Note> {
  return commit(ctx, async (tx) => {
    const before = await requireNote(ctx, tx, contactId, id)
    if (wanted.userId !== before.userId) await requireAuthor(ctx, tx, wanted)
    const after = change(before, wanted, ctx.now())
    await record(ctx, tx, before, after)
    return after
  })
}

export async function deleteNote(ctx: Context, contactId: string, id: string): Promise<void> {
  await commit(ctx, async (tx) => record(ctx, tx, await requireNote(ctx, tx, contactId, id), null))
}

/** Deletes every note of a contact, inside a transaction of the caller's. */
export async function eraseNotesOf(ctx: Context, tx: Transaction, contactId: string): Promise<void> {
  for (const note of await notes.list(tx, ctx.caller.locationId, [contactId])) await record(ctx, tx, note, null)
}

/** The note, its contact locked until the transaction ends. */
async function requireNote(ctx: Context, tx: Transaction, contactId: string, id: string): Promise<Note> {
  await requireContact(ctx, tx, contactId)
  const note = await notes.find(tx, ctx.caller.locationId, contactId, id)
  if (!note) throw notFound('Note')
  return note
}

async function requireAuthor(ctx: Context, tx: Transaction, { userId }: NoteChange) {
  if (userId) await requireUser(tx, ctx.caller.locationId, userId, 'userId')
}

/** The one door for writing: the note, its contact's count and the event. */
async function record(ctx: Context, tx: Transaction, before: Note | null, after: Note | null) {
  if (before === after) return
  const { id, contactId } = (after ?? before) as Note
  const { locationId } = ctx.caller
  if (before && after) await notes.update(tx, locationId, after)
  else if (after) await notes.insert(tx, locationId, after)
  else if (before) await notes.remove(tx, locationId, before)

  await contacts.touch(tx, locationId, contactId, { notes: Number(!!after) - Number(!!before), now: ctx.now() })
  const type: EventType = !before ? 'NoteCreate' : after ? 'NoteUpdate' : 'NoteDelete'
  await append(ctx, tx, { types: [type], record: 'note', recordId: id, contactId, before, after })
}
