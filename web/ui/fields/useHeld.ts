import { useRef, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let isPressed = false
let ending: ReturnType<typeof setTimeout> | undefined

/** By the events of the mouse, which a finger gives as well: it is these that take the focus away from a field. */
addEventListener(
  'mousedown',
  ({ button }) => {
    if (button !== 0) return
    clearTimeout(ending)
    isPressed = true
  },
  true,
)
/** Where nothing is told of the end, the next key tells that it was, or a mouse that moves without being pressed. */
for (const name of ['mouseup', 'dragend', 'contextmenu', 'keydown']) addEventListener(name, end, true)
addEventListener('mousemove', ({ buttons }) => buttons === 0 && end(), true)

/** Once the click that comes with it is over. */
function end() {
  if (!isPressed) return
  clearTimeout(ending)
  ending = setTimeout(release)
}

function release() {
  isPressed = false
  for (const listener of listeners) listener()
}

/**
 * What it is, or while a press lasts what it was before. A field is left by the press on a button: what came or went
 * below the field at that moment would move the button out from under the pointer, and the press would be lost.
 */
export function useHeld<T>(now: T): T {
  const before = useRef(now)
  if (!useSyncExternalStore(listen, () => isPressed)) before.current = now
  return before.current
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
