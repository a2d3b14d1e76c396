import {
  type Days,
  daysOfHorizon,
  daysOfRange,
  type Horizon,
  horizons,
  type RangeId,
  ranges,
  usualHorizon,
  usualRange,
} from './ranges.ts'

export const reportIds = ['funnel', 'forecast', 'outcomes', 'time'] as const
export type ReportId = (typeof reportIds)[number]

/** What the reports are about: kept in the URL, and the same for each of them. */
export interface Asked {
  pipelineId: string | null
  /** A user's id. */
  owner: string | null
  /** Null where the days themselves are said. */
  range: RangeId | null
  days: Days
  horizon: Horizon
}

/** What cannot be read counts as not there. */
export function readAsked(params: URLSearchParams, today: string): Asked {
  const given = { from: readDay(params.get('from')), to: readDay(params.get('to')) }
  const range = given.from || given.to ? null : oneOf(ranges, params.get('range'), usualRange)
  return {
    pipelineId: params.get('pipeline'),
    owner: params.get('owner'),
    range,
    days: range === null ? inOrder(given) : daysOfRange(range, today),
    horizon: oneOf(horizons, params.get('months'), usualHorizon),
  }
}

/** The URL says nothing of what is usual. */
export function writeAsked({ pipelineId, owner, range, days, horizon }: Asked): URLSearchParams {
  const said = {
    pipeline: pipelineId,
    owner,
    range: range === usualRange ? null : range,
    from: range === null ? days.from : null,
    to: range === null ? days.to : null,
    months: horizon === usualHorizon ? null : horizon,
  }
  return new URLSearchParams(Object.entries(said).filter((entry): entry is [string, string] => entry[1] !== null))
}

/** As the server takes it; a forecast is asked by its months. */
export function queryOf({ pipelineId, owner, days, horizon }: Asked, report: ReportId, today: string) {
  const { from, to } = report === 'forecast' ? daysOfHorizon(horizon, today) : days
  return { pipelineId, assignedTo: owner, from, to }
}

const oneOf = <T extends string>(known: readonly T[], wanted: string | null, otherwise: T): T =>
  known.find((one) => one === wanted) ?? otherwise

const readDay = (text: string | null): string | null =>
  text && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null

const inOrder = ({ from, to }: Days): Days => (from && to && to < from ? { from: to, to: from } : { from, to })
