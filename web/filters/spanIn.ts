import { parseDate, parseTime, toCalendarDateTime, toZoned } from '@internationalized/date'
import type { Span } from './spans.ts'

const last = parseTime('23:59:59.999')

/** Days of a zone as moments: from when the first of them begins to when the last one is over. */
export const spanIn = (zone: string, { from, to }: Span): Span => ({
  from: from && bare(toZoned(parseDate(from), zone).toString()),
  to: to && bare(toZoned(toCalendarDateTime(parseDate(to), last), zone, 'later').toString()),
})

/** Without the zone's name, which says no more than the clock before it. */
const bare = (moment: string) => moment.replace(/\[.*$/, '')
