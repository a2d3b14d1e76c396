import type { KeyboardEvent } from 'react'
import { focusOn, type RowFocus, stopsOf } from './focus.ts'
import type { Selecting } from './selecting.ts'

export interface Walker {
  grid: HTMLElement
  ids: string[]
  /** How many rows a page key leads over. */
  page: number
  focus: RowFocus
  selecting: Selecting
  open: (id: string) => void
}

/**
 * A table by the keyboard: up, down, Home, End and the page keys lead from row to row, with shift they select on the
 * way; left and right lead into a row and through it; Space selects, Enter opens. Answers whether the key meant something.
 */
export function pressKey(walker: Walker, event: KeyboardEvent): boolean {
  const { key, shiftKey, altKey } = event
  const isCtrl = event.ctrlKey || event.metaKey
  const target = event.target as HTMLElement
  const row = target.closest('tr')
  if (!row || altKey) return false
  const here = { row, at: Number(row.getAttribute('aria-rowindex')) - 2, stop: stopsOf(row).indexOf(target) }
  if (key === 'Escape' || (key === 'a' && isCtrl)) return selectAll(walker, key === 'a')
  if (key === 'ArrowLeft' || key === 'ArrowRight') return !isCtrl && walk(here, key === 'ArrowRight' ? 1 : -1)
  if ((key === 'Home' || key === 'End') && here.stop >= 0 && !isCtrl) return walkTo(here, key === 'Home' ? 0 : -1)
  const to = goalOf(walker, here.at, key)
  if (to !== undefined) return stepTo(walker, here, to, shiftKey)
  const isOwn = !target.matches('a, button, input')
  return isOwn && !isCtrl && act(walker, here, key, shiftKey)
}

/** The header stands before the first row. */
interface Here {
  row: HTMLElement
  at: number
  /** -1: the row itself. */
  stop: number
}

function selectAll({ selecting }: Walker, isOn: boolean): boolean {
  if (!selecting.isPossible || (!isOn && !selecting.isAny)) return false
  if (isOn) selecting.all()
  else selecting.clear()
  return true
}

/** Beyond the last cell is the row itself again. */
function walk({ row, at, stop }: Here, by: 1 | -1): boolean {
  const stops = stopsOf(row)
  const next = stop + by
  if (next >= 0 && next < stops.length) focusOn(stops[next] as HTMLElement)
  else if (at >= 0) focusOn(next === -2 ? (stops.at(-1) as HTMLElement) : row)
  return true
}

function walkTo({ row }: Here, which: 0 | -1): boolean {
  focusOn(stopsOf(row).at(which) as HTMLElement)
  return true
}

function goalOf({ ids, page }: Walker, at: number, key: string): number | undefined {
  const last = ids.length - 1
  if (key === 'ArrowDown') return Math.min(at + 1, last)
  if (key === 'ArrowUp') return at - 1
  if (key === 'PageDown') return Math.min(at + page, last)
  if (key === 'PageUp') return Math.max(at - page, 0)
  if (key === 'Home') return 0
  return key === 'End' ? last : undefined
}

function stepTo({ grid, ids, focus, selecting }: Walker, { at, stop }: Here, to: number, isRange: boolean): boolean {
  if (to < 0) {
    const heads = stopsOf(grid.querySelector('.heads') as Element)
    const head = heads[Math.max(0, Math.min(stop, heads.length - 1))]
    if (head && at >= 0) focusOn(head)
    return true
  }
  const [from, there] = [ids[at], ids[to]]
  if (isRange && selecting.isPossible && from !== undefined && there !== undefined) selecting.stretch(from, there)
  focus.goTo(to, stop)
  return true
}

function act({ open, selecting }: Walker, { row, at, stop }: Here, key: string, isRange: boolean): boolean {
  const [isSpace, isEnter] = [key === ' ', key === 'Enter']
  if (at < 0) {
    if (isSpace || isEnter) stopsOf(row)[stop]?.click()
    return isSpace || isEnter
  }
  const id = row.dataset.row
  if (id === undefined) return false
  if (isSpace && selecting.isPossible) selecting.toggle(id, isRange)
  if (isEnter) open(id)
  return isSpace || isEnter
}
