import type { QueryClient } from '@tanstack/react-query'
import type { Filters } from '../filters/filters.ts'
import { askCards, askPage, columnKey, columnsKey, type Totals, totalsKey } from './ask.ts'
import { type Card, type Column, cardsOf, having, type Place, without } from './cards.ts'
import { glide } from './glide.ts'
import { shift } from './totals.ts'

/** More changes at once than these are not looked at one by one. */
const many = 200
/** A page that was asked for so long ago at most may not know what was learnt since. */
const recent = 15_000

/** Cards that somebody here is changing, as they are shown until the server has answered: null is off the board. */
const foreseen = new Map<string, { card: Card | null; turn: number }>()
let turns = 0

export type Deck = ReturnType<typeof createDeck>

/**
 * The cards of one board, kept true while they change: by this person, whose changes show at once, and by everybody
 * else, of whose changes only the ids are heard. Then those cards are asked about, all together, with the board's own
 * filters, and each is put where it belongs now. Nothing else is loaded again, however far the columns are scrolled.
 */
export function createDeck(client: QueryClient, locationId: string, filters: Filters) {
  const learnt = new Map<string, { card: Card | null; at: number }>()
  const waiting = new Set<string>()
  let isLooking = false
  let isSumming = false

  const columns = () =>
    client
      .getQueryCache()
      .findAll({ queryKey: columnsKey(filters) })
      .map(({ queryKey, state }) => ({ stageId: queryKey[3] as string, data: state.data as Column | undefined }))

  /** As it stands in a column now. */
  function find(id: string): Card | undefined {
    for (const { data } of columns()) {
      const card = data?.pages.flatMap(({ cards }) => cards).find((card) => card.id === id)
      if (card) return card
    }
    return undefined
  }

  function put(id: string, card: Card | null): void {
    for (const { stageId, data } of columns()) {
      if (!data) continue
      const next = card?.stageId === stageId ? having(data, card) : without(data, id)
      if (next !== data) client.setQueryData(columnKey(filters, stageId), next)
    }
  }

  function learn(id: string, card: Card | null): void {
    learnt.set(id, { card, at: performance.now() })
    putNewer(id, card)
  }

  function putNewer(id: string, card: Card | null): void {
    const known = find(id)
    if (!(known && card && known.version > card.version)) put(id, card)
  }

  /** A page of a column. What was learnt while it was on its way is put right before it is drawn. */
  async function ask(stageId: string, from: Place, signal: AbortSignal) {
    const begun = performance.now()
    const page = await askPage(locationId, filters, stageId, from, signal)
    setTimeout(() => amend(begun))
    return page
  }

  function amend(begun: number): void {
    const old = performance.now() - recent
    for (const [id, { card, at }] of learnt) {
      if (at < old) learnt.delete(id)
      else putNewer(id, card)
      if (at >= begun) waiting.add(id)
    }
    for (const [id, { card }] of foreseen) put(id, card)
    void lookOn()
  }

  /** Finds out where these cards are now. */
  function look(ids: string[]): void {
    if (ids.length === 0) return
    if (ids.length > many) void client.invalidateQueries({ queryKey: columnsKey(filters) })
    else for (const id of ids) waiting.add(id)
    void lookOn()
    sumUp()
  }

  /** One question at a time, so that no answer is older than the one before. */
  async function lookOn(): Promise<void> {
    if (isLooking) return
    isLooking = true
    for (let ids = next(); ids.length > 0; ids = next()) await lookAt(ids)
    isLooking = false
  }

  function next(): string[] {
    const ids = [...waiting].filter((id) => !foreseen.has(id)).slice(0, many)
    waiting.clear()
    return ids
  }

  async function lookAt(ids: string[]): Promise<void> {
    const begun = performance.now()
    const found = await askCards(locationId, filters, ids).catch(() => undefined)
    // Whatever went wrong, the columns themselves are asked again, and tell what is wrong if it stays.
    if (!found) return client.invalidateQueries({ queryKey: columnsKey(filters) })
    const byId = new Map(found.map((card) => [card.id, card]))
    const sure = ids.filter((id) => !foreseen.has(id) && !((learnt.get(id)?.at ?? 0) > begun))
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
      if (foreseen.size === 0) void client.invalidateQueries({ queryKey: totalsKey(filters) })
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
    foreseen.set(before.id, { card, turn })
    void client.cancelQueries({ queryKey: totalsKey(filters) })
    glide([before.id], () => put(before.id, card), from)
    count(before, card)
    const isLast = () => foreseen.get(before.id)?.turn === turn
    return {
      done() {
        if (isLast()) foreseen.delete(before.id)
        look([before.id])
      },
      refused() {
        if (isLast()) {
          foreseen.delete(before.id)
          glide([before.id], () => put(before.id, before))
        }
        count(card, before)
        look([before.id])
      },
    }
  }

  const ofContacts = (ids: Set<string>) =>
    columns().flatMap(({ data }) =>
      cardsOf(data)
        .filter(({ contactId }) => ids.has(contactId))
        .map(({ id }) => id),
    )
  const cards = (stageId: string) => cardsOf(dataOf(client, filters, stageId))
  return { filters, ask, look, find, foresee, cards, ofContacts }
}

const dataOf = (client: QueryClient, filters: Filters, stageId: string) =>
  client.getQueryData<Column>(columnKey(filters, stageId))

/** Whether a card would stay on the board, as far as that can be told here. */
function fits({ status, ownerId, pipelineId }: Card, filters: Filters): boolean {
  const { owners } = filters
  if (pipelineId !== filters.pipelineId) return false
  if (filters.status !== 'all' && filters.status !== status) return false
  return owners.length === 0 || owners.includes(ownerId ?? 'none')
}
