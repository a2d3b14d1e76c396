import type { SortDescriptor } from 'react-aria-components'

/** What v3's search sorts by, and which way. */
export interface Sort {
  column: string
  field: string
  direction: 'asc' | 'desc'
}

/** By the column that shows it. */
const fields: Record<string, string> = {
  name: 'name',
  value: 'monetary_value',
  age: 'last_stage_change_date',
  created: 'date_added',
  updated: 'date_updated',
}
/** What has lasted longer has begun earlier. */
const isTurned = (column: string) => column === 'age'
const usual = '-created'

export const isSortable = (column: string) => Object.hasOwn(fields, column)

/** `value`, `-value`; newest first where the URL says nothing that can be read. */
export function readSort(text: string | null): Sort {
  const known = text !== null && isSortable(text.replace(/^-/, '')) ? text : usual
  const column = known.replace(/^-/, '')
  const isDescending = known.startsWith('-') !== isTurned(column)
  return { column, field: fields[column] as string, direction: isDescending ? 'desc' : 'asc' }
}

export const columnSort = ({ column, direction }: Sort): SortDescriptor => ({
  column,
  direction: (direction === 'desc') !== isTurned(column) ? 'descending' : 'ascending',
})

export function writeSort({ column, direction }: SortDescriptor): string | null {
  const text = `${direction === 'descending' ? '-' : ''}${column}`
  return text === usual ? null : text
}
