import { type Dispatch, type SetStateAction, useEffect, useMemo, useRef } from 'react'
import type { Selection, SortDescriptor } from 'react-aria-components'
import { moreOf } from '../api/more.ts'
import { SkeletonRows } from '../ui/feedback/Skeleton.tsx'
import type { ColumnOf } from '../ui/lists/columns.ts'
import { Table } from '../ui/lists/Table.tsx'
import { useMedia } from '../ui/marks/useMedia.ts'
import { listWords as words } from '../words/list.ts'
import { listKey, type View } from './ask.ts'
import { actionColumn, narrowColumns } from './columns.tsx'
import type { Deal } from './deals.ts'
import { Nothing } from './Nothing.tsx'
import type { RowActions } from './RowMenu.tsx'
import { columnSort } from './sort.ts'
import type { useDeals } from './useDeals.ts'

interface Props {
  view: View
  found: ReturnType<typeof useDeals>
  columns: ColumnOf<Deal>[]
  /** Null for those who may only look. */
  actions: RowActions | null
  selection: Selection
  onSelect: Dispatch<SetStateAction<Selection>>
  onOpen: (deal: Deal) => void
  onSort: (sort: SortDescriptor) => void
  onFilter: Parameters<typeof Nothing>[0]['onFilter']
  onImport: (() => void) | undefined
}

export function DealsTable(props: Props) {
  const { view, found, columns, actions, selection, onSelect, onOpen, onSort, onFilter, onImport } = props
  const { deals, isPending, isEmptied, isPlaceholderData } = found
  const frame = useRef<HTMLDivElement>(null)
  const shown = useShown(columns, actions)
  useBeginning(frame, view, isPlaceholderData)
  return (
    <div className="list" ref={frame} aria-busy={isPlaceholderData}>
      {isPending || isEmptied ? (
        <SkeletonRows count={16} />
      ) : (
        <Table
          label={words.table}
          columns={shown}
          rows={deals}
          rowId={idOf}
          onOpen={onOpen}
          sort={columnSort(view.sort)}
          onSort={onSort}
          {...(actions && { selection, onSelect })}
          more={moreOf(found)}
          empty={<Nothing filters={view.filters} onFilter={onFilter} onImport={onImport} />}
        />
      )}
    </div>
  )
}

const idOf = ({ id }: Deal) => id

const noChoices = { stages: [], owners: [], statuses: [] }

/** The same columns for as long as they are, though what a row can do is made anew each time. */
function useShown(columns: ColumnOf<Deal>[], actions: RowActions | null): ColumnOf<Deal>[] {
  const isNarrow = useMedia('(width < 640px)')
  const latest = useRef(actions)
  latest.current = actions
  const canAct = actions !== null
  return useMemo(() => {
    const column = actionColumn({
      choices: (...wanted) => latest.current?.choices(...wanted) ?? noChoices,
      run: (wish, deal) => latest.current?.run(wish, deal),
      lose: (deal) => latest.current?.lose(deal),
      open: (deal) => latest.current?.open(deal),
    })
    const all = canAct ? [...columns, column] : columns
    return isNarrow ? narrowColumns(all) : all
  }, [columns, canAct, isNarrow])
}

/** Other filters or another order show another list, from its top. */
function useBeginning(frame: { current: HTMLElement | null }, view: View, isOnItsWay: boolean): void {
  const key = JSON.stringify(listKey(view))
  const shown = useRef(key)
  useEffect(() => {
    if (isOnItsWay || shown.current === key) return
    shown.current = key
    frame.current?.querySelector('.table')?.scrollTo({ top: 0 })
  }, [frame, key, isOnItsWay])
}
