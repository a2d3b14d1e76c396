import { isOnCalendar } from '../time.ts'

/*
 * Days and months as people in a time zone count them. A day is written `2026-11-21`, a month `2026-11`; both are compared
 * as text.
 */

const aDay = 86_400_000

/** Whether there is such a day, written in the one way that reports take. */
export const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && text >= '1000' && isOnCalendar(text)

/** The moment at which a day begins in the zone: midnight, or where clocks leap over it, the first moment behind. */
export function beginningOf(day: string, zone: string): number {
  const utc = Date.parse(day)
  const candidates = [utc - aDay, utc + aDay].map((around) => utc - offsetAt(around, zone))
  const exact = candidates.filter((at) => at + offsetAt(at, zone) === utc)
  return exact.length > 0 ? Math.min(...exact) : Math.max(...candidates)
}

/** The day that it is in the zone. */
export const dayAt = (at: number, zone: string): string => dateOf(at + offsetAt(at, zone))

/** Midnight UTC of a day as its date, as the expected day of a deal is kept. */
export const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

export const nextDay = (day: string): string => dateOf(Date.parse(day) + aDay)

export const monthOf = (day: string): string => day.slice(0, 7)

export const firstDayOf = (month: string): string => `${month}-01`

/** So many months later, or earlier. */
export function addMonths(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return monthOf(dateOf(Date.UTC(year, number - 1 + count, 1)))
}

/** All months from one to another, both included; none where the first is the later one. */
export function monthsBetween(first: string, last: string): string[] {
  const months: string[] = []
  for (let month = first; month <= last; month = addMonths(month, 1)) months.push(month)
  return months
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** How far the zone's clock is ahead of UTC, in ms. */
function offsetAt(at: number, zone: string): number {
  const shown = clockOf(zone).formatToParts(at)
  const part = (wanted: string) => Number(shown.find(({ type }) => type === wanted)?.value)
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return wall - Math.floor(at / 1000) * 1000
}

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known) return known
  const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', second: 'numeric', ...fields })
  clocks.set(zone, made)
  return made
}
