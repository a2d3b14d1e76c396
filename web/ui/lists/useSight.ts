import { type RefObject, useLayoutEffect, useState } from 'react'
import { isPrinting, mostOnPaper, usePrinting } from '../marks/printing.ts'

/** Rows beyond what is in sight that exist all the same, so that none is missing while it is scrolled into view. */
const beyond = 4

/** The first and the last of rows of one height that a scroller shows: on paper as many as there may be. */
export function useSight(scroller: RefObject<HTMLElement | null>, step: number) {
  const [[first, last], setSight] = useState<[first: number, last: number]>([0, 16])
  const isOnPaper = usePrinting()
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = () => {
      // What is on paper is as high as all that is in it.
      if (isPrinting()) return
      const { scrollTop, clientHeight } = element
      const top = Math.max(0, Math.floor(scrollTop / step) - beyond)
      const end = Math.ceil((scrollTop + clientHeight) / step) + beyond
      setSight((before) => (before[0] === top && before[1] === end ? before : [top, end]))
    }
    const watch = new ResizeObserver(look)
    look()
    watch.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      watch.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller, step])
  return isOnPaper ? { first: 0, last: mostOnPaper, isOnPaper } : { first, last, isOnPaper }
}

/** As little as brings the row into sight, from under a header of this height that stays at the top. */
export function scrollToRow(element: HTMLElement | null, index: number, step: number, header = 0): void {
  if (!element) return
  const [top, end] = [index * step, (index + 1) * step]
  const seen = element.clientHeight - header
  if (top < element.scrollTop) element.scrollTop = top
  else if (end > element.scrollTop + seen) element.scrollTop = end - seen
}
