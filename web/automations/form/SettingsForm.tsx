import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/actions/Button.tsx'
import { Menu } from '../../ui/actions/Menu.tsx'
import { nameOf } from '../../words/automationForms.ts'
import { withSetting } from '../editor/definition.ts'
import { type Issue, issueOf, issuesBelow } from '../editor/issues.ts'
import { Setting } from './Setting.tsx'
import { type Schema, shownOf } from './schema.ts'

export type Values = Record<string, unknown>

interface Props {
  schema: Schema
  values: Values
  onChange: (values: Values) => void
  issues: Issue[]
  /** What the button is called that offers what is not shown yet. */
  addLabel: string
}

/** The fields that a schema asks for. Nothing in here knows of any one trigger or action. */
export function SettingsForm({ schema, values, onChange, issues, addLabel }: Props) {
  const [added, setAdded] = useState<string[]>([])
  const wrong = issues.map(({ field }) => field.split('.')[0] as string)
  const { shown, left } = shownOf(schema, values, [...added, ...wrong])
  return (
    <div className="settings-form">
      {shown.map((name) => (
        <Setting
          key={name}
          name={name}
          schema={schema.properties?.[name] ?? {}}
          isRequired={schema.required?.includes(name) ?? false}
          value={values[name]}
          beside={values}
          onChange={(value) => onChange(withSetting(values, name, value))}
          error={issueOf(issues, name)}
          issues={issuesBelow(issues, name)}
        />
      ))}
      {left.length > 0 && (
        <Menu
          label={addLabel}
          placement="bottom start"
          groups={[
            {
              choices: left.map((name) => ({
                id: name,
                label: nameOf(name),
                onAction: () => setAdded((before) => [...before, name]),
              })),
            },
          ]}
        >
          <Button look="plain" icon={Plus}>
            {addLabel}
          </Button>
        </Menu>
      )}
    </div>
  )
}
