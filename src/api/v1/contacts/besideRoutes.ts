import { createNote } from '../../../domain/contacts/notes/commands.ts'
import { getNotes, getTask, getTasks } from '../../../domain/contacts/queries.ts'
import { createTask, deleteTask, updateTask } from '../../../domain/contacts/tasks/commands.ts'
import { type Dialect, endpoint } from '../../endpoint.ts'
import * as v2 from '../../v2/contacts/wire.ts'
import { Nothing, writeNothing } from '../nothing.ts'
import * as wire from './besideWire.ts'

const notes = { tag: 'Notes', scope: null }
const tasks = { tag: 'Tasks', scope: null }

/** Notes and tasks; each is answered bare. */
export const besideRoutes: Dialect = {
  'get-notes': endpoint({
    ...notes,
    method: 'GET',
    path: '/v1/contacts/:contactId/notes',
    summary: 'List the notes of a contact',
    params: v2.InContact,
    reply: wire.Notes,
    run: async (ctx, { params }) => wire.writeNotes(await getNotes(ctx, params.contactId)),
  }),

  'create-note': endpoint({
    ...notes,
    method: 'POST',
    path: '/v1/contacts/:contactId/notes',
    summary: 'Write a note about a contact',
    params: v2.InContact,
    body: v2.NoteBody,
    reply: wire.WireNote,
    run: async (ctx, { params, body }) => wire.writeNote(await createNote(ctx, params.contactId, v2.readNote(body))),
  }),

  'get-tasks': endpoint({
    ...tasks,
    method: 'GET',
    path: '/v1/contacts/:contactId/tasks',
    summary: 'List the tasks of a contact',
    params: v2.InContact,
    reply: wire.Tasks,
    run: async (ctx, { params }) => wire.writeTasks(await getTasks(ctx, params.contactId)),
  }),

  'create-task': endpoint({
    ...tasks,
    method: 'POST',
    path: '/v1/contacts/:contactId/tasks',
    summary: 'Give a contact a task',
    params: v2.InContact,
    body: wire.TaskBody,
    reply: wire.WireTask,
    run: async (ctx, { params, body }) => wire.writeTask(await createTask(ctx, params.contactId, wire.readTask(body))),
  }),

  'get-task': endpoint({
    ...tasks,
    method: 'GET',
    path: '/v1/contacts/:contactId/tasks/:taskId',
    summary: 'Get a task',
    params: v2.WithTask,
    reply: wire.WireTask,
    run: async (ctx, { params }) => wire.writeTask(await getTask(ctx, params.contactId, params.taskId)),
  }),

  'update-task': endpoint({
    ...tasks,
    method: 'PUT',
    path: '/v1/contacts/:contactId/tasks/:taskId',
    summary: 'Update a task',
    params: v2.WithTask,
    body: wire.TaskUpdateBody,
    reply: wire.WireTask,
    run: async (ctx, { params, body }) =>
      wire.writeTask(await updateTask(ctx, params.contactId, params.taskId, wire.readTaskUpdate(body))),
  }),

  'delete-task': endpoint({
    ...tasks,
    method: 'DELETE',
    path: '/v1/contacts/:contactId/tasks/:taskId',
    summary: 'Delete a task',
    params: v2.WithTask,
    reply: Nothing,
    run: async (ctx, { params }) => writeNothing(await deleteTask(ctx, params.contactId, params.taskId)),
  }),
}
