import { useState } from 'react'
import { useChange } from '../api/change.ts'
import { post } from '../api/client.ts'
import { formErrors } from '../api/errors.ts'
import { Button } from '../ui/actions/Button.tsx'
import type { Option } from '../ui/choices/options.tsx'
import { Form } from '../ui/fields/Form.tsx'
import { Buttons, Dialog } from '../ui/overlays/Dialog.tsx'
import { enrolWords as words } from '../words/automationEditor.ts'
import { ui } from '../words/ui.ts'
import { SubjectField } from './SubjectField.tsx'
import type { Workflow } from './wire.ts'

/** Lets one contact enter by hand. */
export function EnrolDialog({ workflow, onClose }: { workflow: Workflow; onClose: () => void }) {
  const [chosen, setChosen] = useState<Option | null>(null)
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
        <SubjectField kind="contact" chosen={chosen} onChoose={setChosen} />
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
