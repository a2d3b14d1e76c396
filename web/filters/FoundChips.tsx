import { Suspense } from 'react'
import { useLostReasons, usePipelines } from '../api/lookups.ts'
import { later } from '../page/later.ts'
import { Chip } from '../ui/lists/Chips.tsx'
import { useFormats } from '../ui/marks/formats.ts'
import { filterWords as words } from '../words/filters.ts'
import type { Filters } from './filters.ts'
import { Choices } from './later.tsx'
import { daysOf, type Span } from './spans.ts'
import type { ChangeFilters } from './useFilters.ts'

/** With its calendar, which nobody needs before. */
const SpanFields = later(async () => ({ default: (await import('./SpanFields.tsx')).SpanFields }))

interface Props {
  filters: Filters
  onChange: ChangeFilters
}

/** Those that a bar of a report has set: there to be read, changed and taken away, and not offered otherwise. */
export const FoundChips = ({ filters, onChange }: Props) => (
  <>
    {filters.reached !== null && <ReachedChip stageId={filters.reached} onChange={onChange} />}
    {filters.reasons.length > 0 && <ReasonChip reasons={filters.reasons} onChange={onChange} />}
    {(['created', 'closed', 'expected'] as const).map((name) => {
      const span = filters[name]
      return span && <SpanChip key={name} name={name} span={span} onChange={onChange} />
    })}
  </>
)

function ReachedChip({ stageId, onChange }: { stageId: string; onChange: ChangeFilters }) {
  const { data: pipelines = [] } = usePipelines()
  const stages = pipelines.find(({ stages }) => stages.some(({ id }) => id === stageId))?.stages ?? []
  return (
    <Chip
      label={words.reached}
      says={stages.find(({ id }) => id === stageId)?.name ?? words.stageGone}
      onClear={() => onChange({ reached: null })}
    >
      {(close) => (
        <Choices
          label={words.reached}
          isOne
          options={stages.map(({ id, name }) => ({ id, label: name }))}
          chosen={[stageId]}
          onChange={([reached = stageId]) => {
            onChange({ reached })
            close()
          }}
        />
      )}
    </Chip>
  )
}

function ReasonChip({ reasons, onChange }: { reasons: string[]; onChange: ChangeFilters }) {
  const { data: known = [] } = useLostReasons()
  const options = [{ id: 'none', label: words.noReason }, ...known.map(({ id, name }) => ({ id, label: name }))]
  const nameOf = (id: string) => options.find((option) => option.id === id)?.label ?? words.unknownReason
  return (
    <Chip label={words.reason} says={words.isReason(reasons.map(nameOf))} onClear={() => onChange({ reasons: [] })}>
      <Choices label={words.reason} options={options} chosen={reasons} onChange={(reasons) => onChange({ reasons })} />
    </Chip>
  )
}

interface SpanProps {
  name: 'created' | 'closed' | 'expected'
  span: Span
  onChange: ChangeFilters
}

function SpanChip({ name, span, onChange }: SpanProps) {
  const { day } = useFormats()
  const { from, to } = daysOf(span)
  // At noon here, which is that day wherever one looks from.
  const shown = (date: string | null) => date && day(Date.parse(`${date}T12:00`))
  return (
    <Chip label={words[name]} says={words.isWithin(shown(from), shown(to))} onClear={() => onChange({ [name]: null })}>
      <Suspense>
        <SpanFields
          span={{ from, to }}
          isMoment={name !== 'expected'}
          onChange={(changed) => onChange({ [name]: changed })}
        />
      </Suspense>
    </Chip>
  )
}
