import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useChange } from '../../api/change.ts'
import { post } from '../../api/client.ts'
import { formErrors } from '../../api/errors.ts'
import { askAnew } from '../../api/live/askAnew.ts'
import { useSession } from '../../api/session.tsx'
import { Button } from '../../ui/actions/Button.tsx'
import { Form } from '../../ui/fields/Form.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { reasonWords as words } from '../../words/settings/reasons.ts'

/** One after the other: the field is empty again, and keeps the focus. */
export function AddReason() {
  const { location } = useSession()
  const [name, setName] = useState('')
  const add = useChange<string>({
    run: (name) => post('/opportunities/lost-reason', { name, locationId: location.id }),
    isAlone: true,
    says: words.added,
    done() {
      setName('')
      // Whoever is quick with the next one does not wait until this one is in the list.
      void askAnew({ queryKey: ['lookups', 'lost-reasons'] })
    },
  })
  return (
    <Form onSubmit={() => name.trim() && add.mutate(name.trim())} {...formErrors(add.error, ['name'])}>
      <div className="settings-add">
        <TextField
          label={words.newLabel}
          name="name"
          placeholder={words.placeholder}
          value={name}
          onChange={setName}
          maxLength={255}
        />
        <Button type="submit" icon={Plus} isPending={add.isPending} isDisabled={!name.trim()}>
          {words.add}
        </Button>
      </div>
    </Form>
  )
}
