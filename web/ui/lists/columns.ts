import type { ReactNode } from 'react'

/** What a Table shows of each row. */
export interface ColumnOf<T> {
  id: string
  title: string
  cell: (row: T) => ReactNode
  /** In px, or a share of what is left such as `2fr`; a share unless told otherwise. */
  width?: number | `${number}fr`
  minWidth?: number
  /** Figures stand at the right. */
  align?: 'end'
  isSortable?: boolean
  /** Names the row to a screen reader; one column has it. */
  isRowHeader?: boolean
  /** For a column of buttons. */
  isTitleHidden?: boolean
  /** Not offered by the column chooser: always there. */
  isFixed?: boolean
  /** Not shown until somebody chooses it. */
  isOptional?: boolean
}
