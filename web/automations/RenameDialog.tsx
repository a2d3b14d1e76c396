import { useState } from 'react'
import { useChange } from '../api/change.ts'
import { put } from '../api/client.ts'
import { formErrors } from '../api/errors.ts'
import { Button } from '../ui/actions/Button.tsx'
import { Form } from '../ui/fields/Form.tsx'
import { TextField } from '../ui/fields/TextField.tsx'
import { Buttons, Dialog } from '../ui/overlays/Dialog.tsx'
import { editorWords as words } from '../words/automationEditor.ts'
import { ui } from '../words/ui.ts'
import type { Workflow } from './wire.ts'

export function RenameDialog({ workflow, onClose }: { workflow: Workflow; onClose: () => void }) {
  const [name, setName] = useState(workflow.name)
  const rename = useChange<string>({
    run: (name) => put(`/console/workflows/${workflow.id}`, { name }),
    refetch: [['workflow', workflow.id], ['workflows']],
    done: onClose,
  })
  return (
    <Dialog title={words.renameTitle} onClose={onClose}>
      <Form onSubmit={() => rename.mutate(name.trim())} {...formErrors(rename.error, ['name'])}>
        <TextField
          label={words.name}
          name="name"
          value={name}
          onChange={setName}
          maxLength={255}
          isRequired
          autoFocus
        />
        <Buttons>
          <Button onPress={onClose}>{ui.cancel}</Button>
          <Button look="primary" type="submit" isPending={rename.isPending}>
            {words.save}
          </Button>
        </Buttons>
      </Form>
    </Dialog>
  )
}
