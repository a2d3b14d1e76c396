import type { Static } from '@sinclair/typebox'
import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { InvitationReply } from '../../../src/api/console/sessionWire.ts'
import { post } from '../../api/client.ts'
import { Button } from '../../ui/actions/Button.tsx'
import { Loading, Skeleton } from '../../ui/feedback/Skeleton.tsx'
import { Problem } from '../../ui/fields/Form.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { Buttons, Dialog } from '../../ui/overlays/Dialog.tsx'
import { userWords as words } from '../../words/settings/users.ts'
import { ui } from '../../words/ui.ts'
import { SecretDialog } from '../SecretDialog.tsx'
import type { User } from './user.ts'

/** Makes a link as it opens; the one before ends by that. */
export function InviteDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { moment } = useFormats()
  const { mutate, data, error } = useMutation({
    mutationFn: () => post<Static<typeof InvitationReply>>(`/console/users/${user.id}/invite`),
  })
  useEffect(() => mutate(), [mutate])
  if (data)
    return (
      <SecretDialog
        title={words.inviteTitle(user.name)}
        secrets={[{ label: words.link, text: data.url }]}
        onClose={onClose}
      >
        <p>{words.inviteHelp(user.email)}</p>
        <p>{words.inviteEnds(moment(Date.parse(data.expiresAt)))}</p>
      </SecretDialog>
    )
  return (
    <Dialog title={words.inviteTitle(user.name)} size="middle" onClose={onClose}>
      {error ? <Problem>{error.message}</Problem> : <Making />}
      <Buttons>
        <Button onPress={onClose}>{ui.close}</Button>
      </Buttons>
    </Dialog>
  )
}

const Making = () => (
  <Loading className="dialog-words">
    <Skeleton width="80%" />
    <Skeleton height={40} />
  </Loading>
)
