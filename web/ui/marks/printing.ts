import { useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'

/** So many of a list go on paper. All of them are drawn at once, and very many would keep the page from answering. */
export const mostOnPaper = 1000

const listeners = new Set<() => void>()
const media = matchMedia('print')
let isAsked = false

/** The browser takes what the page shows as soon as it has told of it: all of that must be there by then. */
const tell = () =>
  flushSync(() => {
    for (const listener of listeners) listener()
  })

addEventListener('beforeprint', () => {
  isAsked = true
  tell()
})
addEventListener('afterprint', end)
// Where nothing is told of the end, whoever goes on tells that it was.
addEventListener('pointerdown', end, true)

function end() {
  if (!isAsked) return
  isAsked = false
  tell()
}

// Some browsers tell of printing by this alone. Others change back and forth while their own dialog is open.
media.addEventListener('change', tell)

export const isPrinting = () => isAsked || media.matches

/** Whether the page is to be drawn as it goes on paper, where nothing can be scrolled into sight. */
export const usePrinting = () => useSyncExternalStore(listen, isPrinting)

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
