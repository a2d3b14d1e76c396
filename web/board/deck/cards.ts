import type { InfiniteData } from '@tanstack/react-query'
import type { writeRowExtras } from '../../../src/api/v2/opportunities/searchWire.ts'
import type { writeOpportunity } from '../../../src/api/v3/opportunityWire.ts'
import type { Status } from '../../filters/filters.ts'

/** A row of v3's search by POST. */
export type Row = ReturnType<typeof writeOpportunity> & Pick<ReturnType<typeof writeRowExtras>, 'sort'>

/** What the board keeps of a deal. */
export interface Card {
  id: string
  name: string
  value: number | null
  status: Status
  pipelineId: string
  stageId: string
  ownerId: string | null
  contactId: string
  contactName: string | null
  company: string | null
  /** Epoch milliseconds, as the next three. */
  createdAt: number
  stageChangedAt: number
  /** When anything was done to it last. */
  actedAt: number
  expectedAt: number | null
  /** Given when it is lost, if then. */
  reasonId: string | null
  /** 0 to 100. */
  probability: number | null
  /** Counts its changes: the higher one is the newer. */
  version: number
}

/** Where the column goes on behind a page, as the server told it; null at its end. */
export type Place = [createdAt: number, id: string] | null

export interface Page {
  cards: Card[]
  next: Place
}

/** The cards of a column so far, newest first, as they were asked for page by page. */
export type Column = InfiniteData<Page, Place>

export const readCard = (row: Omit<Row, 'sort'>): Card => ({
  id: row.id,
  name: row.name,
  value: row.monetaryValue,
  status: row.status,
  pipelineId: row.pipelineId,
  stageId: row.pipelineStageId,
  ownerId: row.assignedTo,
  contactId: row.contactId,
  contactName: row.contact.name,
  company: row.contact.companyName,
  createdAt: Date.parse(row.createdAt),
  stageChangedAt: Date.parse(row.lastStageChangeAt),
  actedAt: Date.parse(row.lastActionDate),
  expectedAt: row.forecastExpectedCloseDate ? Date.parse(row.forecastExpectedCloseDate) : null,
  reasonId: row.lostReasonId,
  probability: row.effectiveProbability,
  version: row.indexVersion,
})

export function readPage(rows: Row[], limit: number): Page {
  const last = rows.at(-1)
  return { cards: rows.map(readCard), next: last && rows.length === limit ? (last.sort as Place) : null }
}

/** Each once: a card may have been met on a later page again, since it had moved. */
export function cardsOf(column: Column | undefined): Card[] {
  const seen = new Set<string>()
  const all = column?.pages.flatMap(({ cards }) => cards) ?? []
  return all.filter(({ id }) => !seen.has(id) && seen.add(id))
}

/** Newest first, equals by their ids downwards: the order of the search. */
export function isBefore(a: Pick<Card, 'createdAt' | 'id'>, b: Pick<Card, 'createdAt' | 'id'>): boolean {
  return a.createdAt === b.createdAt ? a.id > b.id : a.createdAt > b.createdAt
}

/** Where a card would stand among others. */
export function indexFor(cards: Card[], card: Card): number {
  const others = cards.filter(({ id }) => id !== card.id)
  const at = others.findIndex((other) => isBefore(card, other))
  return at < 0 ? others.length : at
}

/** The same column if the card is not in it. */
export function without(column: Column, id: string): Column {
  if (!column.pages.some(({ cards }) => cards.some((card) => card.id === id))) return column
  const pages = column.pages.map((page) => ({ ...page, cards: page.cards.filter((card) => card.id !== id) }))
  return { ...column, pages }
}

/** With the card in its place; behind what has been asked for so far it will be met when that is asked for. */
export function having(column: Column, card: Card): Column {
  const rest = without(column, card.id)
  const at = rest.pages.findIndex(({ cards, next }) => {
    const last = cards.at(-1)
    return (last && isBefore(card, last)) || !next || isBefore(card, { createdAt: next[0], id: next[1] })
  })
  if (at < 0) return rest
  const pages = rest.pages.map((page, index) => (index === at ? { ...page, cards: put(page.cards, card) } : page))
  return { ...rest, pages }
}

function put(cards: Card[], card: Card): Card[] {
  const at = indexFor(cards, card)
  return [...cards.slice(0, at), card, ...cards.slice(at)]
}
