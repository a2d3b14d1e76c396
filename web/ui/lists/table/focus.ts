import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { scrollToRow } from '../useSight.ts'

/** Of the header, which stays. */
export const headHeight = 32

/** In a row, to the left and to the right: whatever can be pressed in a cell, or else the cell. */
export function stopsOf(row: Element): HTMLElement[] {
  return [...row.children].flatMap((cell) => {
    const inside = [...cell.querySelectorAll<HTMLElement>('a[href], button, input:not(:disabled)')]
    return inside.length > 0 ? inside : [cell as HTMLElement]
  })
}

/** A cell takes the focus only while it has it, for a click in it is for its row. */
export function focusOn(stop: HTMLElement): void {
  if (stop.tabIndex < 0 && !stop.hasAttribute('tabindex')) {
    stop.tabIndex = -1
    stop.addEventListener('blur', () => stop.removeAttribute('tabindex'), { once: true })
  }
  stop.focus({ preventScroll: true })
  stop.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

export type RowFocus = ReturnType<typeof useRowFocus>

/**
 * The one row of a table that Tab leads to. It exists also while it is out of sight, so that the focus is never lost;
 * if it goes, the row that takes its place has the focus.
 */
export function useRowFocus(
  scroller: RefObject<HTMLElement | null>,
  ids: string[],
  places: Map<string, number>,
  rowHeight: number,
) {
  const [current, setCurrent] = useState<string | null>(null)
  const at = current === null ? undefined : places.get(current)
  const lastAt = useRef(0)
  const hasFocus = useRef(false)

  /** To a row, or to one of its stops. */
  function goTo(index: number, stop = -1) {
    const id = ids[index]
    if (id === undefined) return
    scrollToRow(scroller.current, index, rowHeight, headHeight)
    flushSync(() => setCurrent(id))
    const row = scroller.current?.querySelector(`[data-row="${CSS.escape(id)}"]`)
    if (row) focusOn(stopsOf(row)[stop] ?? (row as HTMLElement))
  }

  useLayoutEffect(() => {
    if (at !== undefined) lastAt.current = at
    else if (current !== null) setCurrent(ids[Math.min(lastAt.current, ids.length - 1)] ?? null)
    const isLost = hasFocus.current && document.activeElement === document.body
    if (isLost) scroller.current?.querySelector<HTMLElement>('.row[tabindex="0"]')?.focus({ preventScroll: true })
  }, [at, current, ids, scroller])

  return {
    at,
    goTo,
    enter(id: string | undefined) {
      hasFocus.current = true
      if (id !== undefined) setCurrent(id)
    },
    leave() {
      hasFocus.current = false
    },
  }
}
