import { useState } from 'react'
import { formErrors } from '../api/errors.ts'
import { Button } from '../ui/actions/Button.tsx'
import { Form } from '../ui/fields/Form.tsx'
import { TextField } from '../ui/fields/TextField.tsx'
import { Buttons, Dialog } from '../ui/overlays/Dialog.tsx'
import { editorWords as words } from '../words/automationEditor.ts'
import { ui } from '../words/ui.ts'
import { DraftConflict } from './DraftConflict.tsx'
import { useDraftChange } from './useDraftChange.ts'
import type { Workflow } from './wire.ts'

export function RenameDialog({ workflow, onClose }: { workflow: Workflow; onClose: () => void }) {
  const [shown] = useState(workflow)
  const [name, setName] = useState(shown.name)
  const rename = useDraftChange(shown, { done: onClose })
  return (
    <Dialog title={words.renameTitle} onClose={onClose}>
      <Form
        onSubmit={() => rename.save({ name: name.trim(), basedOn: shown.revision })}
        {...formErrors(rename.error, ['name'])}
      >
        <TextField
          label={words.name}
          name="name"
          value={name}
          onChange={setName}
          maxLength={255}
          isRequired
          autoFocus
        />
        {rename.conflict ? (
          <DraftConflict title={words.notRenamed} {...rename.conflict} onDiscard={onClose} />
        ) : (
          <Buttons>
            <Button onPress={onClose}>{ui.cancel}</Button>
            <Button look="primary" type="submit" isPending={rename.isPending}>
              {words.save}
            </Button>
          </Buttons>
        )}
      </Form>
    </Dialog>
  )
}
