import { isDeepStrictEqual } from 'node:util'
import type { EventType } from '../../outbox.ts'

/** Something to do for a contact by a time; times are epoch milliseconds. */
export interface Task {
  id: string
  contactId: string
  title: string
  body: string
  /** A user's id. */
  assignedTo: string | null
  dueAt: number
  completed: boolean
  createdAt: number
  updatedAt: number
}

export type TaskChange = Partial<Pick<Task, 'title' | 'body' | 'assignedTo' | 'dueAt' | 'completed'>>
export type NewTask = TaskChange & Pick<Task, 'title' | 'dueAt'>

export function begin(id: string, contactId: string, wanted: NewTask, now: number): Task {
  return {
    id,
    contactId,
    title: wanted.title,
    body: wanted.body ?? '',
    assignedTo: wanted.assignedTo ?? null,
    dueAt: wanted.dueAt,
    completed: wanted.completed ?? false,
    createdAt: now,
    updatedAt: now,
  }
}

/** The task after a change: the very same object when nothing differs. */
export function change(before: Task, wanted: TaskChange, now: number): Task {
  const after = { ...before, ...wanted }
  return isDeepStrictEqual(before, after) ? before : { ...after, updatedAt: now }
}

export function eventsBetween(before: Task | null, after: Task | null): EventType[] {
  if (!before) return ['TaskCreate']
  if (!after) return ['TaskDelete']
  return after.completed && !before.completed ? ['TaskUpdate', 'TaskComplete'] : ['TaskUpdate']
}
