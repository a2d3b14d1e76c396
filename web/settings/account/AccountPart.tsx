import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { signOut, useSession } from '../../api/session.tsx'
import { Button } from '../../ui/actions/Button.tsx'
import { Problem } from '../../ui/fields/Form.tsx'
import { Avatar } from '../../ui/marks/Avatar.tsx'
import { Badge } from '../../ui/marks/Badge.tsx'
import { Confirm } from '../../ui/overlays/Dialog.tsx'
import { accountWords as words } from '../../words/settings/account.ts'
import { partNames } from '../../words/settings/page.ts'
import { Part } from '../Part.tsx'
import { Row, Rows } from '../Rows.tsx'
import { PasswordDialog } from './PasswordDialog.tsx'

export function AccountPart() {
  const { user } = useSession()
  const [open, setOpen] = useState<'password' | 'everywhere'>()
  const close = () => setOpen(undefined)
  const role = user.onlyAssigned ? 'own' : user.role
  return (
    <Part title={partNames.account}>
      <Rows label={words.signedInAs}>
        <Row
          mark={<Avatar id={user.id} name={user.name} size={32} isDecoration />}
          name={user.name}
          detail={<span className="one-line">{user.email}</span>}
          aside={<Badge>{words.roles[role]}</Badge>}
        />
      </Rows>
      <div>
        <div className="settings-row first">
          <div>
            <h3>{words.password}</h3>
            <p className="soft">{words.passwordHelp}</p>
          </div>
          <Button onPress={() => setOpen('password')}>{words.changePassword}</Button>
        </div>
        <div className="settings-row">
          <div>
            <h3>{words.sessions}</h3>
            <p className="soft">{words.sessionsHelp}</p>
          </div>
          <Button onPress={() => setOpen('everywhere')}>{words.everywhere}</Button>
        </div>
      </div>
      {open === 'password' && <PasswordDialog onClose={close} />}
      {open === 'everywhere' && <SignOutEverywhere onClose={close} />}
    </Part>
  )
}

function SignOutEverywhere({ onClose }: { onClose: () => void }) {
  const { mutate, isPending, error } = useMutation({ mutationFn: () => signOut(true) })
  return (
    <Confirm
      title={words.everywhereTitle}
      action={words.everywhere}
      isPending={isPending}
      onConfirm={() => mutate()}
      onClose={onClose}
    >
      <p>{words.everywhereConfirm}</p>
      {error && <Problem>{`${words.notSignedOut} ${error.message}`}</Problem>}
    </Confirm>
  )
}
