import type { Transaction } from '../../../store/database.ts'
import { requireUser } from '../../accounts/users.ts'
import { commit } from '../../commit.ts'
import type { Context } from '../../context.ts'
import { notFound } from '../../errors.ts'
import { newId } from '../../ids.ts'
import { append } from '../../outbox.ts'
import { requireContact } from '../commands.ts'
import * as contacts from '../table.ts'
import * as tasks from './table.ts'
import { begin, change, eventsBetween, type NewTask, type Task, type TaskChange } from './task.ts'

export async function createTask(ctx: Context, contactId: string, wanted: NewTask): Promise<Task> {
  return commit(ctx, (tx) => insertTask(ctx, tx, contactId, wanted))
}

/** `createTask` inside a transaction of the caller's. */
export async function insertTask(ctx: Context, tx: Transaction, contactId: string, wanted: NewTask): Promise<Task> {
  await requireContact(ctx, tx, contactId)
  await requireAssignee(ctx, tx, wanted)
  const task = begin(newId(), contactId, wanted, ctx.now())
  await record(ctx, tx, null, task)
  return task
}

export async function updateTask(ctx: Context, contactId: string, id: string, wanted: TaskChange): Promise<Task> {
  return commit(ctx, async (tx) => {
    const before = await requireTask(ctx, tx, contactId, id)
    if (wanted.assignedTo !== before.assignedTo) await requireAssignee(ctx, tx, wanted)
    const after = change(before, wanted, ctx.now())
    await record(ctx, tx, before, after)
    return after
  })
}

export async function deleteTask(ctx: Context, contactId: string, id: string): Promise<void> {
  await commit(ctx, async (tx) => record(ctx, tx, await requireTask(ctx, tx, contactId, id), null))
}

/** Deletes every task of a contact, inside a transaction of the caller's. */
export async function eraseTasksOf(ctx: Context, tx: Transaction, contactId: string): Promise<void> {
  for (const task of await tasks.list(tx, ctx.caller.locationId, [contactId])) await record(ctx, tx, task, null)
}

/** The task, its contact locked until the transaction ends. */
async function requireTask(ctx: Context, tx: Transaction, contactId: string, id: string): Promise<Task> {
  await requireContact(ctx, tx, contactId)
  const task = await tasks.find(tx, ctx.caller.locationId, contactId, id)
  if (!task) throw notFound('Task')
  return task
}

async function requireAssignee(ctx: Context, tx: Transaction, { assignedTo }: TaskChange) {
  if (assignedTo) await requireUser(tx, ctx.caller.locationId, assignedTo, 'assignedTo')
}

/** The one door for writing: the task, its contact's count and the event. */
async function record(ctx: Context, tx: Transaction, before: Task | null, after: Task | null) {
  if (before === after) return
  const { id, contactId } = (after ?? before) as Task
  const { locationId } = ctx.caller
  if (before && after) await tasks.update(tx, locationId, after)
  else if (after) await tasks.insert(tx, locationId, after)
  else if (before) await tasks.remove(tx, locationId, before)

  await contacts.touch(tx, locationId, contactId, { tasks: Number(!!after) - Number(!!before), now: ctx.now() })
  await append(ctx, tx, { types: eventsBetween(before, after), record: 'task', recordId: id, contactId, before, after })
}
