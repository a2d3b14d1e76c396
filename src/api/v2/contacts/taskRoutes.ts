import { getTask, getTasks } from '../../../domain/contacts/queries.ts'
import { createTask, deleteTask, updateTask } from '../../../domain/contacts/tasks/commands.ts'
import { type Dialect, endpoint } from '../../endpoint.ts'
import * as wire from './wire.ts'

const read = { tag: 'Tasks', scope: 'contacts.readonly' } as const
const write = { tag: 'Tasks', scope: 'contacts.write' } as const

export const taskRoutes: Dialect = {
  'get-all-tasks': endpoint({
    ...read,
    method: 'GET',
    path: '/contacts/:contactId/tasks',
    summary: 'List the tasks of a contact',
    params: wire.InContact,
    reply: wire.TasksReply,
    run: async (ctx, { params }) => wire.writeTasks(await getTasks(ctx, params.contactId)),
  }),

  'create-task': endpoint({
    ...write,
    method: 'POST',
    path: '/contacts/:contactId/tasks',
    summary: 'Give a contact a task',
    params: wire.InContact,
    body: wire.TaskBody,
    reply: wire.TaskReply,
    status: 201,
    run: async (ctx, { params, body }) => ({
      task: wire.writeTask(await createTask(ctx, params.contactId, wire.readTask(body))),
    }),
  }),

  'get-task': endpoint({
    ...read,
    method: 'GET',
    path: '/contacts/:contactId/tasks/:taskId',
    summary: 'Get a task',
    params: wire.WithTask,
    reply: wire.TaskReply,
    run: async (ctx, { params }) => ({ task: wire.writeTask(await getTask(ctx, params.contactId, params.taskId)) }),
  }),

  'update-task': endpoint({
    ...write,
    method: 'PUT',
    path: '/contacts/:contactId/tasks/:taskId',
    summary: 'Update a task',
    params: wire.WithTask,
    body: wire.TaskUpdateBody,
    reply: wire.TaskReply,
    run: async (ctx, { params, body }) => ({
      task: wire.writeTask(await updateTask(ctx, params.contactId, params.taskId, wire.readTaskUpdate(body))),
    }),
  }),

  'update-task-completed': endpoint({
    ...write,
    method: 'PUT',
    path: '/contacts/:contactId/tasks/:taskId/completed',
    summary: 'Complete a task, or open it again',
    params: wire.WithTask,
    body: wire.CompletedBody,
    reply: wire.TaskReply,
    run: async (ctx, { params, body }) => ({
      task: wire.writeTask(await updateTask(ctx, params.contactId, params.taskId, body)),
    }),
  }),

  'delete-task': endpoint({
    ...write,
    method: 'DELETE',
    path: '/contacts/:contactId/tasks/:taskId',
    summary: 'Delete a task',
    params: wire.WithTask,
    reply: wire.Succeeded,
    run: async (ctx, { params }) => wire.writeSucceeded(await deleteTask(ctx, params.contactId, params.taskId)),
  }),
}
