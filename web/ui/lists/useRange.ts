import { useEffect, useRef } from 'react'
import type { Key, Selection } from 'react-aria-components'

type Select = (selection: Selection) => void

/**
 * Selects all between the box that was ticked last and the one that is clicked with shift. React Aria does so for a
 * click on the row, but not on its box.
 */
export function useRange(
  selection: Selection | undefined,
  onSelect: Select | undefined,
  ids: Key[],
): Select | undefined {
  const isShifted = useRef(false)
  const last = useRef<Key | null>(null)
  useEffect(() => {
    const point = (event: PointerEvent) => {
      isShifted.current = event.shiftKey
    }
    const type = () => {
      isShifted.current = false
    }
    addEventListener('pointerdown', point, true)
    addEventListener('keydown', type, true)
    return () => {
      removeEventListener('pointerdown', point, true)
      removeEventListener('keydown', type, true)
    }
  }, [])

  return (
    onSelect &&
    ((next) => {
      const changed = changedKey(selection ?? new Set(), next)
      const from = isShifted.current ? last.current : null
      last.current = changed
      onSelect(from === null || changed === null ? next : extended(next, ids, from, changed))
    })
  )
}

/** The one that was ticked, or unticked; null if it is not one. */
export function changedKey(before: Selection, after: Selection): Key | null {
  if (before === 'all' || after === 'all') return null
  const changed = [...before, ...after].filter((id) => !(before.has(id) && after.has(id)))
  return changed.length === 1 ? (changed[0] ?? null) : null
}

/** Those between the two become what the second has become. */
export function extended(selection: Selection, ids: Key[], from: Key, to: Key): Selection {
  const [first, last] = [ids.indexOf(from), ids.indexOf(to)].sort((a, b) => a - b) as [number, number]
  if (selection === 'all' || first < 0) return selection
  const between = ids.slice(first, last + 1)
  if (selection.has(to)) return new Set([...selection, ...between])
  const without = new Set(between)
  return new Set([...selection].filter((id) => !without.has(id)))
}
