import { ListPlus, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useShortcut } from '../../page/shortcuts.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { EmptyState } from '../../ui/feedback/EmptyState.tsx'
import { Tabs } from '../../ui/lists/Tabs.tsx'
import { fieldWords as words } from '../../words/settings/fields.ts'
import { partNames } from '../../words/settings/page.ts'
import { Asked, Part } from '../Part.tsx'
import { Row, Rows } from '../Rows.tsx'
import { DeleteField } from './DeleteField.tsx'
import { FieldDialog } from './FieldDialog.tsx'
import type { Field, Model } from './field.ts'
import { useFields } from './useFields.ts'

const models = ['opportunity', 'contact'] as const
type Doing = { what: 'add' } | { what: 'edit' | 'delete'; field: Field }

export function CustomFieldsPart() {
  const query = useFields()
  const [model, setModel] = useState<Model>('opportunity')
  const [doing, setDoing] = useState<Doing>()
  useShortcut('n', words.add, () => setDoing({ what: 'add' }))
  const close = () => setDoing(undefined)
  const add = (
    <Button look="primary" icon={Plus} onPress={() => setDoing({ what: 'add' })}>
      {words.add}
    </Button>
  )
  return (
    <Part title={partNames.customFields} intro={words.intro} action={add}>
      <Asked query={query} failed={words.failed}>
        {(fields) => (
          <Tabs
            label={words.of}
            value={model}
            onChange={(id) => setModel(id as Model)}
            tabs={models.map((id) => {
              const own = fields.filter((field) => field.model === id)
              const content = <FieldRows key={id} model={id} fields={own} onDo={setDoing} />
              return { id, label: words.models[id], count: own.length, content }
            })}
          />
        )}
      </Asked>
      {doing?.what === 'delete' && <DeleteField field={doing.field} onClose={close} />}
      {doing && doing.what !== 'delete' && (
        <FieldDialog field={doing.what === 'edit' ? doing.field : undefined} model={model} onClose={close} />
      )}
    </Part>
  )
}

interface RowsProps {
  model: Model
  fields: Field[]
  onDo: (doing: Doing) => void
}

function FieldRows({ model, fields, onDo }: RowsProps) {
  if (fields.length === 0)
    return (
      <EmptyState icon={ListPlus} title={words.none[model]}>
        {words.noneHelp}
      </EmptyState>
    )
  return (
    <Rows label={words.models[model]}>
      {fields.map((field) => (
        <Row
          key={field.id}
          name={field.name}
          onOpen={() => onDo({ what: 'edit', field })}
          detail={<code className="one-line">{field.fieldKey}</code>}
          aside={
            <>
              {words.types[field.dataType]}
              {field.picklistOptions.length > 0 && <div>{words.options(field.picklistOptions.length)}</div>}
            </>
          }
          actions={[
            {
              choices: [
                { id: 'edit', label: words.edit, icon: Pencil, onAction: () => onDo({ what: 'edit', field }) },
                {
                  id: 'delete',
                  label: words.delete,
                  icon: Trash2,
                  isDanger: true,
                  onAction: () => onDo({ what: 'delete', field }),
                },
              ],
            },
          ]}
        />
      ))}
    </Rows>
  )
}
