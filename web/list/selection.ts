import { type Dispatch, type SetStateAction, useState } from 'react'
import type { Selection } from 'react-aria-components'
import type { Filters } from '../filters/filters.ts'
import type { Chosen } from './bulk/useBulk.ts'
import type { Deal } from './deals.ts'

export const nothing: Selection = new Set<string>()

/** What has left the list since it was selected is not changed unseen. */
export function readSelection(selection: Selection, deals: Deal[], total: number): { chosen: Chosen; count: number } {
  if (selection === 'all') return { chosen: 'all', count: total }
  const chosen = selection.size === 0 ? [] : deals.filter(({ id }) => selection.has(id))
  return { chosen, count: chosen.length }
}

/** Of these filters: under others nothing stays selected unseen. */
export function useSelection(filters: Filters): [Selection, Dispatch<SetStateAction<Selection>>] {
  const [kept, setKept] = useState({ filters, selection: nothing })
  const select = (next: SetStateAction<Selection>) =>
    setKept((before) => {
      const selection = before.filters === filters ? before.selection : nothing
      return { filters, selection: typeof next === 'function' ? next(selection) : next }
    })
  return [kept.filters === filters ? kept.selection : nothing, select]
}
