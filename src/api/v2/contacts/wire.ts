import { type Static, Type } from '@sinclair/typebox'
import type { NewNote, Note, NoteChange } from '../../../domain/contacts/notes/note.ts'
import type { TagChange } from '../../../domain/contacts/tags.ts'
import type { NewTask, Task, TaskChange } from '../../../domain/contacts/tasks/task.ts'
import { invalid } from '../../../domain/errors.ts'
import { plainText } from '../../../domain/html.ts'
import { instant } from '../../../domain/time.ts'
import { iso, nullable, oneOf, strict, text } from '../../schemas.ts'

const list = Type.Array(Type.String())
const ids = (maxItems: number) => Type.Array(Type.String({ minLength: 1, maxLength: 255 }), { maxItems })
const maybe = (maxLength: number) => Type.Optional(nullable(Type.String({ maxLength })))
const flag = Type.Optional(Type.Boolean())

export const InContact = Type.Object({ contactId: Type.String({ examples: ['ocQHyuzHvysMo5N5VsXc'] }) })
export const WithNote = Type.Object({ contactId: Type.String(), id: Type.String() })
export const WithTask = Type.Object({ contactId: Type.String(), taskId: Type.String() })
export const WithWorkflow = Type.Object({ contactId: Type.String(), workflowId: Type.String() })
export const WithCampaign = Type.Object({ contactId: Type.String(), campaignId: Type.String() })

// sic: the original's spelling; clients look for any of the three (contract, conflict 8).
export const Succeeded = Type.Object({ succeded: Type.Boolean(), success: Type.Boolean(), succeeded: Type.Boolean() })
export const writeSucceeded = (_done: unknown): Static<typeof Succeeded> => ({
  succeded: true,
  success: true,
  succeeded: true,
})

// Tags

const Tags = Type.Array(Type.String({ minLength: 1, maxLength: 255 }), { maxItems: 500, examples: [['vip']] })

export const TagsBody = Type.Object({ tags: Tags }, strict)
export const TagsAdded = Type.Object({ tags: list, tagsAdded: list })
export const TagsRemoved = Type.Object({ tags: list, tagsRemoved: list })
export const writeTagsAdded = ({ tags, added }: { tags: string[]; added: string[] }) => ({ tags, tagsAdded: added })
export const writeTagsRemoved = ({ tags, removed }: { tags: string[]; removed: string[] }) => ({
  tags,
  tagsRemoved: removed,
})

export const BulkTags = Type.Object({ type: oneOf(['add', 'remove']) })
export const BulkTagsBody = Type.Object(
  { locationId: Type.Optional(Type.String()), contacts: ids(1000), tags: Tags, removeAllTags: flag },
  strict,
)
export const BulkTagsReply = Type.Object({
  succeded: Type.Boolean(),
  errorCount: Type.Number(),
  responses: Type.Array(
    Type.Object({
      contactId: Type.String(),
      message: Type.String(),
      type: oneOf(['success', 'error']),
      oldTags: Type.Optional(list),
      tagsAdded: Type.Optional(list),
      tagsRemoved: Type.Optional(list),
    }),
  ),
})

export function readBulkTags(type: 'add' | 'remove', { tags, removeAllTags }: Static<typeof BulkTagsBody>) {
  if (type === 'add') return { add: tags }
  return { remove: removeAllTags ? ('all' as const) : tags }
}

export const writeBulkTags = (changes: TagChange[]): Static<typeof BulkTagsReply> => ({
  succeded: true,
  errorCount: changes.filter(({ tagsBefore }) => !tagsBefore).length,
  responses: changes.map(({ contactId, tagsBefore, added, removed }) =>
    tagsBefore
      ? {
          contactId,
          message: 'Tags updated',
          oldTags: tagsBefore,
          tagsAdded: added,
          tagsRemoved: removed,
          type: 'success',
        }
      : { contactId, message: 'contact does not belong to location', type: 'error' },
  ),
})

// Followers

export const FollowBody = Type.Object({ followers: ids(10) }, strict)
export const UnfollowBody = Type.Object({ followers: Type.Optional(ids(10)) }, strict)
export const UnfollowQuery = Type.Object(
  { isRemoveAllFollowers: flag, locationId: Type.Optional(Type.String()) },
  strict,
)
export const FollowersAdded = Type.Object({ followers: list, followersAdded: list })
export const FollowersRemoved = Type.Object({ followers: list, followersRemoved: list })

export const writeFollowersAdded = ({ followers, added }: { followers: string[]; added: string[] }) => ({
  followers,
  followersAdded: added,
})
export const writeFollowersRemoved = ({ followers, removed }: { followers: string[]; removed: string[] }) => ({
  followers,
  followersRemoved: removed,
})

export function readUnfollow({ followers }: Static<typeof UnfollowBody>, query: Static<typeof UnfollowQuery>) {
  if (query.isRemoveAllFollowers) return 'all'
  if (!followers) throw invalid('followers should not be empty', 'followers must be an array')
  return followers
}

// Notes

const body = text(65_000, {
  description: 'HTML: signs that are no markup as &lt;, &gt;, &amp;',
  examples: ['lorem ipsum'],
})
const noteFields = { userId: maybe(255), title: maybe(255), color: maybe(255), pinned: flag }

export const NoteBody = Type.Object({ body, ...noteFields }, strict)
export const NoteUpdateBody = Type.Object({ body: Type.Optional(body), ...noteFields }, strict)
const WireNote = Type.Object({
  id: Type.String(),
  body: Type.String(),
  bodyText: Type.String({ description: 'The text of it, without markup' }),
  userId: nullable(Type.String()),
  dateAdded: Type.String(),
  contactId: Type.String(),
  title: nullable(Type.String()),
  color: nullable(Type.String()),
  pinned: Type.Boolean(),
})
export const NoteReply = Type.Object({ note: WireNote })
export const NotesReply = Type.Object({ notes: Type.Array(WireNote) })

export function readNote<Change extends NewNote | NoteChange>(sent: Change): Change {
  const cleared = (['userId', 'title', 'color'] as const).filter((field) => sent[field] === '')
  return { ...sent, ...Object.fromEntries(cleared.map((field) => [field, null])) }
}

export const writeNote = ({ createdAt, updatedAt: _, ...same }: Note): Static<typeof WireNote> => ({
  ...same,
  bodyText: plainText(same.body),
  dateAdded: iso(createdAt),
})

// Tasks

const title = text(255, { examples: ['First Task'] })
const dueDate = Type.String({ maxLength: 100, examples: ['2020-10-25T11:00:00Z'] })
const taskFields = { body: maybe(65_000), assignedTo: maybe(255) }

export const TaskBody = Type.Object({ title, dueDate, completed: Type.Boolean(), ...taskFields }, strict)
export const TaskUpdateBody = Type.Object(
  { title: Type.Optional(title), dueDate: Type.Optional(dueDate), completed: flag, ...taskFields },
  strict,
)
export const CompletedBody = Type.Object({ completed: Type.Boolean() }, strict)
const WireTask = Type.Object({
  id: Type.String(),
  title: Type.String(),
  body: Type.String(),
  assignedTo: nullable(Type.String()),
  dueDate: Type.String(),
  completed: Type.Boolean(),
  contactId: Type.String(),
})
export const TaskReply = Type.Object({ task: WireTask })
export const TasksReply = Type.Object({ tasks: Type.Array(WireTask) })

export const readTask = ({ title, dueDate, completed, ...rest }: Static<typeof TaskBody>): NewTask => ({
  title,
  completed,
  dueAt: readTime(dueDate, 'dueDate'),
  ...readTaskRest(rest),
})

export const readTaskUpdate = ({ dueDate, body, assignedTo, ...rest }: Static<typeof TaskUpdateBody>): TaskChange => ({
  ...rest,
  ...(dueDate !== undefined && { dueAt: readTime(dueDate, 'dueDate') }),
  ...readTaskRest({ body, assignedTo }),
})

const readTaskRest = ({ body, assignedTo }: { body?: string | null; assignedTo?: string | null }): TaskChange => ({
  ...(body !== undefined && { body: body ?? '' }),
  ...(assignedTo !== undefined && { assignedTo: assignedTo || null }),
})

function readTime(text: string, field: string): number {
  const time = instant(text)
  if (time === undefined) throw invalid(`${field} must be a valid ISO 8601 date string`)
  return time
}

export const writeTask = ({ dueAt, createdAt: _, updatedAt: __, ...same }: Task): Static<typeof WireTask> => ({
  ...same,
  dueDate: iso(dueAt),
})

export const writeTasks = (tasks: Task[]): Static<typeof TasksReply> => ({ tasks: tasks.map(writeTask) })

// Workflows and campaigns

export const EnrolBody = Type.Object({ eventStartTime: Type.Optional(Type.String({ maxLength: 100 })) }, strict)

/** What the workflow's merge fields know of it, as `trigger`. */
export const readEnrolment = ({ eventStartTime }: Static<typeof EnrolBody>) =>
  eventStartTime === undefined ? {} : { eventStartTime }
