import { useState } from 'react'
import { useChange } from '../../api/change.ts'
import { post } from '../../api/client.ts'
import { formErrors } from '../../api/errors.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { Form } from '../../ui/fields/Form.tsx'
import { useDraft } from '../../ui/fields/useDraft.ts'
import { Buttons, Dialog } from '../../ui/overlays/Dialog.tsx'
import { appWords as words } from '../../words/settings/apps.ts'
import { ui } from '../../words/ui.ts'
import { AppFields, appFieldNames } from './AppFields.tsx'
import { type AppDraft, appBody, blankApp, type Made } from './app.ts'

interface Props {
  onMade: (made: Made) => void
  onClose: () => void
}

export function AppDialog({ onMade, onClose }: Props) {
  const [draft, change, forget, discard] = useDraft('app.new', blankApp)
  const [missing, setMissing] = useState('')
  const create = useChange<AppDraft, Made>({
    run: (wanted) => post('/console/apps', appBody(wanted)),
    isAlone: true,
    refetch: [['apps']],
    done: (made) => {
      forget()
      onMade(made)
    },
  })
  const submit = () => {
    setMissing(draft.scopes.length ? '' : words.noScopes)
    if (draft.scopes.length) create.mutate(draft)
  }
  const cancel = () => {
    forget()
    onClose()
  }
  return (
    <Dialog title={words.newTitle} size="middle" onClose={onClose}>
      <Form
        onSubmit={submit}
        onDiscard={discard}
        {...(missing ? { problem: missing } : formErrors(create.error, appFieldNames))}
      >
        <AppFields draft={draft} change={change} isNew />
        <Buttons>
          <Button onPress={cancel}>{ui.cancel}</Button>
          <Button look="primary" type="submit" isPending={create.isPending}>
            {words.create}
          </Button>
        </Buttons>
      </Form>
    </Dialog>
  )
}
