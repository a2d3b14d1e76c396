import { useSyncExternalStore } from 'react'
import type { Status } from '../../filters/filters.ts'
import type { Card } from '../deck/cards.ts'

/** Where a carried card can be put down: a column, or one of the closing strip's. */
export type Target = { stageId: string } | { status: Status } | null

export interface Drag {
  card: Card
  by: 'pointer' | 'keys'
  target: Target
}

/** One card at most is carried at a time. Who shows something of it listens to just that. */
let drag: Drag | null = null
const listeners = new Set<() => void>()

export const getDrag = () => drag

export function setDrag(next: Drag | null): void {
  drag = next
  for (const listener of listeners) listener()
}

/** A card that was lifted by keys can be put down only while it has the keyboard. */
export function letGo(): void {
  if (drag?.by === 'keys') setDrag(null)
}

/** Draws anew only if what is chosen of it has changed: a string, a number, a boolean, the card itself. */
export function useDrag<T extends string | number | boolean | null | Card>(choose: (drag: Drag | null) => T): T {
  return useSyncExternalStore(listen, () => choose(drag))
}

export const stageOf = (target: Target | undefined) => (target && 'stageId' in target ? target.stageId : null)
export const statusOf = (target: Target | undefined) => (target && 'status' in target ? target.status : null)

export function aim(target: Target): void {
  if (!drag) return
  const isSame = stageOf(drag.target) === stageOf(target) && statusOf(drag.target) === statusOf(target)
  if (!isSame) setDrag({ ...drag, target })
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
