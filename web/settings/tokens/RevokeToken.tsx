import { useChange } from '../../api/change.ts'
import { del } from '../../api/client.ts'
import { Problem } from '../../ui/fields/Form.tsx'
import { Confirm } from '../../ui/overlays/Dialog.tsx'
import { tokenWords as words } from '../../words/settings/tokens.ts'
import type { Token } from './token.ts'

export function RevokeToken({ token: { id, name }, onClose }: { token: Token; onClose: () => void }) {
  const revoke = useChange({
    run: () => del(`/console/tokens/${id}`),
    says: () => words.revoked(name),
    refetch: [['tokens']],
    done: onClose,
  })
  return (
    <Confirm
      title={words.revokeTitle(name)}
      action={words.revokeAction}
      isDanger
      isPending={revoke.isPending}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      <p>{words.revokeHelp}</p>
      {revoke.error && <Problem>{revoke.error.message}</Problem>}
    </Confirm>
  )
}
