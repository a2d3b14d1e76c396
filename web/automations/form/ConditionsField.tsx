import { Plus, X } from 'lucide-react'
import { Button, IconButton } from '../../ui/actions/Button.tsx'
import { ComboBox } from '../../ui/choices/ComboBox.tsx'
import { Select } from '../../ui/choices/Select.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { operatorNames, formWords as words } from '../../words/automationForms.ts'
import { type Issue, issueOf } from '../editor/issues.ts'
import { useOffers } from './Merge.tsx'
import { numbered, replaced, without } from './rows.ts'
import { type SettingProps, textOf } from './Setting.tsx'

interface Condition {
  field?: string
  is?: string
  value?: string | number | boolean
}

const operators = Object.entries(operatorNames).map(([id, label]) => ({ id, label }))
const takesValue = (is: string | undefined) => is !== 'isEmpty' && is !== 'isNotEmpty'

/** Comparisons below each other: what is looked at, how, and with what. */
export function ConditionsField({
  value,
  onChange,
  error,
  issues,
}: Pick<SettingProps, 'value' | 'onChange' | 'error' | 'issues'>) {
  const rows = (Array.isArray(value) ? value : []) as Condition[]
  return (
    <div className="conditions">
      {numbered(rows).map(({ id, at, row }) => (
        <ConditionRow
          key={id}
          row={row}
          number={at + 1}
          issues={issues.flatMap((issue) =>
            issue.field.startsWith(`${at}.`) ? [{ ...issue, field: issue.field.slice(`${at}.`.length) }] : [],
          )}
          onChange={(next) => onChange(replaced(rows, at, next))}
          onRemove={() => onChange(without(rows, at))}
        />
      ))}
      {error && rows.length === 0 && <p className="setting-error">{error}</p>}
      <Button look="plain" icon={Plus} onPress={() => onChange([...rows, { is: 'equals' }])}>
        {words.addCondition}
      </Button>
    </div>
  )
}

interface RowProps {
  row: Condition
  number: number
  issues: Issue[]
  onChange: (row: Condition) => void
  onRemove: () => void
}

function ConditionRow({ row, number, issues, onChange, onRemove }: RowProps) {
  const { fields } = useOffers()
  const { value: _, ...bare } = row
  const errorOf = (field: string) => {
    const error = issueOf(issues, field)
    return error ? { error } : {}
  }
  return (
    <div className="condition">
      <ComboBox
        label={words.field}
        isLabelHidden={number > 1}
        {...errorOf('field')}
        options={
          fields.some(({ id }) => id === row.field) || !row.field
            ? fields
            : [...fields, { id: row.field, label: row.field }]
        }
        value={row.field ?? null}
        onChange={(field) => onChange(field ? { ...row, field } : { ...row })}
      />
      <Select
        label={words.operator}
        isLabelHidden={number > 1}
        {...errorOf('is')}
        options={operators}
        value={row.is ?? null}
        onChange={(is) => onChange(takesValue(is) ? { ...row, is } : { ...bare, is })}
      />
      {takesValue(row.is) ? (
        <TextField
          label={words.value}
          isLabelHidden={number > 1}
          {...errorOf('value')}
          value={textOf(row.value)}
          onChange={(value) => onChange(value === '' ? bare : { ...row, value })}
        />
      ) : (
        <span />
      )}
      <IconButton icon={X} label={words.removeCondition(number)} onPress={onRemove} />
    </div>
  )
}
