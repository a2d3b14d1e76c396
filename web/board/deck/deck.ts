import type { QueryClient } from '@tanstack/react-query'
import { askAnew } from '../../api/live/askAnew.ts'
import type { Filters } from '../../filters/filters.ts'
import { glide } from '../moving/glide.ts'
import { askCards, askPage, columnsKey, type Totals, totalsKey } from './ask.ts'
import type { Card, Place } from './cards.ts'
import { heldCards } from './held.ts'
import { shift } from './totals.ts'

/** More changes at once than these are not looked at one by one. */
const many = 200

/** Cards that somebody here is changing, as they are shown until the server has answered: null is deleted. */
const foreseen = new Map<string, { card: Card | null; turn: number }>()
let turns = 0
/** Those on the screen: what was changed on a board with other filters is asked about by the one that is shown now. */
const shown = new Set<(id: string) => void>()

export type Deck = ReturnType<typeof createDeck>

/**
 * The cards of one board, kept true while they change: by this person, whose changes show at once, and by everybody
 * else, of whose changes only the ids are heard. Then those cards are asked about, all together, with the board's own
 * filters, and each is put where it belongs now. Nothing else is loaded again, however far the columns are scrolled.
 */
export function createDeck(client: QueryClient, locationId: string, filters: Filters) {
  const { find, put, putNewer, isAsking, isFailed, cards, ofContacts } = heldCards(client, filters)
  /** What the pages that are on their way may not know. */
  const learnt = new Map<string, { card: Card | null; at: number }>()
  const begun = new WeakMap<AbortSignal, number>()
  const waiting = new Set<string>()
  /** Those of whom the answer that is on its way still counts. */
  let asked = new Set<string>()
  let isLooking = false
  let isSumming = false

  function learn(id: string, card: Card | null): void {
    if (isAsking()) learnt.set(id, { card, at: performance.now() })
    else learnt.delete(id)
    putNewer(id, card)
  }

  /** A page of a column. What was learnt while it was on its way is put right before it is drawn. */
  async function ask(stageId: string, from: Place, signal: AbortSignal) {
    // A column that is asked for anew comes page by page, under one signal, and is shown when it is whole.
    const since = begun.get(signal) ?? performance.now()
    begun.set(signal, since)
    const page = await askPage(locationId, filters, stageId, from, signal)
    setTimeout(() => amend(since))
    return page
  }

  /** What was learnt before is in the page, and may have changed in it. */
  function amend(since: number): void {
    for (const [id, { card, at }] of learnt) {
      if (at < since) continue
      putNewer(id, card)
      waiting.add(id)
    }
    if (!isAsking()) learnt.clear()
    for (const [id, { card }] of foreseen) put(id, card && fits(card, filters) ? card : null)
    void lookOn()
  }

  /** Finds out where these cards are now. */
  function look(ids: string[]): void {
    if (ids.length === 0) return
    for (const id of ids) waiting.add(id)
    if (waiting.size > many || isFailed()) void askColumns()
    else void lookOn()
    sumUp()
  }

  /** All columns anew, as far as they are shown. */
  function askColumns(): Promise<void> {
    forget()
    return askAnew({ queryKey: columnsKey(filters) })
  }

  /** The columns are asked anew: whatever has been asked about single cards until now is older. */
  function forget(): void {
    waiting.clear()
    asked.clear()
  }

  /** One question at a time, so that no answer is older than the one before. */
  async function lookOn(): Promise<void> {
    if (isLooking) return
    isLooking = true
    for (let ids = next(); ids.length > 0; ids = next()) await lookAt(ids)
    isLooking = false
  }

  /** Of those that are foreseen it is asked when that is settled. */
  function next(): string[] {
    for (const id of foreseen.keys()) waiting.delete(id)
    const ids = [...waiting].slice(0, many)
    for (const id of ids) waiting.delete(id)
    return ids
  }

  async function lookAt(ids: string[]): Promise<void> {
    asked = new Set(ids)
    const found = await askCards(locationId, filters, ids).catch(() => undefined)
    // Whatever went wrong, the columns themselves are asked again, and tell what is wrong if it stays.
    if (!found) return askColumns()
    const byId = new Map(found.map((card) => [card.id, card]))
    const sure = ids.filter((id) => asked.has(id))
    const moved = sure.filter((id) => find(id)?.stageId !== byId.get(id)?.stageId)
    glide(moved, () => {
      for (const id of sure) learn(id, byId.get(id) ?? null)
    })
  }

  /** The sums are asked anew a moment after the first of several changes. */
  function sumUp(): void {
    if (isSumming) return
    isSumming = true
    setTimeout(() => {
      isSumming = false
      if (foreseen.size === 0) void askAnew({ queryKey: totalsKey(filters) })
      else sumUp()
    }, 250)
  }

  function count(from: Card | null, to: Card | null): void {
    client.setQueryData<Totals>(totalsKey(filters), (totals) => totals && shift(totals, from, to))
  }

  /**
   * Shows a card as it will be, until `done` or `refused` is called, of which the latter puts it back. Where it comes
   * from on the screen can be given, as when it was dropped somewhere.
   */
  function foresee(before: Card, after: Card | null, from?: DOMRect) {
    const turn = ++turns
    const card = after && fits(after, filters) ? after : null
    foreseen.set(before.id, { card: after, turn })
    asked.delete(before.id)
    void client.cancelQueries({ queryKey: totalsKey(filters) })
    glide([before.id], () => put(before.id, card), from)
    count(before, card)
    const isLast = () => foreseen.get(before.id)?.turn === turn
    return {
      done() {
        if (isLast()) foreseen.delete(before.id)
        settled(before.id)
      },
      refused() {
        if (isLast()) {
          foreseen.delete(before.id)
          glide([before.id], () => put(before.id, before))
        }
        count(card, before)
        settled(before.id)
      },
    }
  }

  const lookAgain = (id: string) => look([id])
  function settled(id: string): void {
    for (const ask of new Set([lookAgain, ...shown])) ask(id)
  }

  /** While it is on the screen; answers how to leave. */
  function enter(): () => void {
    shown.add(lookAgain)
    return () => {
      shown.delete(lookAgain)
    }
  }

  return { filters, enter, ask, look, forget, find, foresee, cards, ofContacts }
}

/** Whether a card would stay on the board, as far as that can be told here. */
function fits({ status, ownerId, pipelineId }: Card, filters: Filters): boolean {
  const { owners } = filters
  if (pipelineId !== filters.pipelineId) return false
  if (filters.status !== 'all' && filters.status !== status) return false
  return owners.length === 0 || owners.includes(ownerId ?? 'none')
}
