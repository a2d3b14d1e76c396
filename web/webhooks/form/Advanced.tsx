import { ChevronRight } from 'lucide-react'
import { Icon } from '../../ui/actions/Icon.tsx'
import { Checkbox } from '../../ui/choices/Checkbox.tsx'
import { Select } from '../../ui/choices/Select.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { webhookFormWords as words } from '../../words/webhooks.ts'
import type { Draft, Header } from './draft.ts'
import { HeaderFields } from './HeaderFields.tsx'

interface Props {
  draft: Draft
  onChange: (part: Partial<Draft>) => void
  names: string[]
  headers: Header[] | null
  onHeaders: (headers: Header[] | null) => void
  isOpen: boolean
}

/** What most webhooks never need, folded away. */
export const Advanced = ({ draft, onChange, names, headers, onHeaders, isOpen }: Props) => (
  <details className="webhook-advanced" open={isOpen}>
    <summary>
      <Icon icon={ChevronRight} />
      {words.advanced}
    </summary>
    <div className="field-group">
      <Select
        label={words.retryMode}
        help={words.retryHelp[draft.retryMode]}
        options={(['standard', 'highlevel'] as const).map((id) => ({ id, label: words.retryModes[id] }))}
        value={draft.retryMode}
        onChange={(id) => onChange({ retryMode: id as Draft['retryMode'] })}
      />
      <HeaderFields names={names} headers={headers} onChange={onHeaders} />
      <TextField
        name="appId"
        label={words.appId}
        help={words.appIdHelp}
        value={draft.appId}
        onChange={(appId) => onChange({ appId })}
        maxLength={255}
      />
      <Checkbox
        isSelected={draft.legacySignature}
        onChange={(legacySignature) => onChange({ legacySignature })}
        help={words.legacyHelp}
      >
        {words.legacy}
      </Checkbox>
    </div>
  </details>
)
