import { useState } from 'react'
import { Segments } from '../../ui/choices/Segments.tsx'
import { formWords as words } from '../../words/automationForms.ts'
import { type Issue, issueOf, issuesBelow } from '../editor/issues.ts'
import { DurationField } from './DurationField.tsx'
import { Setting } from './Setting.tsx'
import { SettingsForm, type Values } from './SettingsForm.tsx'
import type { Schema } from './schema.ts'

type Way = keyof typeof words.waits
const ways = Object.keys(words.waits) as Way[]

interface Props {
  schema: Schema
  values: Values
  onChange: (values: Values) => void
  issues: Issue[]
}

/** For a time, until a day, or for a condition: one of them. */
export function WaitForm({ schema, values, onChange, issues }: Props) {
  const [way, setWay] = useState<Way>(() => ways.find((one) => values[one] !== undefined) ?? 'for')
  const value = values[way]
  const set = (next: unknown) => onChange(next === undefined || next === '' ? {} : { [way]: next })
  const part = schema.properties?.[way] ?? {}
  const field = { value, onChange: set, error: issueOf(issues, way), issues: issuesBelow(issues, way) }
  return (
    <div className="settings-form">
      <Segments
        label={words.waitKind}
        options={ways.map((id) => ({ id, label: words.waits[id] }))}
        value={way}
        onChange={(id) => {
          setWay(id as Way)
          if (values[id] === undefined) onChange({})
        }}
      />
      {way === 'for' && <DurationField name="for" schema={part} {...field} />}
      {way === 'until' && <Setting name="until" schema={part} isRequired beside={values} {...field} />}
      {way === 'condition' && (
        <SettingsForm
          schema={part}
          values={(value ?? {}) as Values}
          onChange={(next) => set(Object.keys(next).length === 0 ? undefined : next)}
          issues={field.issues}
          addLabel={words.addSetting}
        />
      )}
    </div>
  )
}
