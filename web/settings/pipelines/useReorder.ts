import { type KeyboardEvent, type PointerEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react'

interface Reordering {
  /** The keys as they stand, in their order. */
  keys: string[]
  move: (key: string, to: number) => void
  /** Whose children are the things in order. */
  list: RefObject<HTMLElement | null>
}

/** Dragging by a handle, with a finger or the pointer, and moving by the arrow keys while the handle has the focus. */
export function useReorder({ keys, move, list }: Reordering) {
  const [lifted, setLifted] = useState<string | null>(null)
  const latest = useRef({ keys, move })
  latest.current = { keys, move }
  const toFocus = useRef<string | null>(null)

  // What moves in the document loses the focus there.
  useLayoutEffect(() => {
    if (!toFocus.current) return
    list.current?.querySelector<HTMLElement>(`[data-handle="${CSS.escape(toFocus.current)}"]`)?.focus()
    toFocus.current = null
  })

  const step = (key: string) => (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!by) return
    event.preventDefault()
    const to = keys.indexOf(key) + by
    if (to < 0 || to >= keys.length) return
    toFocus.current = key
    move(key, to)
  }

  const lift = (key: string) => (event: PointerEvent) => {
    if (event.button !== 0) return
    setLifted(key)
    const follow = ({ clientY }: globalThis.PointerEvent) => {
      const { keys, move } = latest.current
      const to = placeAt(list.current, clientY)
      if (to >= 0 && to !== keys.indexOf(key)) move(key, to)
    }
    const drop = () => {
      setLifted(null)
      removeEventListener('pointermove', follow)
      removeEventListener('pointerup', drop)
      removeEventListener('pointercancel', drop)
    }
    addEventListener('pointermove', follow)
    addEventListener('pointerup', drop)
    addEventListener('pointercancel', drop)
  }

  const handle = (key: string) => ({ 'data-handle': key, onKeyDown: step(key), onPointerDown: lift(key) })
  return { lifted, handle }
}

/** Which of the children lies at this height; the first above all of them, the last below. */
function placeAt(list: HTMLElement | null, y: number): number {
  const children = [...(list?.children ?? [])].map((child) => child.getBoundingClientRect())
  const at = children.findIndex(({ bottom }) => y < bottom)
  return at < 0 ? children.length - 1 : at
}
