import { DateField } from '../ui/fields/DateField.tsx'
import { reports as words } from '../words/reports.ts'
import type { Days } from './ranges.ts'

/** Days of one's own. */
export const DaysFields = ({ days, onChange }: { days: Days; onChange: (days: Days) => void }) => (
  <fieldset className="report-days" aria-label={words.ownDays}>
    <DateField label={words.from} value={days.from} onChange={(from) => onChange({ ...days, from })} />
    <DateField label={words.to} value={days.to} onChange={(to) => onChange({ ...days, to })} />
  </fieldset>
)
