import { useMemo } from 'react'
import { useChange } from '../../api/change.ts'
import { post, put } from '../../api/client.ts'
import { formErrors } from '../../api/errors.ts'
import { useSession } from '../../api/session.tsx'
import { Button } from '../../ui/actions/Button.tsx'
import { Select } from '../../ui/choices/Select.tsx'
import { Form } from '../../ui/fields/Form.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { useDraft } from '../../ui/fields/useDraft.ts'
import { Buttons, Dialog } from '../../ui/overlays/Dialog.tsx'
import { fieldWords as words } from '../../words/settings/fields.ts'
import { ui } from '../../words/ui.ts'
import { FieldSettings } from './FieldSettings.tsx'
import {
  blankField,
  type DataType,
  type Field,
  type FieldDraft,
  fieldBody,
  fieldDraftOf,
  type Model,
  types,
} from './field.ts'

interface Props {
  /** Absent: a new one, of the model. */
  field: Field | undefined
  model: Model
  onClose: () => void
}

export function FieldDialog({ field, model, onClose }: Props) {
  const { location } = useSession()
  const initial = useMemo(() => (field ? fieldDraftOf(field) : blankField(model)), [field, model])
  const [draft, change, forget, discard] = useDraft(`field.${field?.id ?? `new-${model}`}`, initial)
  const path = `/locations/${location.id}/customFields`
  const save = useChange<FieldDraft>({
    run: (wanted) => (field ? put(`${path}/${field.id}`, fieldBody(wanted, field)) : post(path, fieldBody(wanted))),
    isAlone: true,
    says: ({ name }) => (field ? words.saved : words.added)(name),
    refetch: [['custom-fields'], ['lookups', 'custom-fields']],
    done: () => leave(),
  })
  const leave = () => {
    forget()
    onClose()
  }
  return (
    <Dialog title={field ? words.editTitle(field.name) : words.newTitle} onClose={onClose}>
      <Form
        onSubmit={() => save.mutate(draft)}
        onDiscard={discard}
        {...formErrors(save.error, ['name', 'placeholder'])}
      >
        <TextField
          label={words.name}
          name="name"
          {...(field && { help: words.keyHelp(field.fieldKey) })}
          placeholder={words.namePlaceholder}
          value={draft.name}
          onChange={(name) => change({ name })}
          maxLength={255}
          isRequired
          autoFocus
        />
        <Select
          label={words.type}
          {...(field && { help: words.fixedHelp })}
          isDisabled={Boolean(field)}
          options={types.map((id) => ({ id, label: words.types[id] }))}
          value={draft.dataType}
          onChange={(id) => change({ dataType: id as DataType })}
        />
        <FieldSettings draft={draft} change={change} />
        <Buttons>
          <Button onPress={leave}>{ui.cancel}</Button>
          <Button look="primary" type="submit" isPending={save.isPending}>
            {field ? words.save : words.add}
          </Button>
        </Buttons>
      </Form>
    </Dialog>
  )
}
