import { TextField } from '../../ui/fields/TextField.tsx'
import { editorWords as words } from '../../words/automationEditor.ts'
import { formWords } from '../../words/automationForms.ts'
import { SettingsForm } from '../form/SettingsForm.tsx'
import type { Schema } from '../form/schema.ts'
import { WaitForm } from '../form/WaitForm.tsx'
import type { ActionType } from '../wire.ts'
import type { Step } from './definition.ts'
import type { Issue } from './issues.ts'

interface Props {
  step: Step
  action: ActionType
  issues: Issue[]
  onChange: (step: Step) => void
}

/** What a step is called, and its settings as its schema has them. */
export function StepForm({ step, action, issues, onChange }: Props) {
  const schema = action.settings as Schema
  const form = {
    schema,
    values: step.settings,
    issues,
    onChange: (settings: Step['settings']) => onChange({ ...step, settings }),
  }
  function rename(name: string) {
    const { name: _, ...rest } = step
    onChange(name ? { ...rest, name } : rest)
  }
  return (
    <>
      <p className="soft">{action.about}</p>
      {isChoice(schema) ? <WaitForm {...form} /> : <SettingsForm {...form} addLabel={formWords.addSetting} />}
      {Object.keys(schema.properties ?? {}).length === 0 && <p className="faint">{words.nothingToSet}</p>}
      <TextField
        label={words.stepName}
        value={step.name ?? ''}
        onChange={rename}
        placeholder={action.title}
        help={words.stepNameHelp}
        maxLength={255}
      />
    </>
  )
}

/** Of a wait exactly one of three is meant, which no schema says. */
const isChoice = ({ properties = {} }: Schema) => ['for', 'until', 'condition'].every((name) => name in properties)
