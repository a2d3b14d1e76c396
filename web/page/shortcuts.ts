import { useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { tell, undoLast } from '../ui/feedback/toast.ts'
import { isCovered } from '../ui/overlays/covered.ts'
import { commandWords as words } from '../words/frame.ts'

export interface Shortcut {
  /** `n`, `Mod+k`, `?`, or one key after another: `g b`. */
  keys: string
  /** What it does, for the help. */
  says: string
  run: () => void
}

let shortcuts: Shortcut[] = []
const watchers = new Set<() => void>()

/** A key that works while the component is shown, from the first moment on, and stands in the help for as long. */
export function useShortcut(keys: string, says: string, run: () => void, isOn = true): void {
  const latest = useRef(run)
  latest.current = run
  useLayoutEffect(() => {
    if (!isOn) return
    const shortcut: Shortcut = { keys, says, run: () => latest.current() }
    set([...shortcuts, shortcut])
    return () => set(shortcuts.filter((other) => other !== shortcut))
  }, [keys, says, isOn])
}

export const useShortcuts = () => useSyncExternalStore(watch, () => shortcuts)

/** Listens for as long as the app is open; answers how to stop. */
export function startShortcuts(): () => void {
  let before = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat) return
    const key = keyOf(event)
    if (isTyping(event) && !key.startsWith('Mod+')) return
    const found = find(`${before} ${key}`) ?? find(key)
    before = key
    clearTimeout(timer)
    timer = setTimeout(() => {
      before = ''
    }, 1_000)
    if (key === 'Mod+z' && !isTyping(event)) {
      if (!undoLast()) tell(words.nothingToUndo)
      return event.preventDefault()
    }
    if (!found || (isCovered() && key !== 'Mod+k')) return
    event.preventDefault()
    found.run()
  }
  addEventListener('keydown', listen)
  return () => removeEventListener('keydown', listen)
}

/** The page's own goes before the frame's, for it was registered later. */
const find = (keys: string) => shortcuts.findLast((shortcut) => shortcut.keys === keys)

function keyOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): string {
  const mod = ctrlKey || metaKey ? 'Mod+' : ''
  return `${mod}${altKey ? 'Alt+' : ''}${key.length === 1 ? key.toLowerCase() : key}`
}

function isTyping({ target }: KeyboardEvent): boolean {
  const element = target as HTMLElement
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)
}

function set(next: Shortcut[]): void {
  shortcuts = next
  for (const watcher of watchers) watcher()
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => {
    watchers.delete(watcher)
  }
}
