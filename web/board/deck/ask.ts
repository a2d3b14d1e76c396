import type { Static } from '@sinclair/typebox'
import type { BoardReply } from '../../../src/api/console/boardWire.ts'
import { get, post } from '../../api/client.ts'
import { boardQuery, type Condition, conditionsOf } from '../../filters/ask.ts'
import type { Filters } from '../../filters/filters.ts'
import { type Card, type Page, type Place, type Row, readCard, readPage } from './cards.ts'

export type Totals = Static<typeof BoardReply>

/** As text, since a key that is an object is found by every part of it, and an empty list is a part of any. */
const textOf = (filters: Filters) => JSON.stringify(filters)

export const totalsKey = (filters: Filters) => ['board', textOf(filters)]
export const columnsKey = (filters: Filters) => ['deals', 'board', textOf(filters)]
export const columnKey = (filters: Filters, stageId: string) => [...columnsKey(filters), stageId]

/** More than a screen shows, and then more at once for those who scroll on. */
const sizeOf = (from: Place) => (from === null ? 25 : 100)

/** The pipeline is not named beside its stage: then nothing is summed up, which `/console/board` does for all at once. */
export async function askPage(
  locationId: string,
  filters: Filters,
  stageId: string,
  from: Place,
  signal: AbortSignal,
): Promise<Page> {
  const limit = sizeOf(from)
  const conditions = conditionsOf({ ...filters, pipelineId: null, stages: [stageId] })
  const rows = await search(locationId, filters, conditions, { limit, ...(from && { searchAfter: from }) }, signal)
  return readPage(rows, limit)
}

/** Those of the cards that are on the board now. */
export async function askCards(locationId: string, filters: Filters, ids: string[]): Promise<Card[]> {
  const conditions: Condition[] = [...conditionsOf(filters), { field: 'id', operator: 'eq', value: ids }]
  return (await search(locationId, filters, conditions, { limit: ids.length })).map(readCard)
}

export const askTotals = (filters: Filters, signal: AbortSignal) =>
  get<Totals>(`/console/board?${boardQuery(filters)}`, undefined, signal)

async function search(
  locationId: string,
  { query }: Filters,
  filters: Condition[],
  part: { limit: number; searchAfter?: unknown[] },
  signal?: AbortSignal,
): Promise<Row[]> {
  const body = { locationId, ...(query && { query }), filters, ...part }
  return (await post<{ opportunities: Row[] }>('/opportunities/search', body, signal)).opportunities
}
