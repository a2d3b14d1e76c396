import { Link } from 'react-aria-components'
import { Confirm } from '../ui/overlays/Dialog.tsx'
import { automationWords as words } from '../words/automations.ts'
import { all, underWay } from './states.tsx'
import { useDelete, useMove } from './useMoves.ts'

/** What cannot be taken back is asked about first, and what is published though somebody else has changed it since. */
export interface Question {
  about: 'unpublish' | 'delete' | 'overtaken'
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
  if (about === 'overtaken') {
    return (
      <Confirm
        title={words.overtakenTitle(name)}
        action={words.publishTheirs}
        isPending={move.isPending}
        onConfirm={() => move.mutate({ id, name, move: 'publish' })}
        onClose={onClose}
      >
        {words.overtakenHelp} <Link href={`/automations/${id}`}>{words.lookAtIt}</Link>
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
