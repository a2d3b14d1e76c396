import { ArrowDown, ArrowUp } from 'lucide-react'
import { type ReactNode, useMemo, useRef } from 'react'
import {
  Table as AriaTable,
  Cell,
  Collection,
  Column,
  Row,
  type Selection,
  type SortDescriptor,
  TableBody,
  TableHeader,
  TableLayout,
  TableLoadMoreItem,
  Virtualizer,
} from 'react-aria-components'
import { ui } from '../../words/ui.ts'
import { Icon } from '../actions/Icon.tsx'
import { Checkbox } from '../choices/Checkbox.tsx'
import { Skeleton } from '../feedback/Skeleton.tsx'
import { useMedia } from '../marks/useMedia.ts'
import type { ColumnOf } from './columns.ts'
import { useRange } from './useRange.ts'
import './lists.css'

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
  /** Given, more is asked for when the end comes near. */
  more?: { isLoading: boolean; load: () => void }
  empty: ReactNode
}

/** Rows of 40 px under a header that stays; only those in sight exist, so that ten thousand cost no more than fifty. */
export function Table<T extends object>(props: TableProps<T>) {
  const { label, columns, rows, rowId, onOpen, sort, onSort, selection, onSelect, more, empty } = props
  const isTouch = useMedia('(pointer: coarse)')
  const layoutOptions = useMemo(() => ({ rowHeight: isTouch ? 48 : 40, headingHeight: 32 }), [isTouch])
  const byId = useMemo(() => new Map(rows.map((row) => [rowId(row), row])), [rows, rowId])
  const select = useRange(selection, onSelect, [...byId.keys()])
  const selects = Boolean(selection && onSelect)

  const latest = useRef(more)
  latest.current = more
  const hasMore = more !== undefined
  const isLoading = more?.isLoading === true
  // Made anew only for other rows or columns: a click on a box is no reason to look at ten thousand.
  const content = useMemo(
    () => (
      <>
        <TableHeader className="table-head">
          {selects && (
            <Column id="select" width={48} minWidth={48} className="heading">
              <Checkbox slot="selection" aria-label={ui.selectAll} />
            </Column>
          )}
          <Collection items={columns}>{(column) => <Heading column={column} />}</Collection>
        </TableHeader>
        <TableBody>
          <Collection items={rows} dependencies={[columns, selects]}>
            {(row) => (
              <Row id={rowId(row)} className="row" data-row={rowId(row)}>
                {selects && (
                  <Cell className="cell">
                    <Checkbox slot="selection" aria-label={ui.selectRow} />
                  </Cell>
                )}
                <Collection items={columns}>
                  {(column) => <Cell className={cellClass('cell', column)}>{column.cell(row)}</Cell>}
                </Collection>
              </Row>
            )}
          </Collection>
          {hasMore && (
            <TableLoadMoreItem className="row" isLoading={isLoading} onLoadMore={() => latest.current?.load()}>
              <Skeleton width="40%" />
            </TableLoadMoreItem>
          )}
        </TableBody>
      </>
    ),
    [columns, rows, rowId, selects, hasMore, isLoading],
  )

  if (rows.length === 0 && !more?.isLoading) return empty
  return (
    <Virtualizer layout={TableLayout} layoutOptions={layoutOptions}>
      <AriaTable
        aria-label={label}
        className="table"
        selectionMode={selects ? 'multiple' : 'none'}
        selectedKeys={selection}
        onSelectionChange={select}
        sortDescriptor={sort}
        onSortChange={onSort}
        onRowAction={onOpen && ((id) => onOpen(byId.get(String(id)) as T))}
      >
        {content}
      </AriaTable>
    </Virtualizer>
  )
}

const Heading = <T,>({ column }: { column: ColumnOf<T> }) => (
  <Column
    id={column.id}
    textValue={column.title}
    isRowHeader={column.isRowHeader}
    allowsSorting={column.isSortable}
    width={column.width ?? '1fr'}
    minWidth={column.minWidth ?? (typeof column.width === 'number' ? column.width : 80)}
    className={cellClass('heading', column)}
  >
    {({ sortDirection }) => (
      <>
        <span className={column.isTitleHidden ? 'unseen' : 'one-line'}>{column.title}</span>
        {sortDirection && <Icon icon={sortDirection === 'ascending' ? ArrowUp : ArrowDown} size={12} />}
      </>
    )}
  </Column>
)

const cellClass = <T,>(base: string, { align }: ColumnOf<T>) => (align === 'end' ? `${base} end` : base)
