import { Plus, Trash2 } from 'lucide-react'
import { Button, IconButton } from '../../ui/actions/Button.tsx'
import { nameOf, formWords as words } from '../../words/automationForms.ts'
import { numbered, replaced, without } from './rows.ts'
import type { SettingProps } from './Setting.tsx'
import { SettingsForm, type Values } from './SettingsForm.tsx'
import { manyOf } from './schema.ts'

/** Groups of conditions, of which each must hold. */
export function GroupsField({ name, schema, value, onChange, error, issues }: SettingProps) {
  const isAlone = !Array.isArray(value)
  const groups = (isAlone ? (value === undefined ? [] : [value]) : value) as Values[]
  const below = (at: number) => {
    const start = isAlone ? '' : `${at}.`
    return issues.flatMap((issue) =>
      issue.field.startsWith(start) ? [{ ...issue, field: issue.field.slice(start.length) }] : [],
    )
  }
  return (
    <fieldset className="setting-group">
      <legend className="field-label">{nameOf(name)}</legend>
      {groups.length > 1 && <p className="field-help">{words.groupsHelp}</p>}
      {numbered(groups).map(({ id, at, row }) => (
        <fieldset key={id} className="condition-group" aria-label={words.group(at + 1)}>
          <SettingsForm
            schema={manyOf(schema) ?? {}}
            values={row}
            onChange={(next) => onChange(replaced(groups, at, next))}
            issues={below(at)}
            addLabel={words.addSetting}
          />
          <IconButton icon={Trash2} label={words.removeGroup(at + 1)} onPress={() => onChange(without(groups, at))} />
        </fieldset>
      ))}
      {error && <p className="setting-error">{error}</p>}
      <Button look="plain" icon={Plus} onPress={() => onChange([...groups, { conditions: [{ is: 'equals' }] }])}>
        {words.addGroup}
      </Button>
    </fieldset>
  )
}
