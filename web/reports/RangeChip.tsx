import { Suspense } from 'react'
import { Choices } from '../filters/Choices.tsx'
import { later } from '../page/later.ts'
import { Chip } from '../ui/lists/Chips.tsx'
import { useFormats } from '../ui/marks/formats.ts'
import { filterWords } from '../words/filters.ts'
import { reports as words } from '../words/reports.ts'
import type { Asked, ReportId } from './asked.ts'
import { type Horizon, horizons, type RangeId, ranges } from './ranges.ts'

const DaysFields = later(async () => ({ default: (await import('./DaysFields.tsx')).DaysFields }))

interface Props {
  asked: Asked
  report: ReportId
  onChange: (part: Partial<Asked>) => void
}

export const RangeChip = (props: Props) =>
  props.report === 'forecast' ? <HorizonChip {...props} /> : <DaysChip {...props} />

function DaysChip({ asked: { range, days }, report, onChange }: Props) {
  const { day } = useFormats()
  // At noon here, which is that day wherever one looks from.
  const shown = (date: string | null) => date && day(Date.parse(`${date}T12:00`))
  return (
    <Chip
      label={words.happened[report]}
      says={range === null ? filterWords.isWithin(shown(days.from), shown(days.to)) : words.ranges[range]}
    >
      {(close) => (
        <>
          <Choices
            label={words.happened[report]}
            isOne
            options={ranges.map((id) => ({ id, label: sentence(words.ranges[id]) }))}
            chosen={range === null ? [] : [range]}
            onChange={([id]) => {
              if (id !== undefined) onChange({ range: id as RangeId })
              close()
            }}
          />
          <Suspense>
            <DaysFields days={days} onChange={(days) => onChange({ range: null, days })} />
          </Suspense>
        </>
      )}
    </Chip>
  )
}

function HorizonChip({ asked: { horizon }, report, onChange }: Props) {
  return (
    <Chip label={words.happened[report]} says={words.horizons[horizon]}>
      {(close) => (
        <Choices
          label={words.happened[report]}
          isOne
          options={horizons.map((id) => ({ id, label: sentence(words.horizons[id]) }))}
          chosen={[horizon]}
          onChange={([id]) => {
            if (id !== undefined) onChange({ horizon: id as Horizon })
            close()
          }}
        />
      )}
    </Chip>
  )
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
