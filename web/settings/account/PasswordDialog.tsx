import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, formErrors } from '../../api/errors.ts'
import { changePassword, useSession } from '../../api/session.tsx'
import { Button } from '../../ui/actions/Button.tsx'
import { tell } from '../../ui/feedback/toast.ts'
import { Form } from '../../ui/fields/Form.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { Buttons, Dialog } from '../../ui/overlays/Dialog.tsx'
import { entryWords as words } from '../../words/frame.ts'
import { ui } from '../../words/ui.ts'

export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { user } = useSession()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess: () => {
      tell(words.changed)
      onClose()
    },
  })
  return (
    <Dialog title={words.changePassword} onClose={onClose}>
      <p className="soft">{words.changeHelp}</p>
      <Form onSubmit={() => mutate()} {...refusal(error)}>
        <input type="email" autoComplete="username" value={user.email} readOnly hidden />
        <TextField
          label={words.currentPassword}
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
          isRequired
          autoFocus
        />
        <TextField
          label={words.newPassword}
          help={words.passwordHelp}
          name="newPassword"
          type="password"
          autoComplete="new-password"
          minLength={8}
          value={next}
          onChange={setNext}
          isRequired
        />
        <Buttons>
          <Button onPress={onClose}>{ui.cancel}</Button>
          <Button look="primary" type="submit" isPending={isPending}>
            {words.change}
          </Button>
        </Buttons>
      </Form>
    </Dialog>
  )
}

function refusal(error: unknown) {
  const isCurrentWrong = error instanceof ApiError && 'currentPassword' in error.fields
  if (isCurrentWrong) return { errors: { currentPassword: words.wrongCurrent } }
  return formErrors(error, ['newPassword'])
}
