import { invalid } from '../../../domain/errors.ts'
import { instant, isMoment } from '../../../domain/time.ts'

/** Midnight UTC of a day as people write it: year or month first, any of `-`, `/`, `.` between; or ISO 8601. */
export function readDay(value: string, field = 'forecastExpectedCloseDate'): number {
  const day = findDay(value.trim())
  if (day === undefined) throw invalid(`${field} must be a valid date: YYYY-MM-DD, MM-DD-YYYY or ISO 8601`)
  return day
}

function findDay(value: string): number | undefined {
  const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:T.*)?$/.exec(value)
  if (yearFirst) {
    if (value.includes('T') && Number.isNaN(Date.parse(value))) return undefined
    return dayOf(Number(yearFirst[1]), Number(yearFirst[3]), Number(yearFirst[4]))
  }
  const monthFirst = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/.exec(value)
  if (monthFirst) return dayOf(Number(monthFirst[4]), Number(monthFirst[1]), Number(monthFirst[3]))
  return undefined
}

/** Undefined for a day that no calendar has, such as 31 February, and for years that `Date` moves, below 100. */
function dayOf(year: number, month: number, day: number): number | undefined {
  const at = Date.UTC(year, month - 1, day)
  const date = new Date(at)
  const same = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return same ? at : undefined
}

const aDay = 86_400_000

/** The span that a `date` or `endDate` of a search begins or ends: a day, or a moment as ISO or epoch milliseconds. */
export function readMoment(value: string, field: string): { from: number; to: number } {
  const day = findDay(value)
  if (day !== undefined && !value.includes('T')) return { from: day, to: day + aDay - 1 }
  const at = /^\d{9,}$/.test(value) ? Number(value) : instant(value)
  if (!isMoment(at)) throw invalid(`${field} must be a valid date: mm-dd-yyyy, ISO 8601 or epoch milliseconds`)
  return { from: at, to: at }
}
