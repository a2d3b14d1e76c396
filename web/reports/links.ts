import { type Filters, noFilters, type StatusFilter, writeFilters } from '../filters/filters.ts'
import { spanIn } from '../filters/spanIn.ts'
import type { Asked } from './asked.ts'
import type { Days } from './ranges.ts'

type Found = Partial<Omit<Filters, 'status'>> & { status: StatusFilter }

/** Where the deals are that a figure counts: the list with such filters. */
export type LinkTo = (found: Found) => string

/** Of the pipeline and the owner that are asked for, unless it says otherwise. */
export const linksOf =
  ({ pipelineId, owner }: Pick<Asked, 'pipelineId' | 'owner'>): LinkTo =>
  (found) =>
    `/list?${writeFilters({ ...noFilters, pipelineId, query: '', owners: owner === null ? [] : [owner], ...found })}`

/** The days of a report as moments; no condition at all where it has no bounds. */
export const within = (zone: string, { from, to }: Days) => (from || to ? spanIn(zone, { from, to }) : null)

/** All days of a month, `2026-11`. */
export function daysOfMonth(month: string): { from: string; to: string } {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return { from: `${month}-01`, to: new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10) }
}

const step = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
export const dayBefore = (day: string) => step(day, -1)
export const dayAfter = (day: string) => step(day, 1)
