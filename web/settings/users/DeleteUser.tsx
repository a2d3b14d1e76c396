import { useChange } from '../../api/change.ts'
import { del } from '../../api/client.ts'
import { Problem } from '../../ui/fields/Form.tsx'
import { Confirm } from '../../ui/overlays/Dialog.tsx'
import { userWords as words } from '../../words/settings/users.ts'
import type { User } from './user.ts'

export function DeleteUser({ user, onClose }: { user: User; onClose: () => void }) {
  const remove = useChange({
    run: () => del(`/users/${user.id}`),
    says: () => words.deleted(user.name),
    refetch: [['users'], ['lookups', 'users']],
    done: onClose,
  })
  return (
    <Confirm
      title={words.deleteTitle(user.name)}
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
