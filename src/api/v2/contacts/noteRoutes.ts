import { createNote, deleteNote, updateNote } from '../../../domain/contacts/notes/commands.ts'
import { getNote, getNotes } from '../../../domain/contacts/queries.ts'
import { type Dialect, endpoint } from '../../endpoint.ts'
import * as wire from './wire.ts'

const read = { tag: 'Notes', scope: 'contacts.readonly' } as const
const write = { tag: 'Notes', scope: 'contacts.write' } as const

export const noteRoutes: Dialect = {
  'get-all-notes': endpoint({
    ...read,
    method: 'GET',
    path: '/contacts/:contactId/notes',
    summary: 'List the notes of a contact',
    params: wire.InContact,
    reply: wire.NotesReply,
    run: async (ctx, { params }) => ({ notes: (await getNotes(ctx, params.contactId)).map(wire.writeNote) }),
  }),

  'create-note': endpoint({
    ...write,
    method: 'POST',
    path: '/contacts/:contactId/notes',
    summary: 'Write a note about a contact',
    params: wire.InContact,
    body: wire.NoteBody,
    reply: wire.NoteReply,
    status: 201,
    run: async (ctx, { params, body }) => ({
      note: wire.writeNote(await createNote(ctx, params.contactId, wire.readNote(body))),
    }),
  }),

  'get-note': endpoint({
    ...read,
    method: 'GET',
    path: '/contacts/:contactId/notes/:id',
    summary: 'Get a note',
    params: wire.WithNote,
    reply: wire.NoteReply,
    run: async (ctx, { params }) => ({ note: wire.writeNote(await getNote(ctx, params.contactId, params.id)) }),
  }),

  'update-note': endpoint({
    ...write,
    method: 'PUT',
    path: '/contacts/:contactId/notes/:id',
    summary: 'Update a note',
    params: wire.WithNote,
    body: wire.NoteUpdateBody,
    reply: wire.NoteReply,
    run: async (ctx, { params, body }) => ({
      note: wire.writeNote(await updateNote(ctx, params.contactId, params.id, wire.readNote(body))),
    }),
  }),

  'delete-note': endpoint({
    ...write,
    method: 'DELETE',
    path: '/contacts/:contactId/notes/:id',
    summary: 'Delete a note',
    params: wire.WithNote,
    reply: wire.Succeeded,
    run: async (ctx, { params }) => wire.writeSucceeded(await deleteNote(ctx, params.contactId, params.id)),
  }),
}
