import { type Static, Type } from '@sinclair/typebox'
import type { Note } from '../../../domain/contacts/notes/note.ts'
import type { NewTask, Task, TaskChange } from '../../../domain/contacts/tasks/task.ts'
import { nullable, oneOf } from '../../schemas.ts'
import * as v2 from '../../v2/contacts/wire.ts'

// Notes

export const WireNote = Type.Object(
  { ...v2.NoteReply.properties.note.properties, createdAt: Type.String() },
  { title: 'Note' },
)
export const Notes = Type.Object({ notes: Type.Array(WireNote) })

export function writeNote(note: Note): Static<typeof WireNote> {
  const written = v2.writeNote(note)
  return { ...written, createdAt: written.dateAdded }
}

export const writeNotes = (notes: Note[]): Static<typeof Notes> => ({ notes: notes.map(writeNote) })

// Tasks: v1 calls the body a description, and completion a status.

const Status = oneOf(['completed', 'incompleted'])
const own = {
  description: Type.Optional(nullable(Type.String({ maxLength: 65_000 }))),
  status: Type.Optional(Status),
}

export const TaskBody = Type.Object({
  ...v2.TaskBody.properties,
  completed: Type.Optional(Type.Boolean()),
  ...own,
})
export const TaskUpdateBody = Type.Object({ ...v2.TaskUpdateBody.properties, ...own })

export const readTask = ({ title, dueDate, ...rest }: Static<typeof TaskBody>): NewTask =>
  v2.readTask({ title, dueDate, completed: false, ...readOwn(rest) })

export const readTaskUpdate = ({ title, dueDate, ...rest }: Static<typeof TaskUpdateBody>): TaskChange =>
  v2.readTaskUpdate({ ...(title !== undefined && { title }), dueDate, ...readOwn(rest) })

function readOwn({ description, status, body = description, completed, assignedTo }: Static<typeof TaskUpdateBody>) {
  const done = completed ?? (status && status === 'completed')
  return { body, assignedTo, ...(done !== undefined && { completed: done }) }
}

export const WireTask = Type.Object(
  { ...v2.TaskReply.properties.task.properties, description: Type.String(), status: Status },
  { title: 'Task' },
)
export const Tasks = Type.Object({ tasks: Type.Array(WireTask) })

export const writeTask = (task: Task): Static<typeof WireTask> => ({
  ...v2.writeTask(task),
  description: task.body,
  status: task.completed ? 'completed' : 'incompleted',
})

export const writeTasks = (tasks: Task[]): Static<typeof Tasks> => ({ tasks: tasks.map(writeTask) })
