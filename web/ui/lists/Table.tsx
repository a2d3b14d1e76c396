import { type ReactNode, useId, useMemo } from 'react'
import type { Selection, SortDescriptor } from 'react-aria-components'
import { ui } from '../../words/ui.ts'
import { mostOnPaper } from '../marks/printing.ts'
import type { ColumnOf } from './columns.ts'
import { Body } from './table/Body.tsx'
import { Head } from './table/Head.tsx'
import { tracksOf } from './table/tracks.ts'
import { useGrid } from './table/useGrid.ts'
import './table/table.css'

export interface TableProps<T> {
  label: string
  columns: ColumnOf<T>[]
  rows: T[]
  rowId: (row: T) => string
  /** Enter, or a click on the row. */
  onOpen?: (row: T) => void
  sort?: SortDescriptor
  onSort?: (sort: SortDescriptor) => void
  /** Given both, rows can be selected: with the pointer, the space bar, shift and Ctrl/Cmd A. */
  selection?: Selection
  onSelect?: (selection: Selection) => void
  /** Given, more is asked for when the end comes near and nothing else is under way; by the person once it has failed. */
  more?: { isLoading: boolean; isBusy: boolean; isFailed: boolean; load: () => void } | undefined
  empty: ReactNode
}

/**
 * Rows of one height under a header that stays; only those in sight exist, so that ten thousand cost no more than fifty.
 * The same columns must stay the same array, for all rows are drawn anew for others.
 */
export const Table = <T extends object>({ empty, ...props }: TableProps<T>) =>
  props.rows.length === 0 && !props.more?.isLoading ? empty : <Grid {...props} />

function Grid<T extends object>(props: Omit<TableProps<T>, 'empty'>) {
  const { columns, sort } = props
  const { ref, edges, says, ids, selecting, currentAt, isCutOnPaper, gridProps, ...grid } = useGrid(props)
  const { isPossible } = selecting
  const tracks = useMemo(() => tracksOf(columns, isPossible), [columns, isPossible])
  const helpId = useId()
  return (
    <>
      <span {...edges[0]} />
      <table ref={ref} className="table" style={tracks} {...gridProps}>
        <Head columns={columns} sort={sort} onSort={grid.sort} selecting={selecting} helpId={helpId} />
        <Body {...grid} {...props} ids={ids} selecting={selecting} currentAt={currentAt} />
      </table>
      {isCutOnPaper && <p className="soft">{ui.printedFirst(Math.min(ids.length, mostOnPaper))}</p>}
      <span {...edges[1]} />
      <span id={helpId} hidden>
        {ui.sortable}
      </span>
      <span role="status" className="unseen">
        {says}
      </span>
    </>
  )
}
