import type { CSSProperties } from 'react'
import type { ColumnOf } from '../columns.ts'

/** Of the boxes by which rows are selected. */
const boxWidth = 48
const least = 80

const leastOf = ({ width, minWidth }: Pick<ColumnOf<never>, 'width' | 'minWidth'>) =>
  typeof width === 'number' ? width : (minWidth ?? least)

/**
 * The widths of the columns, as the styles of a table know them. They do not hang on what stands in a cell, so that each
 * row, which is a grid of its own, comes to the same.
 */
export function tracksOf<T>(columns: ColumnOf<T>[], selects: boolean): CSSProperties {
  const own = columns.map(({ width = '1fr', minWidth }) =>
    typeof width === 'number' ? `${width}px` : `minmax(${minWidth ?? least}px, ${width})`,
  )
  const total = columns.reduce((sum, column) => sum + leastOf(column), selects ? boxWidth : 0)
  return {
    '--table-columns': [...(selects ? [`${boxWidth}px`] : []), ...own].join(' '),
    '--table-width': `${total}px`,
  } as CSSProperties
}
