import { createContext, useContext } from 'react'
import type { Pipeline } from '../api/lookups.ts'
import type { Filters } from '../filters/filters.ts'
import type { Deck } from './deck/deck.ts'

/** What every part of one board knows. */
export interface BoardState {
  filters: Filters
  pipeline: Pipeline
  deck: Deck
  owners: Map<string, string>
  hrefOf: (cardId: string) => string
  /** The card that had the focus last, to which Tab leads. */
  current: string | null
  /** The card whose details are open. */
  openId: string | null
  isReadonly: boolean
  columns: Columns
  /** After so many days without anything done to it an open deal is stale; null until the server has said it. */
  staleDays: number | null
}

export interface Columns {
  /** Answers how to leave. */
  enter: (stageId: string, scrollTo: (index: number) => void) => () => void
  scrollTo: (stageId: string, index: number) => void
}

export function createColumns(): Columns {
  const scrolls = new Map<string, (index: number) => void>()
  return {
    enter(stageId, scrollTo) {
      scrolls.set(stageId, scrollTo)
      return () => {
        if (scrolls.get(stageId) === scrollTo) scrolls.delete(stageId)
      }
    },
    scrollTo: (stageId, index) => scrolls.get(stageId)?.(index),
  }
}

const BoardContext = createContext<BoardState | null>(null)
export const BoardProvider = BoardContext.Provider

export function useBoard(): BoardState {
  const board = useContext(BoardContext)
  if (!board) throw new Error('A part of a board outside of one')
  return board
}
