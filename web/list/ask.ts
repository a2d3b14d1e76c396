import { post } from '../api/client.ts'
import { type Condition, conditionsOf } from '../filters/ask.ts'
import type { Filters } from '../filters/filters.ts'
import { type Deal, type Page, type Place, type Row, readDeal } from './deals.ts'
import type { Sort } from './sort.ts'

/** Which deals a list shows, and in which order. */
export interface View {
  locationId: string
  filters: Filters
  sort: Sort
}

/** A screen or two, and then more at once for those who scroll on. */
const sizeOf = (from: Place | null) => (from === null ? 50 : 200)
/** As many as the server gives at once. */
const most = 500

export const listKey = ({ filters, sort }: View) => ['deals', 'list', filters, sort.column, sort.direction]

export async function askPage(view: View, from: Place | null, signal: AbortSignal): Promise<Page> {
  const limit = sizeOf(from)
  const { opportunities, total } = await search(view, { limit, ...(from && { searchAfter: from }) }, [], signal)
  const last = opportunities.at(-1)
  const next = last && opportunities.length === limit ? (last.sort as Place) : null
  return { deals: opportunities.map(readDeal), next, total }
}

/** Those of the deals that the filters find now. */
export async function askDeals(view: View, ids: string[]): Promise<Deal[]> {
  const { opportunities } = await search(view, { limit: ids.length }, [{ field: 'id', operator: 'eq', value: ids }])
  return opportunities.map(readDeal)
}

export const askTotal = async (view: View): Promise<number> => (await search(view, { limit: 1 })).total

/** Every deal that the filters find, page by page: those that nobody has scrolled to yet, too. */
export async function* everyDeal(view: View): AsyncGenerator<Deal[]> {
  for (let from: Place | undefined; ; ) {
    const { opportunities } = await search(view, { limit: most, ...(from && { searchAfter: from }) })
    yield opportunities.map(readDeal)
    from = opportunities.at(-1)?.sort as Place | undefined
    if (opportunities.length < most) return
  }
}

function search(
  { locationId, filters, sort }: View,
  part: { limit: number; searchAfter?: Place },
  also: Condition[] = [],
  signal?: AbortSignal,
) {
  const body = {
    locationId,
    ...(filters.query && { query: filters.query }),
    filters: [...conditionsOf(filters), ...also],
    sort: [{ field: sort.field, direction: sort.direction }],
    ...part,
  }
  return post<{ opportunities: Row[]; total: number }>('/opportunities/search', body, signal)
}

/** The same deals as a file, which the browser fetches by itself. */
export function csvHref({ filters, sort }: View): string {
  const params = new URLSearchParams({
    ...(filters.query && { query: filters.query }),
    filters: JSON.stringify(conditionsOf(filters)),
    sort: sort.field,
    direction: sort.direction,
  })
  return `/console/opportunities.csv?${params}`
}
