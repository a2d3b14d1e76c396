import { ArrowDown, ArrowUp } from 'lucide-react'
import type { SortDescriptor } from 'react-aria-components'
import { ui } from '../../../words/ui.ts'
import { Icon } from '../../actions/Icon.tsx'
import type { ColumnOf } from '../columns.ts'
import type { Selecting } from './selecting.ts'
import { Tick } from './Tick.tsx'

interface Props<T> {
  columns: ColumnOf<T>[]
  sort: SortDescriptor | undefined
  onSort: ((sort: SortDescriptor) => void) | undefined
  selecting: Selecting
  /** Of the words that say what a press does. */
  helpId: string
}

/** What the columns are called; a press sorts by one, and the other way around if it is sorted by it already. */
export function Head<T>({ columns, sort, onSort, selecting, helpId }: Props<T>) {
  const { isPossible, isAll, isAny, all, clear } = selecting
  return (
    <thead className="table-head">
      <tr aria-rowindex={1} className="heads">
        {isPossible && (
          <th scope="col" aria-colindex={1} className="heading box">
            <Tick label={ui.selectAll} isOn={isAll} isPartly={isAny && !isAll} onChange={isAll ? clear : all} />
          </th>
        )}
        {columns.map((column, at) => (
          <Heading
            key={column.id}
            column={column}
            at={(isPossible ? 2 : 1) + at}
            direction={sort?.column === column.id ? sort.direction : undefined}
            {...(column.isSortable && onSort && { onSort })}
            helpId={helpId}
          />
        ))}
      </tr>
    </thead>
  )
}

interface HeadingProps<T> extends Pick<Props<T>, 'helpId'> {
  column: ColumnOf<T>
  at: number
  direction: SortDescriptor['direction'] | undefined
  onSort?: (sort: SortDescriptor) => void
}

function Heading<T>({ column, at, direction, onSort, helpId }: HeadingProps<T>) {
  const other = direction === 'ascending' ? 'descending' : 'ascending'
  const sorted = onSort && {
    tabIndex: -1,
    onClick: () => onSort({ column: column.id, direction: other }),
    'aria-sort': direction ?? ('none' as const),
    'aria-describedby': helpId,
    'data-sortable': true,
  }
  return (
    <th scope="col" aria-colindex={at} {...sorted} className={column.align === 'end' ? 'heading end' : 'heading'}>
      <span className={column.isTitleHidden ? 'unseen' : 'one-line'}>{column.title}</span>
      {direction && <Icon icon={direction === 'ascending' ? ArrowUp : ArrowDown} size={12} />}
    </th>
  )
}
