import { useQuery } from '@tanstack/react-query'
import { Link2, Pencil, Plus, ShieldCheck, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { get } from '../../api/client.ts'
import { useRefetch } from '../../api/live/live.ts'
import { useSession } from '../../api/session.tsx'
import { useShortcut } from '../../page/shortcuts.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { Avatar } from '../../ui/marks/Avatar.tsx'
import { Badge } from '../../ui/marks/Badge.tsx'
import { partNames } from '../../words/settings/page.ts'
import { userWords as words } from '../../words/settings/users.ts'
import { Asked, Part } from '../Part.tsx'
import { Row, Rows } from '../Rows.tsx'
import { DeleteUser } from './DeleteUser.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { UserDialog } from './UserDialog.tsx'
import { roleOf, type User } from './user.ts'

type Doing = { what: 'add' } | { what: 'edit' | 'invite' | 'delete'; user: User }

export function UsersPart() {
  const { location } = useSession()
  const [doing, setDoing] = useState<Doing>()
  useShortcut('n', words.add, () => setDoing({ what: 'add' }))
  useRefetch('user', ['users'])
  const query = useQuery({
    queryKey: ['users'],
    queryFn: ({ signal }) => get<{ users: User[] }>('/users/', { locationId: location.id }, signal),
  })
  const add = (
    <Button look="primary" icon={Plus} onPress={() => setDoing({ what: 'add' })}>
      {words.add}
    </Button>
  )
  return (
    <Part title={partNames.users} intro={words.intro} action={add}>
      <Asked query={query} failed={words.failed}>
        {({ users }) => (
          <Rows label={partNames.users}>
            {users.map((user) => (
              <UserRow key={user.id} user={user} onDo={(what) => setDoing({ what, user })} />
            ))}
          </Rows>
        )}
      </Asked>
      {doing && dialogFor(doing, setDoing)}
    </Part>
  )
}

function dialogFor(doing: Doing, next: (doing: Doing | undefined) => void): ReactNode {
  const close = () => next(undefined)
  if (doing.what === 'invite') return <InviteDialog user={doing.user} onClose={close} />
  if (doing.what === 'delete') return <DeleteUser user={doing.user} onClose={close} />
  return (
    <UserDialog
      user={doing.what === 'edit' ? doing.user : undefined}
      onAdded={(user) => next({ what: 'invite', user })}
      onClose={close}
    />
  )
}

interface RowProps {
  user: User
  onDo: (what: 'edit' | 'invite' | 'delete') => void
}

function UserRow({ user, onDo }: RowProps) {
  const isMe = useSession().user.id === user.id
  const role = roleOf(user)
  return (
    <Row
      mark={<Avatar id={user.id} name={user.name} size={32} isDecoration />}
      name={user.name}
      onOpen={() => onDo('edit')}
      badges={isMe && <Badge>{words.you}</Badge>}
      detail={<span className="one-line">{user.email || words.noEmail}</span>}
      aside={<Badge {...(role === 'admin' && { icon: ShieldCheck })}>{words.roles[role]}</Badge>}
      actions={[
        {
          choices: [
            { id: 'edit', label: words.edit, icon: Pencil, onAction: () => onDo('edit') },
            {
              id: 'invite',
              label: words.invite,
              icon: Link2,
              isDisabled: !user.email,
              onAction: () => onDo('invite'),
            },
          ],
        },
        {
          choices: [
            { id: 'delete', label: words.delete, icon: Trash2, isDanger: true, onAction: () => onDo('delete') },
          ],
        },
      ]}
    />
  )
}
