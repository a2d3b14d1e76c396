import { X } from 'lucide-react'
import { useCustomFields } from '../../api/lookups.ts'
import { IconButton } from '../../ui/actions/Button.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { nameOf, formWords as words } from '../../words/automationForms.ts'
import { Adder } from './Adder.tsx'
import { WithMerge } from './Merge.tsx'
import { numbered, replaced, without } from './rows.ts'
import { type SettingProps, textOf } from './Setting.tsx'

interface Filled {
  id?: string
  key?: string
  value: unknown
}

/** Custom fields of the deal with what is to be written into them. */
export function CustomFieldsField({ name, value, onChange, error, issues }: SettingProps) {
  const fields = useCustomFields('opportunity')
  const rows = (Array.isArray(value) ? value : []) as Filled[]
  const nameOfField = ({ id, key }: Filled) =>
    fields.find((field) => field.id === id || field.fieldKey.endsWith(`.${key}`) || field.fieldKey === key)?.name ??
    key ??
    words.gone
  const left = fields.filter(({ id }) => !rows.some((row) => row.id === id))
  const says = error ?? issues[0]?.says
  return (
    <fieldset className="setting-group">
      <legend className="field-label">{nameOf(name)}</legend>
      {numbered(rows).map(({ id, at, row }) => (
        <div key={id} className="pair custom">
          <WithMerge value={textOf(row.value)} onChange={(value) => onChange(replaced(rows, at, { ...row, value }))}>
            <TextField
              label={nameOfField(row)}
              value={textOf(row.value)}
              onChange={(value) => onChange(replaced(rows, at, { ...row, value }))}
            />
          </WithMerge>
          <IconButton icon={X} label={words.remove(nameOfField(row))} onPress={() => onChange(without(rows, at))} />
        </div>
      ))}
      {says && <p className="setting-error">{says}</p>}
      <Adder
        label={words.pickField}
        isLabelHidden
        placeholder={words.pickField}
        options={left.map(({ id, name }) => ({ id, label: name }))}
        onAdd={(id) => onChange([...rows, { id, value: '' }])}
      />
    </fieldset>
  )
}
