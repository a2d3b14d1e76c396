import type { Context } from '../../../domain/context.ts'
import { recallPage, rememberPage } from '../../../domain/search/pageMemory.ts'

/*
 * A widespread client sends, from the second page on, only `startAfter` and `startAfterId` (contract 9.17): without the
 * filters of the query that led there its second page would be one of everything.
 */

interface Query {
  page?: number
  startAfter?: unknown
  startAfterId?: unknown
}

export function remember(ctx: Context, end: Query, query: Query): void {
  if (end.startAfterId !== null) rememberPage(ctx, placeOf(end), query, narrows(query))
}

const ofPages = new Set(['location_id', 'locationId', 'limit', 'page', 'startAfter', 'startAfterId'])

/** Whether it asks for less than everything, or in an order of its own. */
const narrows = (query: object) =>
  Object.entries(query).some(([name, value]) => value !== undefined && !ofPages.has(name))

/** The query with the filters that led to its cursor, where it names nothing but the cursor. */
export async function recall<Sent extends Query>(ctx: Context, query: Sent): Promise<Sent> {
  if (query.startAfter === undefined && query.startAfterId === undefined) return query
  const before: Query | undefined = await recallPage(ctx, placeOf(query))
  return before ? { ...before, page: (before.page ?? 1) + 1, ...query } : query
}

const placeOf = ({ startAfter, startAfterId }: Query) => `${startAfter} ${startAfterId}`.slice(0, 1000)
