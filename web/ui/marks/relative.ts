import { ui } from '../../words/ui.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const week = 7 * day

/** “just now”, “5 min ago”, “3 h ago”, “2 d ago”, “in 3 h”; null from a week on, where the date says more. */
export function relative(at: number, now: number): string | null {
  const apart = Math.abs(now - at)
  if (apart >= week) return null
  if (apart < minute) return ui.justNow
  return at > now ? ui.ahead(span(apart)) : ui.ago(span(apart))
}

/** How long something has lasted, in its largest unit: “12 min”, “5 h”, “4 d”, “8 mo”, “2 y”. */
export function span(duration: number): string {
  if (duration < hour) return ui.minutes(Math.max(1, Math.floor(duration / minute)))
  if (duration < day) return ui.hours(Math.floor(duration / hour))
  if (duration < 90 * day) return ui.days(Math.floor(duration / day))
  if (duration < 730 * day) return ui.months(Math.floor(duration / (30.44 * day)))
  return ui.years(Math.floor(duration / (365.25 * day)))
}
