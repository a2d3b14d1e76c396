import { useCallback, useId, useRef } from 'react'
import type { TableProps } from '../Table.tsx'
import { MoreRow } from './MoreRow.tsx'
import { Row } from './Row.tsx'
import type { useGrid } from './useGrid.ts'

type Props<T> = Pick<TableProps<T>, 'columns' | 'rows' | 'more'> &
  Pick<ReturnType<typeof useGrid<T>>, 'ids' | 'shown' | 'rowHeight' | 'selecting' | 'currentAt'>

/** As high as all rows together; each stands where it belongs. */
export function Body<T>({ columns, rows, more, ids, shown, rowHeight, selecting, currentAt }: Props<T>) {
  const nameId = useId()
  const latest = useRef(selecting)
  latest.current = selecting
  const tick = useCallback((id: string, isShifted: boolean) => latest.current.toggle(id, isShifted), [])
  const hasMoreRow = more?.isLoading || more?.isFailed
  return (
    <tbody className="table-body" style={{ height: (ids.length + (hasMoreRow ? 1 : 0)) * rowHeight }}>
      {shown.map((at) => {
        const id = ids[at] as string
        return (
          <Row
            key={id}
            id={id}
            at={at}
            top={at * rowHeight}
            row={rows[at] as T}
            columns={columns}
            nameId={`${nameId}-${id}`}
            isCurrent={at === currentAt}
            isSelected={selecting.isPossible ? selecting.isOn(id) : null}
            onTick={tick}
          />
        )
      })}
      {hasMoreRow && <MoreRow {...more} at={ids.length} top={ids.length * rowHeight} />}
    </tbody>
  )
}
