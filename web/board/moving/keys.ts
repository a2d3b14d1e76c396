import type { KeyboardEvent } from 'react'
import type { Status } from '../../filters/filters.ts'
import type { BoardState } from '../BoardContext.ts'
import type { Card } from '../deck/cards.ts'
import { aim, getDrag, setDrag, stageOf, statusOf, type Target } from './drag.ts'
import { cardElement } from './glide.ts'

export type Board = Pick<BoardState, 'pipeline' | 'deck' | 'columns' | 'isReadonly'>
/** Where its cards are. */
export type Places = Pick<Board, 'deck' | 'columns'>
export type PutDown = (card: Card, target: Exclude<Target, null>) => void

/** The strip that a lifted card is led to by the down arrow. */
export const closings = ({ status }: Card): Status[] =>
  (['won', 'lost', 'abandoned', 'open'] as const).filter((one) => one !== status)

/**
 * The board by the keyboard: arrows lead from card to card, Space lifts one, then arrows choose where it goes and Space
 * puts it down; Shift with an arrow moves it to the stage beside at once. Answers whether the key meant something.
 */
export function pressKey(board: Board, event: KeyboardEvent, card: Card, putDown: PutDown): boolean {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = event
  if (ctrlKey || metaKey || altKey) return false
  const drag = getDrag()
  if (drag?.by === 'keys') return pressLifted(board, key, drag.card, drag.target, putDown)
  const step = steps[key]
  if (step && shiftKey) return shift(board, card, step, putDown)
  if (step) return walk(board, card, step)
  if (key === 'Home' || key === 'End') return goTo(board, card.stageId, key === 'Home' ? 0 : Number.POSITIVE_INFINITY)
  if (key === ' ' && !board.isReadonly) {
    setDrag({ card, by: 'keys', target: { stageId: card.stageId } })
    return true
  }
  return false
}

const steps: Record<string, [across: number, down: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

function pressLifted({ pipeline }: Board, key: string, card: Card, target: Target, putDown: PutDown): boolean {
  const [across, down] = steps[key] ?? [0, 0]
  const ids = pipeline.stages.map(({ id }) => id)
  if (across !== 0) aim(beside(ids, card, target, across))
  if (down > 0 && stageOf(target)) aim({ status: closings(card)[0] as Status })
  if (down < 0 && statusOf(target)) aim({ stageId: card.stageId })
  if (key === 'Escape') setDrag(null)
  if (key === ' ' || key === 'Enter') {
    setDrag(null)
    if (target) putDown(card, target)
  }
  // While it is lifted, no key means anything else; Tab puts it back.
  if (key === 'Tab') setDrag(null)
  return key !== 'Tab'
}

function beside(stageIds: string[], card: Card, target: Target, across: number): Target {
  const status = statusOf(target)
  const all = status ? closings(card) : stageIds
  const at = all.indexOf((status ?? stageOf(target)) as never) + across
  const next = all[Math.max(0, Math.min(all.length - 1, at))] as string
  return status ? { status: next as Status } : { stageId: next }
}

function shift({ pipeline, isReadonly }: Board, card: Card, [across]: [number, number], putDown: PutDown): boolean {
  const at = pipeline.stages.findIndex(({ id }) => id === card.stageId)
  const next = across === 0 ? undefined : pipeline.stages[at + across]
  if (next && !isReadonly) putDown(card, { stageId: next.id })
  return across !== 0
}

/** Down and up in its column; across to the card at the same height in the next column that has any. */
function walk(board: Board, card: Card, [across, down]: [number, number]): boolean {
  const cards = board.deck.cards(card.stageId)
  const at = cards.findIndex(({ id }) => id === card.id)
  if (down !== 0) return goTo(board, card.stageId, at + down)
  const stages = across > 0 ? board.pipeline.stages : [...board.pipeline.stages].reverse()
  const beyond = stages.slice(stages.findIndex(({ id }) => id === card.stageId) + 1)
  const next = beyond.find(({ id }) => board.deck.cards(id).length > 0)
  if (!next) return true
  const top = cardElement(card.id)?.getBoundingClientRect().top ?? 0
  return goTo(board, next.id, sameHeight(board, next.id, top))
}

/** Of the cards that are drawn in a column, the one that stands nearest to this height. */
function sameHeight({ deck }: Board, stageId: string, top: number): number {
  const apart = ({ id }: Card) => {
    const rect = cardElement(id)?.getBoundingClientRect()
    return rect ? Math.abs(rect.top - top) : Number.POSITIVE_INFINITY
  }
  const all = deck.cards(stageId).map(apart)
  return Math.max(0, all.indexOf(Math.min(...all)))
}

export function goTo({ deck, columns }: Places, stageId: string, index: number): boolean {
  const cards = deck.cards(stageId)
  const at = Math.max(0, Math.min(cards.length - 1, index))
  const card = cards[at]
  if (!card) return true
  columns.scrollTo(stageId, at)
  focusCard(card.id, stageId)
  return true
}

/** How long one takes on a machine that is not slow, in ms. */
const frame = 16

/** Once it is drawn in this column, which may take a few frames after it has moved or its column has scrolled. */
function focusCard(id: string, stageId: string, left = 20): void {
  const link = cardElement(id)?.closest(`[data-column="${stageId}"]`) && linkOf(id)
  if (!link) {
    if (left > 0) requestAnimationFrame(() => focusCard(id, stageId, left - 1))
    return
  }
  link.focus({ preventScroll: true })
  link.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

const linkOf = (id: string) => cardElement(id)?.querySelector<HTMLElement>('.card-link')

/**
 * Keeps the focus on a card while it is moved, wherever it goes; if it leaves the board, on the one that takes its
 * place. A change is drawn within a few frames, and a menu needs some to close, which take longer on a slow machine. It
 * ends when the person goes on from there.
 */
export function followCard(board: Places, { id, stageId }: Card, how: { isDropped?: boolean; within?: number } = {}) {
  const { isDropped = false, within = 400 } = how
  const index = indexOf(board, stageId, id)
  const end = performance.now() + within
  let frames = within / frame
  const going = new AbortController()
  const look = () => {
    if (going.signal.aborted) return
    // Where a hand has dropped it, its column does not scroll to it.
    const card = isDropped && !linkOf(id) ? undefined : board.deck.find(id)
    if (card && document.activeElement !== linkOf(id)) goTo(board, card.stageId, indexOf(board, card.stageId, id))
    if (!card && isNowhere()) goTo(board, stageId, index)
    frames -= 1
    if (performance.now() < end || frames > 0) requestAnimationFrame(look)
    else going.abort()
  }
  const { signal } = going
  addEventListener('keydown', () => isNowhere() || going.abort(), { signal, capture: true })
  addEventListener('pointerdown', () => going.abort(), { signal, capture: true })
  requestAnimationFrame(look)
}

/** What is taken back leads to its card as well, unless something is open in front of the board. */
export function followBack(board: Places, card: Card, within?: number): void {
  if (!document.querySelector('.panel, .dialog')) followCard(board, card, { ...(within && { within }) })
}

/** Whether nothing but this card has the focus. */
export const isLeftTo = ({ id }: Card) => isNowhere() || document.activeElement === linkOf(id)

const isNowhere = () => document.activeElement === document.body

const indexOf = ({ deck }: Places, stageId: string, id: string) =>
  deck.cards(stageId).findIndex((card) => card.id === id)
