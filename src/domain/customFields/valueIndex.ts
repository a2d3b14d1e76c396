import { createHash } from 'node:crypto'
import { fold } from '../text.ts'
import type { CustomFieldValue } from './values.ts'

/** One thing to find a record by: a whole value, an item of a list, or what stands under a key. */
export interface IndexRow {
  fieldId: string
  /** '' for a whole value, the index in a list, the key in an object; as `itemKey` has it. */
  item: string
  text: string
  /** Numbers, and dates as epoch milliseconds. */
  number: number | null
}

/** The key itself, or what stands for it where it is too long for the index that it is part of. */
export const itemKey = (key: string): string =>
  key.length <= 255 ? key : createHash('sha256').update(key).digest('hex')

/** What must go from the index and what must be put there. */
export function differences(before: CustomFieldValue[], after: CustomFieldValue[]) {
  const kept = byPlace(before)
  const wanted = byPlace(after)
  return {
    gone: [...kept].filter(([place]) => !wanted.has(place)).map(([, row]) => row),
    put: [...wanted].filter(([place, row]) => !same(row, kept.get(place))).map(([, row]) => row),
  }
}

export function indexRows({ id, value }: CustomFieldValue): IndexRow[] {
  if (value === null || value === undefined) return []
  if (typeof value !== 'object') return [indexRow(id, '', value)]
  return Object.entries(value).map(([item, part]) => indexRow(id, itemKey(item), part))
}

const byPlace = (values: CustomFieldValue[]) =>
  new Map(values.flatMap(indexRows).map((row) => [JSON.stringify([row.fieldId, row.item]), row]))

const same = (a: IndexRow, b: IndexRow | undefined) => a.text === b?.text && a.number === b.number

function indexRow(fieldId: string, item: string, value: unknown): IndexRow {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return { fieldId, item, text: fold(text), number: numberOf(value) }
}

/** The two forms that `coerce` gives to dates. */
const date = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\.\d{3}Z)?$/

function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || !date.test(value)) return null
  const time = Date.parse(value)
  return Number.isNaN(time) ? null : time
}
