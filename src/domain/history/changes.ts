import { plainText } from '../html.ts'
import type { Event } from '../outbox.ts'
import type { Kept } from './table.ts'

/** A field that differs. Values as the wire has them, but ids with the names of what they stand for. */
export interface Change {
  /** As the wire calls it; a custom field's is `customFields.` and its id. */
  field: string
  /** What people call a custom field, while there is such a field. */
  label?: string
  before: unknown
  after: unknown
}

/** An id with what it stands for; null where that is no longer known. */
export interface Named {
  id: string
  name: string | null
}

const clocks = ['createdAt', 'updatedAt', 'lastActivityAt', 'indexVersion']
const own = ['id', 'locationId', 'version', 'deleted', ...clocks]

/** What follows from other changes, which are told themselves. */
const derived: Partial<Record<Event['record'], string[]>> = {
  opportunity: [
    ...['lastActionAt', 'lastStageChangeAt', 'lastStatusChangeAt', 'forecastOriginalCloseDate'],
    ...['forecastSlippageCount', 'forecastDaysSlipped', 'forecastLastSlippedAt'],
  ],
  contact: ['noteCount', 'taskCount'],
}

/** What the wire calls otherwise. */
const wireNames: Record<string, string> = { dueAt: 'dueDate' }
const moments = new Set(['forecastExpectedCloseDate', 'dueAt'])
const ids = new Set(['pipelineId', 'pipelineStageId', 'assignedTo', 'lostReasonId', 'contactId', 'userId', 'followers'])

/** The fields that differ between the sides of an event; of what is new or gone, those that are not empty. */
export function changesOf({ record, before, after }: Pick<Kept, 'record' | 'before' | 'after'>): Change[] {
  const passedOver = new Set([...own, ...(derived[record] ?? [])])
  const fields = Object.keys({ ...before, ...after }).filter((field) => !passedOver.has(field))
  return fields.flatMap((field) => {
    const [was, is] = [before?.[field], after?.[field]]
    if (field === 'customFields') return customChanges(was as Value[] | undefined, is as Value[] | undefined)
    const read = record === 'note' && field === 'body' ? textOf : (value: unknown) => readable(field, value)
    const sides = { before: read(was), after: read(is) }
    return isSame(sides.before, sides.after) ? [] : [{ field: wireNames[field] ?? field, ...sides }]
  })
}

interface Value {
  id: string
  value: unknown
}

function customChanges(was: Value[] = [], is: Value[] = []): Change[] {
  const valueIn = (values: Value[], id: string) => values.find((one) => one.id === id)?.value ?? null
  const all = [...new Set([...was, ...is].map(({ id }) => id))]
  return all
    .map((id) => ({ field: `customFields.${id}`, before: valueIn(was, id), after: valueIn(is, id) }))
    .filter(({ before, after }) => !isSame(before, after))
}

/** A note is told by its words. */
const textOf = (html: unknown) => readable('body', typeof html === 'string' ? plainText(html) : html)

/** Empty things are null alike, so that nothing differs that nobody filled in. */
function readable(field: string, value: unknown): unknown {
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return null
  return moments.has(field) && typeof value === 'number' ? new Date(value).toISOString() : value
}

const isSame = (one: unknown, other: unknown) => one === other || JSON.stringify(one) === JSON.stringify(other)

/** The ids that changes are about, to be named. */
export const idsIn = (changes: Change[]): string[] =>
  changes.flatMap(({ field, before, after }) => {
    if (field.startsWith('customFields.')) return [field.slice('customFields.'.length)]
    return ids.has(field) ? [before, after].flat().filter((id) => typeof id === 'string') : []
  })

/** The same changes with the names of what their ids stand for. */
export function named({ field, before, after }: Change, names: ReadonlyMap<string, string>): Change {
  if (field.startsWith('customFields.')) {
    const label = names.get(field.slice('customFields.'.length))
    return { field, ...(label !== undefined && { label }), before, after }
  }
  if (!ids.has(field)) return { field, before, after }
  return { field, before: nameAll(before, names), after: nameAll(after, names) }
}

function nameAll(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((id) => nameAll(id, names))
  return typeof value === 'string' ? ({ id: value, name: names.get(value) ?? null } satisfies Named) : value
}
