import { Confirm } from '../ui/overlays/Dialog.tsx'
import { automationWords as words } from '../words/automations.ts'
import { all, underWay } from './states.tsx'
import { useDelete, useMove } from './useMoves.ts'

/** What cannot be taken back is asked about first. */
export interface Question {
  about: 'unpublish' | 'delete'
  workflow: { id: string; name: string }
  runs: Record<string, number>
}

interface Props extends Question {
  onClose: () => void
  onDeleted?: () => void
}

export function WorkflowQuestion({ about, workflow, runs, onClose, onDeleted }: Props) {
  const { id, name } = workflow
  const move = useMove(onClose)
  const remove = useDelete(() => {
    onClose()
    onDeleted?.()
  })
  if (about === 'delete') {
    return (
      <Confirm
        title={words.deleteTitle(name)}
        action={words.delete}
        isDanger
        isPending={remove.isPending}
        onConfirm={() => remove.mutate({ id, name })}
        onClose={onClose}
      >
        {words.deleteHelp(all(runs))}
      </Confirm>
    )
  }
  return (
    <Confirm
      title={words.unpublishTitle(name)}
      action={words.unpublish}
      isDanger
      isPending={move.isPending}
      onConfirm={() => move.mutate({ id, name, move: 'unpublish' })}
      onClose={onClose}
    >
      {words.unpublishHelp(underWay(runs))}
    </Confirm>
  )
}
