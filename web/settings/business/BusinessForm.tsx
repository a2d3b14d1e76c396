import { useMemo } from 'react'
import { useChange } from '../../api/change.ts'
import { put } from '../../api/client.ts'
import { formErrors } from '../../api/errors.ts'
import { queryClient } from '../../api/queries.ts'
import { useNewest } from '../../api/useNewest.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { Form } from '../../ui/fields/Form.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { useDraft } from '../../ui/fields/useDraft.ts'
import { businessWords as words } from '../../words/settings/business.ts'
import {
  type BusinessDraft,
  businessBody,
  businessDraftOf,
  fieldNames,
  type Location,
  type TextName,
} from './location.ts'
import { RegionFields } from './RegionFields.tsx'

interface Props {
  location: Location
  isReadonly: boolean
}

export function BusinessForm({ location: told, isReadonly }: Props) {
  const [location, setNewest] = useNewest(told)
  const { id } = location
  const initial = useMemo(() => businessDraftOf(location), [location])
  const [draft, change, forget, discard, keep] = useDraft(`business.${id}`, initial)
  const save = useChange<BusinessDraft, { location: Location }>({
    run: (wanted) => put(`/locations/${id}`, businessBody(wanted, initial)),
    says: () => words.saved,
    refetch: [['location'], ['session']],
    done: ({ location }, wanted) => {
      queryClient.setQueryData(['location'], location)
      setNewest(location)
      keep(wanted)
    },
  })
  const isChanged = JSON.stringify(draft) !== JSON.stringify(initial)
  const text = (name: TextName) => ({
    name,
    label: words[name],
    value: draft[name],
    onChange: (value: string) => change({ [name]: value }),
    isReadOnly: isReadonly,
  })
  return (
    <Form
      className="settings-fields"
      onSubmit={() => save.mutate(draft)}
      onDiscard={discard}
      {...formErrors(save.error, fieldNames)}
    >
      <fieldset>
        <legend>{words.general}</legend>
        <TextField {...text('name')} maxLength={255} isRequired />
        <div className="field-row">
          <TextField {...text('email')} type="email" />
          <TextField {...text('phone')} type="tel" />
        </div>
        <TextField {...text('website')} type="url" placeholder="https://" />
      </fieldset>
      <fieldset>
        <legend>{words.addressTitle}</legend>
        <TextField {...text('address')} />
        <div className="field-row">
          <TextField {...text('postalCode')} />
          <TextField {...text('city')} />
          <TextField {...text('state')} />
        </div>
      </fieldset>
      <RegionFields draft={draft} change={change} isReadonly={isReadonly} />
      {isChanged && (
        <div className="save-bar">
          {!discard && <Button onPress={forget}>{words.discard}</Button>}
          <Button look="primary" type="submit" isPending={save.isPending}>
            {words.save}
          </Button>
        </div>
      )}
    </Form>
  )
}
