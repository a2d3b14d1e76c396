import { Type } from '@sinclair/typebox'
import { insertNote } from '../../../domain/contacts/notes/commands.ts'
import { tagContact, untagContact } from '../../../domain/contacts/tags.ts'
import { insertTask } from '../../../domain/contacts/tasks/commands.ts'
import { Duration, idOf, lengthOf, requiredHtml, requiredText, strict, text } from '../definition/fields.ts'
import { action, given, requireContact } from './action.ts'

const tags = Type.Array(requiredText('A tag', 255), { minItems: 1, maxItems: 100 })

export const addTag = action({
  type: 'add_contact_tag',
  title: 'Add Tag',
  about: 'Adds tags to the contact; new ones are made.',
  settings: Type.Object({ tags }, strict),

  async run({ ctx, tx, run }, { tags }) {
    const { added } = await tagContact(ctx, tx, requireContact(run), tags)
    return { result: { added }, isSkipped: added.length === 0 }
  },
})

export const removeTag = action({
  type: 'remove_contact_tag',
  title: 'Remove Tag',
  about: 'Removes tags from the contact.',
  settings: Type.Object({ tags }, strict),

  async run({ ctx, tx, run }, { tags }) {
    const { removed } = await untagContact(ctx, tx, requireContact(run), tags)
    return { result: { removed }, isSkipped: removed.length === 0 }
  },
})

export const addNote = action({
  type: 'add_notes',
  title: 'Add Note',
  about: 'Writes a note to the contact.',
  settings: Type.Object(
    {
      body: requiredHtml('What it says, as HTML; merge fields stand in it as text'),
      title: Type.Optional(text('Title', 255)),
      userId: Type.Optional(idOf('user', 'Who wrote it')),
    },
    strict,
  ),

  async run({ ctx, tx, run }, { body, title, userId }) {
    const wanted = { body, ...given({ title: title || undefined, userId: userId || undefined }) }
    const { id } = await insertNote(ctx, tx, requireContact(run), wanted)
    return { result: { noteId: id } }
  },
})

export const addTask = action({
  type: 'add_task',
  title: 'Add Task',
  about: 'Gives a task, due in some time.',
  settings: Type.Object(
    {
      title: requiredText('What is to be done', 255),
      body: Type.Optional(text('More about it')),
      assignedTo: Type.Optional(idOf('user', 'Whose task it is')),
      dueIn: Type.Optional(Duration),
    },
    strict,
  ),

  async run({ ctx, tx, run }, { title, body, assignedTo, dueIn = {} }) {
    const dueAt = ctx.now() + lengthOf(dueIn)
    const wanted = { title, dueAt, ...given({ body, assignedTo: assignedTo || undefined }) }
    const { id } = await insertTask(ctx, tx, requireContact(run), wanted)
    return { result: { taskId: id } }
  },
})
