import { useRef } from 'react'
import type { Selection } from 'react-aria-components'

export type Selecting = ReturnType<typeof useSelecting>

/**
 * Which rows of a table are selected, and the ways to change that. With shift, all from the row that was chosen last.
 * `says` is told how many are selected then.
 */
export function useSelecting(
  ids: string[],
  selection: Selection | undefined,
  onSelect: ((selection: Selection) => void) | undefined,
  says: (count: number) => void,
) {
  const anchor = useRef<string | null>(null)
  const end = useRef<string | null>(null)
  const chosen: Selection = selection ?? none
  const isOn = (id: string) => chosen === 'all' || chosen.has(id)

  function toggle(id: string, isRange = false) {
    change(ranged(chosen, ids, (isRange && anchor.current) || id, id, !isOn(id)), id)
  }
  /** From the anchor, or else from here, to there; what an earlier stretch has selected beyond it is given back. */
  function stretch(from: string, to: string) {
    const fixed = anchor.current ?? from
    const given = ranged(chosen, ids, fixed, end.current ?? fixed, false)
    change(ranged(given, ids, fixed, to, true), fixed, to)
  }
  function change(selection: Selection, from: string | null, to = from) {
    anchor.current = from
    end.current = to
    onSelect?.(selection)
    says(selection === 'all' ? ids.length : selection.size)
  }
  return {
    isPossible: selection !== undefined && onSelect !== undefined,
    isAll: ids.length > 0 && (chosen === 'all' || (chosen.size >= ids.length && ids.every(isOn))),
    isAny: chosen === 'all' || chosen.size > 0,
    isOn,
    toggle,
    stretch,
    all: () => change('all', null),
    clear: () => change(new Set(), null),
  }
}

const none: Selection = new Set()

/** Those between the two, wherever either stands, become selected or not; one that has gone leaves the other alone. */
export function ranged(selection: Selection, ids: string[], from: string, to: string, isOn: boolean): Selection {
  const [first, last] = [ids.indexOf(from), ids.indexOf(to)].sort((a, b) => a - b) as [number, number]
  const between = first < 0 ? [to] : ids.slice(first, last + 1)
  const next = new Set(selection === 'all' ? ids : selection)
  for (const id of between) {
    if (isOn) next.add(id)
    else next.delete(id)
  }
  return next
}
