import type { Static } from '@sinclair/typebox'
import type { HistoryReply } from '../../../src/api/console/historyWire.ts'
import { recordWords as words } from '../../words/records.ts'

export type Happening = Static<typeof HistoryReply>['events'][number]
export type FieldChange = Happening['changes'][number]

/** Who it was, as a sentence begins. */
export function doerOf({ caller: { kind, name } }: Happening): string {
  return name ? words.doers[kind](name) : words.namelessDoers[kind]
}

/** What somebody did, as the sentence goes on. `isReturn`: it had been deleted before. */
export function deedOf(happening: Happening, isReturn = false): string {
  if (happening.record === 'note') return deedOfNote(happening)
  if (happening.record === 'task') return deedOfTask(happening)
  const { types, changes, record } = happening
  const what = words.what[record as keyof typeof words.what] ?? record
  const is = (ending: string) => types.some((type) => type.endsWith(ending))
  if (is('Create')) return isReturn ? words.happened.restored(what) : words.happened.created(what)
  if (is('Delete')) return words.happened.deleted(what)

  const status = valueAfter(changes, 'status')
  if (is('StatusUpdate') && isEnd(status)) return words.happened[status]
  if (changes.length > 0 && changes.every(isMove)) return words.happened.moved
  const names = [...new Set(changes.map(nameOf))]
  return names.length > 0 ? words.happened.changed(words.and(names)) : words.happened.touched
}

function deedOfNote({ types }: Happening): string {
  if (types.includes('NoteCreate')) return words.happened.noteAdded
  return types.includes('NoteDelete') ? words.happened.noteDeleted : words.happened.noteChanged
}

function deedOfTask({ types, changes }: Happening): string {
  const { before, after } = changes.find(({ field }) => field === 'title') ?? {}
  const title = String(after ?? before ?? words.happened.task)
  if (types.includes('TaskCreate')) return words.happened.taskAdded(title)
  if (types.includes('TaskDelete')) return words.happened.taskDeleted(title)
  return types.includes('TaskComplete') ? words.happened.taskDone(title) : words.happened.taskChanged(title)
}

/** What the sentence does not say: of what is new or gone, nothing; of a note, its text. */
export function detailsOf({ record, types, changes }: Happening): FieldChange[] {
  const isEdge = types.some((type) => type.endsWith('Create') || type.endsWith('Delete'))
  if (record === 'note') return changes.filter(({ field }) => field === 'body')
  return isEdge ? [] : changes.filter((change) => !isSaid(change))
}

/** The deed says how a deal ended; that a reason went with the loss, and what follows from the stage, goes without saying. */
const isSaid = ({ field, after }: FieldChange) =>
  field === 'effectiveProbability' || field === 'status' || (field === 'lostReasonId' && after === null)

const isMove = ({ field }: FieldChange) => ['pipelineId', 'pipelineStageId', 'effectiveProbability'].includes(field)

/** The one thing that is told in the same line as the deed. */
export function onlyOf(happening: Happening, details: FieldChange[]): FieldChange | undefined {
  const [only, ...others] = details
  const isEnd = happening.types.includes('OpportunityStatusUpdate')
  return happening.record === 'note' || others.length > 0 || isEnd ? undefined : only
}

export const nameOf = ({ field, label }: FieldChange): string => label ?? words.fields[field] ?? field

const isEnd = (status: string | undefined): status is 'won' | 'lost' | 'abandoned' | 'open' =>
  status !== undefined && ['won', 'lost', 'abandoned', 'open'].includes(status)

function valueAfter(changes: FieldChange[], field: string): string | undefined {
  const after = changes.find((change) => change.field === field)?.after
  return after === undefined || after === null ? undefined : textOf(after)
}

/** A value as a person reads it, where nothing better is known of its field: names for ids, lists with commas. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value !== 'object' || value === null) return String(value ?? words.empty)
  if ('id' in value && 'name' in value) return String(value.name ?? value.id)
  return JSON.stringify(value)
}
