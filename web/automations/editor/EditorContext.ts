import { createContext, useContext } from 'react'
import type { ActionType } from '../wire.ts'
import type { Path } from './definition.ts'
import type { Issue } from './issues.ts'

/** What every card of the path needs. */
export interface Desk {
  actions: ActionType[]
  issues: Issue[]
  /** What ids in settings stand for. */
  names: Map<string, string>
  /** By the ids of steps: how many runs stand there, by their state. */
  runsAt: Map<string, Record<string, number>>
  mayChange: boolean
  openCard: Path | null
  open: (card: Path) => void
  add: (list: Path, at: number, action: ActionType) => void
  move: (path: Path, by: 1 | -1) => void
  duplicate: (path: Path) => void
  remove: (path: Path) => void
}

const DeskContext = createContext<Desk | null>(null)
export const DeskProvider = DeskContext

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('A card outside of the editor')
  return desk
}
