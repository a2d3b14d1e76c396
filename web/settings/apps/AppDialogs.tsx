import { useChange } from '../../api/change.ts'
import { del, post } from '../../api/client.ts'
import { Problem } from '../../ui/fields/Form.tsx'
import { Confirm } from '../../ui/overlays/Dialog.tsx'
import { appWords as words } from '../../words/settings/apps.ts'
import type { App, Made } from './app.ts'

interface RotateProps {
  app: App
  onMade: (made: Made) => void
  onClose: () => void
}

export function RotateApp({ app, onMade, onClose }: RotateProps) {
  const rotate = useChange<void, Made>({
    run: () => post(`/console/apps/${app.clientId}/rotate-secret`),
    isAlone: true,
    refetch: [['apps']],
    done: onMade,
  })
  return (
    <Confirm
      title={words.rotateTitle(app.name)}
      action={words.rotateAction}
      isDanger
      isPending={rotate.isPending}
      onConfirm={() => rotate.mutate()}
      onClose={onClose}
    >
      <p>{words.rotateHelp}</p>
      {rotate.error && <Problem>{rotate.error.message}</Problem>}
    </Confirm>
  )
}

interface DeleteProps {
  app: App
  onDeleted: () => void
  onClose: () => void
}

export function DeleteApp({ app, onDeleted, onClose }: DeleteProps) {
  const remove = useChange({
    run: () => del(`/console/apps/${app.clientId}`),
    says: () => words.deleted(app.name),
    refetch: [['apps']],
    done: onDeleted,
  })
  return (
    <Confirm
      title={words.deleteTitle(app.name)}
      action={words.delete}
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
