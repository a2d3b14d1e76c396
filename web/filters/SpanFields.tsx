import { useSession } from '../api/session.tsx'
import { DateField } from '../ui/fields/DateField.tsx'
import { filterWords as words } from '../words/filters.ts'
import { spanIn } from './spanIn.ts'
import type { Span } from './spans.ts'

interface Props {
  /** Of days alone. */
  span: Span
  /** Whether what is compared are moments, for which days are those of the location. */
  isMoment: boolean
  onChange: (span: Span) => void
}

export function SpanFields({ span, isMoment, onChange }: Props) {
  const { location } = useSession()
  const change = (part: Partial<Span>) => {
    const changed = { ...span, ...part }
    onChange(isMoment ? spanIn(location.timezone, changed) : changed)
  }
  return (
    <>
      <DateField label={words.from} value={span.from} onChange={(from) => change({ from })} />
      <DateField label={words.to} value={span.to} onChange={(to) => change({ to })} />
    </>
  )
}
