import { useRef, useSyncExternalStore } from 'react'
import { isPrinting } from './printing.ts'

/** Whether the screen fits, as CSS has it: `(width < 800px)`. On paper nothing is drawn otherwise than it was before. */
export function useMedia(query: string): boolean {
  const before = useRef<boolean>(undefined)
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => {
      if (before.current === undefined || !isPrinting()) before.current = matchMedia(query).matches
      return before.current
    },
  )
}
