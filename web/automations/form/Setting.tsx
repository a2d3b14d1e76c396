import { Select } from '../../ui/choices/Select.tsx'
import { DateField } from '../../ui/fields/DateField.tsx'
import { NumberField } from '../../ui/fields/NumberField.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { choiceNames, nameOf, formWords as words } from '../../words/automationForms.ts'
import type { Issue } from '../editor/issues.ts'
import { ConditionsField } from './ConditionsField.tsx'
import { CustomFieldsField } from './CustomFieldsField.tsx'
import { DurationField } from './DurationField.tsx'
import { GroupsField } from './GroupsField.tsx'
import { ManyField } from './ManyField.tsx'
import { WithMerge } from './Merge.tsx'
import { NoteField } from './NoteField.tsx'
import { ObjectField } from './ObjectField.tsx'
import { PairsField } from './PairsField.tsx'
import { ReferenceField } from './ReferenceField.tsx'
import type { Values } from './SettingsForm.tsx'
import { kindOf, type Schema } from './schema.ts'

export interface SettingProps {
  name: string
  schema: Schema
  isRequired: boolean
  value: unknown
  /** The other settings: a stage belongs to the pipeline that stands beside it. */
  beside: Values
  onChange: (value: unknown) => void
  error: string | undefined
  /** Of what is inside it. */
  issues: Issue[]
}

/** One part of a trigger or an action, as the field that fits its schema. */
export function Setting(props: SettingProps) {
  const { name, schema, value, onChange, error, isRequired } = props
  const field = { label: nameOf(name), help: helpOf(name, schema), ...(error && { error }) }
  switch (kindOf(schema)) {
    case 'reference':
      return <ReferenceField {...props} />
    case 'many':
      return <ManyField {...props} />
    case 'duration':
      return <DurationField {...props} />
    case 'conditions':
      return <ConditionsField {...props} />
    case 'groups':
      return <GroupsField {...props} />
    case 'pairs':
      return <PairsField {...props} />
    case 'customFields':
      return <CustomFieldsField {...props} />
    case 'object':
      return <ObjectField {...props} />
    case 'note':
      return <NoteField {...props} />
    case 'choice':
      return (
        <Select
          {...field}
          options={choices(name, schema.enum ?? [], isRequired)}
          value={textOf(value)}
          onChange={onChange}
        />
      )
    case 'flag':
      return (
        <Select
          {...field}
          options={flags}
          value={value === undefined ? '' : String(value)}
          onChange={(id) => onChange(id === '' ? undefined : id === 'true')}
        />
      )
    case 'day':
      return <DateField {...field} value={textOf(value) || null} onChange={onChange} />
    case 'number':
      return (
        <NumberField
          {...field}
          {...(schema.minimum !== undefined && { minValue: schema.minimum })}
          {...(schema.maximum !== undefined && { maxValue: schema.maximum })}
          value={typeof value === 'number' ? value : Number.NaN}
          onChange={(next) => onChange(Number.isNaN(next) ? undefined : next)}
        />
      )
    case 'amount':
      return (
        <WithMerge value={textOf(value)} onChange={onChange}>
          <TextField
            {...field}
            value={textOf(value)}
            onChange={(text) => onChange(readAmount(text))}
            inputMode="decimal"
          />
        </WithMerge>
      )
    default:
      return (
        <WithMerge value={textOf(value)} onChange={onChange}>
          <TextField
            {...field}
            value={textOf(value)}
            onChange={onChange}
            {...(schema.maxLength && { maxLength: schema.maxLength })}
            {...(kindOf(schema) === 'longText' && { lines: 4 })}
          />
        </WithMerge>
      )
  }
}

export const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value))

/** A number where it is one, else the text: a merge field that stands for it, or what is still being typed. */
const readAmount = (text: string) =>
  /^-?\d+(\.\d+)?$/.test(text) && String(Number(text)) === text ? Number(text) : text

const flags = [
  { id: '', label: words.notSet },
  { id: 'true', label: words.yes },
  { id: 'false', label: words.no },
]

const choices = (name: string, ids: string[], isRequired: boolean) => [
  ...(isRequired ? [] : [{ id: '', label: words.notSet }]),
  ...ids.map((id) => ({ id, label: choiceNames[`${name}.${id}`] ?? choiceNames[id] ?? id })),
]

/** What the schema says of it, where that is more than its name. */
export function helpOf(name: string, { description, anyOf, items }: Schema): string | undefined {
  const says = (description ?? items?.description ?? anyOf?.[0]?.description ?? '').replaceAll('`', '')
  const plain = (text: string) => text.toLowerCase().replace(/^(in|with this|the|an?) |s$/g, '')
  return says === '' || plain(says) === plain(nameOf(name)) ? undefined : says
}
