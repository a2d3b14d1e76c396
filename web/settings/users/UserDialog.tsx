import { useMemo } from 'react'
import { useChange } from '../../api/change.ts'
import { post, put } from '../../api/client.ts'
import { formErrors } from '../../api/errors.ts'
import { useSession } from '../../api/session.tsx'
import { Button } from '../../ui/actions/Button.tsx'
import { Select } from '../../ui/choices/Select.tsx'
import { Form } from '../../ui/fields/Form.tsx'
import { TextField } from '../../ui/fields/TextField.tsx'
import { useDraft } from '../../ui/fields/useDraft.ts'
import { Buttons, Dialog } from '../../ui/overlays/Dialog.tsx'
import { userWords as words } from '../../words/settings/users.ts'
import { ui } from '../../words/ui.ts'
import { blankUser, type Role, roleOf, roles, type User, type UserDraft, userBody, userDraftOf } from './user.ts'

interface Props {
  /** Absent: somebody new. */
  user: User | undefined
  onAdded: (user: User) => void
  onClose: () => void
}

export function UserDialog({ user, onAdded, onClose }: Props) {
  const me = useSession().user
  const initial = useMemo(() => (user ? userDraftOf(user) : blankUser), [user])
  const [draft, change, forget, discard] = useDraft(`user.${user?.id ?? 'new'}`, initial)
  const save = useChange<UserDraft, User>({
    run: (wanted) => (user ? put(`/users/${user.id}`, userBody(wanted, user)) : post('/users/', userBody(wanted))),
    isAlone: true,
    ...(user && { says: (_, after) => (roleOf(after) === roleOf(user) ? words.saved : words.changedRole)(after.name) }),
    refetch: [['users'], ['lookups', 'users'], ...(user?.id === me.id ? [['session']] : [])],
    done: (after) => {
      forget()
      if (user) onClose()
      else onAdded(after)
    },
  })
  const losesAdmin = user?.id === me.id && roleOf(user) === 'admin' && draft.role !== 'admin'
  const cancel = () => {
    forget()
    onClose()
  }
  return (
    <Dialog title={user ? words.editTitle(user.name) : words.newTitle} onClose={onClose}>
      <Form
        onSubmit={() => save.mutate(draft)}
        onDiscard={discard}
        {...formErrors(save.error, ['firstName', 'lastName', 'email', 'phone'])}
      >
        <UserFields draft={draft} change={change} isNew={!user} />
        <Select
          label={words.role}
          help={losesAdmin ? words.yourself : words.roleHelp[draft.role]}
          options={roles.map((id) => ({ id, label: words.roles[id] }))}
          value={draft.role}
          onChange={(id) => change({ role: id as Role })}
        />
        <Buttons>
          <Button onPress={cancel}>{ui.cancel}</Button>
          <Button look="primary" type="submit" isPending={save.isPending}>
            {user ? words.save : words.addAndInvite}
          </Button>
        </Buttons>
      </Form>
    </Dialog>
  )
}

interface FieldsProps {
  draft: UserDraft
  change: (part: Partial<UserDraft>) => void
  isNew: boolean
}

const UserFields = ({ draft, change, isNew }: FieldsProps) => (
  <>
    <div className="field-row">
      <TextField
        label={words.firstName}
        name="firstName"
        value={draft.firstName}
        onChange={(firstName) => change({ firstName })}
        maxLength={255}
        isRequired
        autoFocus
      />
      <TextField
        label={words.lastName}
        name="lastName"
        value={draft.lastName}
        onChange={(lastName) => change({ lastName })}
        maxLength={255}
      />
    </div>
    <TextField
      label={words.email}
      name="email"
      type="email"
      value={draft.email}
      onChange={(email) => change({ email })}
      maxLength={320}
      isRequired={isNew}
    />
    <TextField
      label={words.phone}
      name="phone"
      type="tel"
      value={draft.phone}
      onChange={(phone) => change({ phone })}
    />
  </>
)
