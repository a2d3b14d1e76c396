const iso = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[-+]\d\d:?\d\d)?)?$/i

/** Epoch milliseconds of an ISO date, in UTC unless it says otherwise; undefined where there is no such time. */
export function instant(text: string): number | undefined {
  const [, date, clock = '00:00', zone = 'Z'] = iso.exec(text.trim()) ?? []
  if (!date || !isOnCalendar(date)) return undefined
  const time = Date.parse(`${date}T${clock}${zone.toUpperCase()}`)
  return Number.isNaN(time) ? undefined : time
}

/** False for the 30th of February, which `Date` would take for the 2nd of March. */
export function isOnCalendar(date: string): boolean {
  const time = Date.parse(date)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date)
}

/** Whether a date can be that many milliseconds away from 1970. */
export const isMoment = (at: unknown): at is number => Number.isInteger(at) && Math.abs(at as number) <= 8.64e15
