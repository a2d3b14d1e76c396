import type { Context } from '../context.ts'
import { type Found, type Search, searchOpportunities } from './queries.ts'

const pageSize = 500

/** All that a search finds, a page at a time: as much as is in memory at once, however much there is. */
export async function* eachPage(
  ctx: Context,
  search: Pick<Search, 'filters' | 'text' | 'sort'>,
): AsyncGenerator<Found['opportunities']> {
  let page: Found | undefined
  do {
    const after: unknown[] | undefined = page?.opportunities.at(-1)?.place
    page = await searchOpportunities(ctx, { ...search, after, total: page?.total, limit: pageSize })
    if (page.opportunities.length > 0) yield page.opportunities
  } while (page.more)
}
