import { Select } from '../../ui/choices/Select.tsx'
import { editorWords as words } from '../../words/automationEditor.ts'
import { formWords } from '../../words/automationForms.ts'
import { useTriggerTypes } from '../ask.ts'
import { SettingsForm } from '../form/SettingsForm.tsx'
import type { Schema } from '../form/schema.ts'
import type { Workflow } from '../wire.ts'
import type { Definition } from './definition.ts'
import { InboundAddress } from './InboundAddress.tsx'
import type { Issue } from './issues.ts'
import { Samples } from './Samples.tsx'

interface Props {
  workflow: Workflow
  definition: Definition
  onChange: (definition: Definition) => void
  issues: Issue[]
}

/** What starts it, narrowed by filters, and who may enter again. */
export function TriggerForm({ workflow, definition, onChange, issues }: Props) {
  const triggers = useTriggerTypes() ?? []
  const { trigger } = definition
  const type = triggers.find((one) => one.type === trigger?.type)
  const isInbound = trigger?.type === 'inbound_webhook'
  return (
    <>
      <Select
        label={words.chooseTrigger}
        options={triggers.map(({ type, title, about }) => ({ id: type, label: title, detail: about }))}
        value={trigger?.type ?? null}
        onChange={(id) => id !== trigger?.type && onChange({ ...definition, trigger: { type: id, filters: {} } })}
        {...(type && { help: type.about })}
      />
      {isInbound && workflow.hookUrl && <InboundAddress workflowId={workflow.id} url={workflow.hookUrl} />}
      {trigger && type && (
        <SettingsForm
          key={type.type}
          schema={type.filters as Schema}
          values={trigger.filters}
          onChange={(filters) => onChange({ ...definition, trigger: { ...trigger, filters } })}
          issues={issues}
          addLabel={formWords.addFilter}
        />
      )}
      <Entry definition={definition} onChange={onChange} />
      {isInbound && <Samples workflowId={workflow.id} />}
    </>
  )
}

const entries = {
  again: { allowMultiple: true, allowMultipleOpportunity: true },
  deal: { allowMultiple: false, allowMultipleOpportunity: true },
  contact: { allowMultiple: false, allowMultipleOpportunity: false },
}
type EntryKind = keyof typeof entries

function Entry({ definition, onChange }: Pick<Props, 'definition' | 'onChange'>) {
  const { allowMultiple, allowMultipleOpportunity } = definition.settings
  const value: EntryKind = allowMultiple ? 'again' : allowMultipleOpportunity ? 'deal' : 'contact'
  return (
    <Select
      label={words.entryLabel}
      options={(Object.keys(entries) as EntryKind[]).map((id) => ({ id, label: words.entry[id] }))}
      value={value}
      onChange={(id) => onChange({ ...definition, settings: entries[id as EntryKind] })}
    />
  )
}
