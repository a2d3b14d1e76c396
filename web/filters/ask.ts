import type { Filters } from './filters.ts'
import type { Span } from './spans.ts'

/** A condition of v3's search by POST. */
export interface Condition {
  field: string
  operator: 'eq' | 'range' | 'not_exists'
  value?: unknown
}

const day = 86_400_000

/** The body's `filters` of v3's search; its `query` goes beside them. */
export function conditionsOf(filters: Filters, now = Date.now()): Condition[] {
  const { pipelineId, stages, status, owners, tags, minValue, maxValue, days } = filters
  return [
    ...eq('pipeline_id', pipelineId === null ? [] : [pipelineId]),
    ...eq('pipeline_stage_id', stages),
    ...eq('status', status === 'all' ? [] : [status]),
    ...eq('assigned_to', owners.map(wireId)),
    ...eq('tags', tags),
    ...range('monetary_value', { gte: minValue, lte: maxValue }),
    ...range('last_stage_change_date', { lt: days === null ? null : before(days, now) }),
    ...found(filters),
  ]
}

/** What is asked for where a report has led somebody. */
const found = ({ reached, reasons, created, closed, expected }: Filters): Condition[] => [
  ...eq('reached_stage_id', reached === null ? [] : [reached]),
  ...eq('lost_reason_id', reasons.map(wireId)),
  ...within('date_added', created),
  ...within('last_status_change_date', closed),
  ...within('forecast_expected_close_date', expected),
]

/** The same as a query of `/console/board`, which sums up what that search finds. */
export function boardQuery(filters: Filters, now = Date.now()): string {
  const { pipelineId, status, query, owners, tags, minValue, maxValue, days } = filters
  const params = new URLSearchParams({ pipelineId: pipelineId ?? '', status })
  if (query) params.set('query', query)
  for (const owner of owners) params.append('assignedTo', owner)
  for (const tag of tags) params.append('tag', tag)
  if (minValue !== null) params.set('minValue', String(minValue))
  if (maxValue !== null) params.set('maxValue', String(maxValue))
  if (days !== null) params.set('stageChangedBefore', String(before(days, now)))
  const others = found(filters)
  if (others.length > 0) params.set('filters', JSON.stringify(others))
  return String(params)
}

/** To the hour, so that columns and sums asked one after the other mean the same deals. */
const before = (days: number, now: number) => Math.floor(now / (day / 24)) * (day / 24) - days * day

const wireId = (id: string) => (id === 'none' ? '__none__' : id)

const eq = (field: string, value: string[]): Condition[] =>
  value.length === 0 ? [] : [{ field, operator: 'eq', value }]

function within(field: string, span: Span | null): Condition[] {
  if (span === null) return []
  const { from, to } = span
  return from || to ? range(field, { gte: from, lte: to }) : [{ field, operator: 'not_exists' }]
}

function range(field: string, limits: Record<string, number | string | null>): Condition[] {
  const named = Object.entries(limits).filter(([, limit]) => limit !== null)
  return named.length > 0 ? [{ field, operator: 'range', value: Object.fromEntries(named) }] : []
}
