import { useState } from 'react'
import { useChange } from '../api/change.ts'
import { post } from '../api/client.ts'
import { formErrors } from '../api/errors.ts'
import { Button } from '../ui/actions/Button.tsx'
import { ComboBox } from '../ui/choices/ComboBox.tsx'
import type { Option } from '../ui/choices/options.tsx'
import { Form } from '../ui/fields/Form.tsx'
import { Buttons, Dialog } from '../ui/overlays/Dialog.tsx'
import { enrolWords as words } from '../words/automationEditor.ts'
import { ui } from '../words/ui.ts'
import { useFoundContacts } from './useFound.ts'
import type { Workflow } from './wire.ts'

/** Lets one contact enter by hand. */
export function EnrolDialog({ workflow, onClose }: { workflow: Workflow; onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<Option | null>(null)
  const found = useFoundContacts(typed === chosen?.label ? '' : typed)
  const enrol = useChange<Option>({
    run: ({ id }) => post(`/contacts/${id}/workflow/${workflow.id}`),
    isAlone: true,
    says: ({ label }) => words.done(label),
    refetch: [['runs'], ['workflow', workflow.id], ['workflows']],
    done: onClose,
  })
  return (
    <Dialog title={words.title} onClose={onClose}>
      <Form onSubmit={() => chosen && enrol.mutate(chosen)} {...formErrors(enrol.error, [])}>
        <p className="soft">{words.about}</p>
        <ComboBox
          label={words.contact}
          placeholder={words.placeholder}
          options={chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found}
          value={chosen?.id ?? null}
          onChange={(id) => setChosen(found.find((one) => one.id === id) ?? null)}
          isSearchedElsewhere
          onInputChange={setTyped}
          isRequired
          autoFocus
          // It has the focus from the beginning, and a list over the dialog would hide what it is about.
          menuTrigger="input"
        />
        <Buttons>
          <Button onPress={onClose}>{ui.cancel}</Button>
          <Button look="primary" type="submit" isPending={enrol.isPending}>
            {words.run}
          </Button>
        </Buttons>
      </Form>
    </Dialog>
  )
}
