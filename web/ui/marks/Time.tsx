import { useFormats } from './formats.ts'
import { relative, span } from './relative.ts'
import { useMinute } from './useMinute.ts'

/** ISO 8601, or epoch milliseconds. */
type Moment = string | number

const read = (at: Moment) => (typeof at === 'number' ? at : Date.parse(at))

/** “3 h ago” up to a week, then the date; exactly on hover. */
export function Time({ at }: { at: Moment }) {
  const { moment, day } = useFormats()
  const now = useMinute()
  const time = read(at)
  return (
    <time dateTime={new Date(time).toISOString()} title={moment(time)} className="one-line">
      {relative(time, now) ?? day(time)}
    </time>
  )
}

/** How long since: “4 d”. */
export function Age({ since }: { since: Moment }) {
  const { moment } = useFormats()
  const now = useMinute()
  const time = read(since)
  return (
    <time dateTime={new Date(time).toISOString()} title={moment(time)} className="figures">
      {span(now - time)}
    </time>
  )
}
