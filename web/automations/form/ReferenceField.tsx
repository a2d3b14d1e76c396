import { Braces, List } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../ui/actions/Button.tsx'
import { ComboBox } from '../../ui/choices/ComboBox.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { nameOf, formWords as words } from '../../words/automationForms.ts'
import { useOffers, WithMerge } from './Merge.tsx'
import { useReferences } from './names.ts'
import { helpOf, type SettingProps, textOf } from './Setting.tsx'
import type { Values } from './SettingsForm.tsx'
import type { Kind } from './schema.ts'

/** Something that there is, found by its name; or a merge field that will stand for it. */
export function ReferenceField({ name, schema, value, beside, onChange, error }: SettingProps) {
  const { merge } = useOffers()
  const text = textOf(value)
  const [isMerge, setMerge] = useState(text.includes('{{'))
  const options = useOptions(schema.refers as Kind, beside, text)
  const field = { label: nameOf(name), help: helpOf(name, schema), ...(error && { error }) }
  if (isMerge) {
    return (
      <div className="merge-field">
        <WithMerge value={text} onChange={onChange}>
          <TextField {...field} value={text} onChange={onChange} />
        </WithMerge>
        <IconButton
          icon={List}
          label={words.byList}
          look="quiet"
          onPress={() => {
            setMerge(false)
            onChange(undefined)
          }}
        />
      </div>
    )
  }
  return (
    <div className="merge-field">
      <ComboBox {...field} options={options} value={text || null} onChange={onChange} />
      {merge.length > 0 && (
        <IconButton icon={Braces} label={words.byMerge} look="quiet" onPress={() => setMerge(true)} />
      )}
    </div>
  )
}

/** Of stages, those of the pipeline that stands beside it; what is chosen is among them even if it is gone. */
export function useOptions(kind: Kind, beside: Values, chosen?: string) {
  const all = useReferences()[kind]
  const pipeline = beside.pipelineId ?? beside.pipeline_id
  const fitting =
    kind === 'stage' && typeof pipeline === 'string' && all.some(({ of }) => of === pipeline)
      ? all.filter(({ of, id }) => of === pipeline || id === chosen)
      : all
  if (!chosen || fitting.some(({ id }) => id === chosen)) return fitting
  return [...fitting, { id: chosen, label: words.gone, detail: chosen }]
}
