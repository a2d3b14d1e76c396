import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { CustomField } from '../../api/lookups.ts'
import { Checkbox } from '../../ui/choices/Checkbox.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { Badge } from '../../ui/marks/Badge.tsx'
import { Popover } from '../../ui/overlays/Popover.tsx'
import { recordWords as words } from '../../words/records.ts'
import { Property } from './Property.tsx'
import { useField } from './useField.ts'

interface Props {
  label: string
  name: string
  field: CustomField
  value: string[]
  save: (value: unknown) => Promise<unknown>
  isReadOnly: boolean
}

/** Several of a few: ticked in a popover, saved with each. A field without options takes any. */
export function ManyProperty({ label, name, field: { picklistOptions }, value, save, isReadOnly }: Props) {
  const field = useField<string[]>({ name, value, save: (chosen) => save(chosen.length > 0 ? chosen : null) })
  const options = [...new Set([...picklistOptions, ...field.value])]
  const toggle = (option: string, isChosen: boolean) =>
    field.choose(isChosen ? [...field.value, option] : field.value.filter((other) => other !== option))
  const shown =
    field.value.length > 0
      ? field.value.map((one) => (
          <Badge key={one}>
            <span className="one-line">{one}</span>
          </Badge>
        ))
      : null
  return (
    <Property field={field}>
      <div className="field">
        <span className="field-label">{label}</span>
        <div>
          {isReadOnly ? (
            <span className="many">{shown ?? <span className="faint">{words.empty}</span>}</span>
          ) : (
            <Popover
              label={label}
              trigger={
                <AriaButton className="control many" aria-label={`${label}: ${field.value.join(', ') || words.empty}`}>
                  {shown ?? <span className="faint">{words.empty}</span>}
                </AriaButton>
              }
            >
              {options.map((option) => (
                <Checkbox
                  key={option}
                  isSelected={field.value.includes(option)}
                  onChange={(isChosen) => toggle(option, isChosen)}
                >
                  {option}
                </Checkbox>
              ))}
              {picklistOptions.length === 0 && <Another label={words.add} onAdd={(option) => toggle(option, true)} />}
            </Popover>
          )}
          {field.error && <p className="field-error">{field.error}</p>}
        </div>
      </div>
    </Property>
  )
}

function Another({ label, onAdd }: { label: string; onAdd: (option: string) => void }) {
  const [typed, setTyped] = useState('')
  return (
    <TextField
      label={label}
      value={typed}
      onChange={setTyped}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !typed.trim()) return
        onAdd(typed.trim())
        setTyped('')
      }}
    />
  )
}
