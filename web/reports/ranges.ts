/** Days of the location, `2026-11-21`, both included; null where there is no bound. */
export interface Days {
  from: string | null
  to: string | null
}

/** What most people ask for. */
export const ranges = ['30d', '90d', 'month', 'last-month', 'quarter', 'year', '12m', 'all'] as const
export type RangeId = (typeof ranges)[number]
export const usualRange: RangeId = '90d'

/** Of a forecast, which looks ahead; `around` is from five months ago to six months ahead. */
export const horizons = ['around', 'quarters', 'year', 'ahead'] as const
export type Horizon = (typeof horizons)[number]
export const usualHorizon: Horizon = 'around'

/** The day that it is in a zone. */
export const todayIn = (zone: string, now = Date.now()): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(now)

export function daysOfRange(range: RangeId, today: string): Days {
  const month = firstOf(today, 0)
  const within: Record<RangeId, Days> = {
    '30d': { from: later(today, -29), to: null },
    '90d': { from: later(today, -89), to: null },
    month: { from: month, to: null },
    'last-month': { from: firstOf(today, -1), to: later(month, -1) },
    quarter: { from: firstOf(today, -placeInQuarter(today)), to: null },
    year: { from: `${today.slice(0, 4)}-01-01`, to: null },
    '12m': { from: later(firstOf(today, -12), Number(today.slice(8)) - 1), to: null },
    all: { from: null, to: null },
  }
  return within[range]
}

export function daysOfHorizon(horizon: Horizon, today: string): Days {
  const quarter = firstOf(today, -placeInQuarter(today))
  const year = today.slice(0, 4)
  const within: Record<Horizon, Days> = {
    around: { from: null, to: null },
    quarters: { from: quarter, to: later(firstOf(quarter, 6), -1) },
    year: { from: `${year}-01-01`, to: `${year}-12-31` },
    ahead: { from: firstOf(today, 0), to: later(firstOf(today, 12), -1) },
  }
  return within[horizon]
}

const placeInQuarter = (day: string) => (Number(day.slice(5, 7)) - 1) % 3

const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10)
const later = (day: string, days: number) => dateOf(Date.parse(day) + days * 86_400_000)

/** The first of the month, so many months later. */
const firstOf = (day: string, months: number) =>
  dateOf(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + months, 1))
