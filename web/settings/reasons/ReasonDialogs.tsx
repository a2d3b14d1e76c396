import { useState } from 'react'
import { useChange } from '../../api/change.ts'
import { del, put } from '../../api/client.ts'
import { formErrors } from '../../api/errors.ts'
import type { Named } from '../../api/lookups.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { Form, Problem } from '../../ui/fields/Form.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { Buttons, Confirm, Dialog } from '../../ui/overlays/Dialog.tsx'
import { reasonWords as words } from '../../words/settings/reasons.ts'
import { ui } from '../../words/ui.ts'

interface Props {
  reason: Named
  onClose: () => void
}

export function RenameReason({ reason, onClose }: Props) {
  const [name, setName] = useState(reason.name)
  const rename = useChange<string>({
    run: (name) => put(`/opportunities/lost-reason/${reason.id}`, { name }),
    says: words.renamed,
    refetch: [['lookups', 'lost-reasons']],
    done: onClose,
  })
  return (
    <Dialog title={words.renameTitle(reason.name)} onClose={onClose}>
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

export function DeleteReason({ reason: { id, name }, onClose }: Props) {
  const remove = useChange({
    run: () => del(`/opportunities/lost-reason/${id}`),
    says: () => words.deleted(name),
    refetch: [['lookups', 'lost-reasons']],
    done: onClose,
  })
  return (
    <Confirm
      title={words.deleteTitle(name)}
      action={words.deleteAction}
      isDanger
      isPending={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{words.deleteHelp}</p>
      {remove.error && <Problem>{remove.error.message}</Problem>}
    </Confirm>
  )
}
