import { NumberField } from '../../ui/fields/NumberField.tsx'
import { nameOf, formWords as words } from '../../words/automationForms.ts'
import { withSetting } from '../editor/definition.ts'
import type { SettingProps } from './Setting.tsx'
import type { Values } from './SettingsForm.tsx'

const units = ['days', 'hours', 'minutes', 'seconds'] as const

/** A stretch of time, in parts that are added up. */
export function DurationField({
  name,
  schema,
  value,
  onChange,
  error,
}: Pick<SettingProps, 'name' | 'schema' | 'value' | 'onChange' | 'error'>) {
  const values = (value ?? {}) as Values
  function change(unit: string, amount: number) {
    const next = withSetting(values, unit, Number.isNaN(amount) || amount === 0 ? undefined : amount)
    onChange(Object.keys(next).length === 0 ? undefined : next)
  }
  return (
    <fieldset className="setting-group">
      <legend className="field-label">{nameOf(name)}</legend>
      <div className="duration">
        {units
          .filter((unit) => unit !== 'seconds' || values.seconds !== undefined)
          .map((unit) => (
            <NumberField
              key={unit}
              label={words[unit]}
              value={typeof values[unit] === 'number' ? (values[unit] as number) : Number.NaN}
              minValue={0}
              maxValue={schema.properties?.[unit]?.maximum ?? Number.MAX_SAFE_INTEGER}
              onChange={(amount) => change(unit, amount)}
            />
          ))}
      </div>
      {error && <p className="setting-error">{error}</p>}
    </fieldset>
  )
}
