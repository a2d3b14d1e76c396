import type { InfiniteData } from '@tanstack/react-query'
import type { writeRowExtras } from '../../src/api/v2/opportunities/searchWire.ts'
import type { writeOpportunity } from '../../src/api/v3/opportunityWire.ts'
import type { Status } from '../filters/filters.ts'

/** A row of v3's search by POST. */
export type Row = ReturnType<typeof writeOpportunity> & Pick<ReturnType<typeof writeRowExtras>, 'sort'>

/** Where a deal stands in the order that was asked for; the list goes on behind it. */
export type Place = (string | number)[]

/** What the list keeps of a deal. */
export interface Deal {
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
  tags: string[]
  source: string | null
  reasonId: string | null
  /** 0 to 100. */
  probability: number | null
  /** ISO 8601, as the next three. */
  createdAt: string
  updatedAt: string
  stageChangedAt: string
  expectedAt: string | null
  place: Place
}

export interface Page {
  deals: Deal[]
  /** Null at the end. */
  next: Place | null
  /** How many the filters find in all. */
  total: number
}

/** The deals so far, in order, as they were asked for page by page. */
export type List = InfiniteData<Page, Place | null>

export const readDeal = (row: Row): Deal => ({
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
  tags: row.contact.tags,
  source: row.source,
  reasonId: row.lostReasonId,
  probability: row.effectiveProbability,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  stageChangedAt: row.lastStageChangeAt,
  expectedAt: row.forecastExpectedCloseDate,
  place: row.sort as Place,
})

/** Each once: a deal may have been met on a later page again, since it had moved. */
export function dealsOf(list: List | undefined): Deal[] {
  const seen = new Set<string>()
  const all = list?.pages.flatMap(({ deals }) => deals) ?? []
  return all.filter(({ id }) => !seen.has(id) && seen.add(id))
}

/** The same list if the deal is not in it. */
export function without(list: List, id: string): List {
  if (!list.pages.some(({ deals }) => deals.some((deal) => deal.id === id))) return list
  const pages = list.pages.map((page) => ({ ...page, deals: page.deals.filter((deal) => deal.id !== id) }))
  return { ...list, pages }
}

/** With the deal in its place; behind what has been asked for so far it will be met when that is asked for. */
export function having(list: List, deal: Deal, isDescending: boolean): List {
  const rest = without(list, deal.id)
  const isBefore = (other: Place) => comparePlaces(deal.place, other) * (isDescending ? -1 : 1) < 0
  const at = rest.pages.findIndex(({ deals, next }) => {
    const last = deals.at(-1)
    return (last && isBefore(last.place)) || !next || isBefore(next)
  })
  if (at < 0) return rest
  const pages = rest.pages.map((page, index) => (index === at ? { ...page, deals: put(page.deals) } : page))
  return { ...rest, pages }

  function put(deals: Deal[]): Deal[] {
    const behind = deals.findIndex(({ place }) => isBefore(place))
    return deals.toSpliced(behind < 0 ? deals.length : behind, 0, deal)
  }
}

function comparePlaces(a: Place, b: Place): number {
  for (const [index, one] of a.entries()) {
    const other = b[index] as string | number
    if (one !== other) return one < other ? -1 : 1
  }
  return 0
}
