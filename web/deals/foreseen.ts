import { useCallback, useSyncExternalStore } from 'react'
import type { Deal } from './deal.ts'

/*
 * What a change will make of a deal is laid over what the server has told of it, for as long as the change is under
 * way: neither the answer to the one before it nor what somebody else does meanwhile shows for a moment what was.
 */
interface Foreseen {
  change: object
  id: string
  part: Partial<Deal>
  /** Its own page shows it already, in the field that it was typed in. */
  isTyped?: boolean
}

let all: Foreseen[] = []
const watchers = new Set<() => void>()

/** Shows a part of a deal otherwise until the change is answered; answers how to take that back. */
export function foresee(change: object, id: string, part: Partial<Deal>): () => void {
  set([...all, { change, id, part }])
  return () => answered(change)
}

/** The same for what was typed into a field, to be shown everywhere else. */
export function foreseeTyped(id: string, part: Partial<Deal>): () => void {
  const change = {}
  set([...all, { change, id, part, isTyped: true }])
  return () => answered(change)
}

export const answered = (change: object) => set(all.filter((one) => one.change !== change))

export const useForeseenChanges = () => useSyncExternalStore(watch, () => all)

/** Makes of a deal what it will be, the later change over the earlier one. */
export function useForeseen(): (deal: Deal) => Deal {
  const now = useForeseenChanges()
  return useCallback(
    (deal) => {
      const parts = now.filter(({ id, isTyped }) => id === deal.id && !isTyped).map(({ part }) => part)
      return parts.length > 0 ? Object.assign({}, deal, ...parts) : deal
    },
    [now],
  )
}

function set(next: Foreseen[]): void {
  all = next
  for (const watcher of watchers) watcher()
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => {
    watchers.delete(watcher)
  }
}
