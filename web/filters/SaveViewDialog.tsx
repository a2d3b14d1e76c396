import { useState } from 'react'
import { useChange } from '../api/change.ts'
import { post } from '../api/client.ts'
import { formErrors } from '../api/errors.ts'
import { Button } from '../ui/actions/Button.tsx'
import { Checkbox } from '../ui/choices/Checkbox.tsx'
import { Form } from '../ui/fields/Form.tsx'
import { TextField } from '../ui/fields/TextField.tsx'
import { Buttons, Dialog } from '../ui/overlays/Dialog.tsx'
import { filterWords as words } from '../words/filters.ts'
import { ui } from '../words/ui.ts'
import type { Filters } from './filters.ts'
import { writeSettings } from './ViewsMenu.tsx'

export function SaveViewDialog({ filters, onClose }: { filters: Filters; onClose: () => void }) {
  const [name, setName] = useState('')
  const [isShared, setShared] = useState(false)
  const save = useChange({
    run: () => post('/console/views', { page: 'board', name: name.trim(), settings: writeSettings(filters), isShared }),
    isAlone: true,
    says: () => words.saved(name.trim()),
    refetch: [['views']],
    done: onClose,
  })
  return (
    <Dialog title={words.saveTitle} onClose={onClose}>
      <Form onSubmit={() => save.mutate()} {...formErrors(save.error, ['name'])}>
        <TextField
          label={words.viewName}
          name="name"
          help={words.saveHelp}
          placeholder={words.viewPlaceholder}
          value={name}
          onChange={setName}
          isRequired
          autoFocus
        />
        <Checkbox isSelected={isShared} onChange={setShared}>
          {words.share}
        </Checkbox>
        <Buttons>
          <Button onPress={onClose}>{ui.cancel}</Button>
          <Button look="primary" type="submit" isPending={save.isPending}>
            {words.save}
          </Button>
        </Buttons>
      </Form>
    </Dialog>
  )
}
