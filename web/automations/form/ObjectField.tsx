import { nameOf, formWords as words } from '../../words/automationForms.ts'
import { helpOf, type SettingProps } from './Setting.tsx'
import { SettingsForm, type Values } from './SettingsForm.tsx'

/** Settings within a setting, under one heading; both ends of a range stand side by side. */
export function ObjectField({ name, schema, value, onChange, error, issues }: SettingProps) {
  const values = (value ?? {}) as Values
  const isRange = Object.keys(schema.properties ?? {}).length === 2
  const help = helpOf(name, schema)
  return (
    <fieldset className={`setting-group${isRange ? ' range' : ''}`}>
      <legend className="field-label">{nameOf(name)}</legend>
      <SettingsForm
        schema={schema}
        values={values}
        onChange={(next) => onChange(Object.keys(next).length === 0 ? undefined : next)}
        issues={issues}
        addLabel={words.addSetting}
      />
      {help && <p className="field-help">{help}</p>}
      {error && <p className="setting-error">{error}</p>}
    </fieldset>
  )
}
