import { type FocusEvent, type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import { ui } from '../../../words/ui.ts'
import { useMedia } from '../../marks/useMedia.ts'
import type { TableProps } from '../Table.tsx'
import { useSight } from '../useSight.ts'
import { headHeight, useRowFocus } from './focus.ts'
import { pressKey } from './keys.ts'
import { useSelecting } from './selecting.ts'

/** What a table knows beside its rows: what is in sight, selected and in focus, and what a key or a click does. */
export function useGrid<T>(props: Omit<TableProps<T>, 'empty'>) {
  const { label, rows, rowId, columns, onOpen, onSort, selection, onSelect, more } = props
  const scroller = useRef<HTMLTableElement>(null)
  const [start, end] = [useRef<HTMLSpanElement>(null), useRef<HTMLSpanElement>(null)]
  const rowHeight = useMedia('(pointer: coarse)') ? 48 : 40
  const [says, say] = useState('')
  const ids = useMemo(() => rows.map(rowId), [rows, rowId])
  const places = useMemo(() => new Map(ids.map((id, at) => [id, at])), [ids])
  const selecting = useSelecting(ids, selection, onSelect, (count) => say(ui.rowsSelected(count)))
  const focus = useRowFocus(scroller, ids, places, rowHeight)
  const { first, last, isOnPaper } = useSight(scroller, rowHeight)
  useMore(more, !isOnPaper && 2 * last - first >= ids.length, `${ids.length} ${ids.at(-1)}`)

  function press(event: KeyboardEvent<HTMLElement>) {
    const grid = event.currentTarget
    // In a menu that a row has opened, which stands elsewhere, keys mean what they mean there.
    if (!grid.contains(event.target as Node)) return
    if (event.key === 'Tab') return (event.shiftKey ? start : end).current?.focus({ preventScroll: true })
    const page = Math.max(1, Math.floor((grid.clientHeight - headHeight) / rowHeight) - 1)
    if (!pressKey({ grid, page, ids, focus, selecting, open }, event)) return
    event.preventDefault()
    event.stopPropagation()
  }
  function open(id: string) {
    const row = rows[places.get(id) ?? -1]
    if (row) onOpen?.(row)
  }
  /** What can be pressed in a cell does its own; while rows are selected, a click selects. */
  function click({ currentTarget, target, shiftKey, ctrlKey, metaKey }: MouseEvent<HTMLElement>) {
    const id = currentTarget.contains(target as Node) ? rowOf(target) : undefined
    if (id === undefined || (target as Element).closest('a, button, input, label')) return
    const selects = selecting.isPossible && (selecting.isAny || shiftKey || ctrlKey || metaKey)
    if (selects) selecting.toggle(id, shiftKey)
    else open(id)
  }
  /** To the first row in sight, and from then on to the one that had the focus last. */
  const goIn = () => focus.goTo(focus.at ?? Math.ceil((scroller.current?.scrollTop ?? 0) / rowHeight))
  /** What a row has opened stands elsewhere and belongs to it all the same. */
  function enter({ currentTarget, target }: FocusEvent<HTMLElement>) {
    if (target === currentTarget) goIn()
    else focus.enter(currentTarget.contains(target) ? rowOf(target) : undefined)
  }
  /** Coming from without, Tab leads in; coming from within, it leads on. */
  function passEdge({ relatedTarget }: FocusEvent<HTMLElement>) {
    if (!scroller.current?.contains(relatedTarget)) goIn()
  }
  const sort: typeof onSort =
    onSort &&
    ((wanted) => {
      const title = columns.find(({ id }) => id === wanted.column)?.title ?? ''
      say(ui.sorted(title, wanted.direction === 'descending'))
      onSort(wanted)
    })
  return {
    ref: scroller,
    edges: [start, end].map((ref) => ({ ref, tabIndex: 0, onFocus: passEdge, className: 'table-edge' })),
    rowHeight,
    says,
    ids,
    selecting,
    currentAt: focus.at,
    isCutOnPaper: isOnPaper && (more !== undefined || ids.length > last),
    shown: placesOf(first, last, ids.length, focus.at),
    sort,
    gridProps: {
      role: 'grid',
      'aria-label': label,
      'aria-rowcount': ids.length + 1,
      'aria-colcount': columns.length + (selecting.isPossible ? 1 : 0),
      'aria-multiselectable': selecting.isPossible || undefined,
      tabIndex: focus.at === undefined ? 0 : -1,
      onKeyDownCapture: press,
      onClick: click,
      onFocus: enter,
      onBlur: focus.leave,
    },
  }
}

const rowOf = (target: EventTarget) => (target as Element).closest<HTMLElement>('[data-row]')?.dataset.row

/** Those in sight, in order, and the one that the keyboard is at. */
function placesOf(first: number, last: number, count: number, current: number | undefined): number[] {
  const end = Math.min(last, count)
  const seen = Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at)
  if (current === undefined || (current >= first && current < end)) return seen
  return current < first ? [current, ...seen] : [...seen, current]
}

/** Asked for when an end comes near, or what was under way then has ended: what failed is not tried on and on. */
function useMore(more: TableProps<never>['more'], isNear: boolean, end: string): void {
  const isWanted = isNear && more !== undefined && !more.isBusy && !more.isFailed
  const load = useRef(more?.load)
  load.current = more?.load
  // biome-ignore lint/correctness/useExhaustiveDependencies: another end is another page to ask for
  useEffect(() => {
    if (isWanted) load.current?.()
  }, [isWanted, end])
}
