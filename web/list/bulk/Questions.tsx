import LostDialog from '../../deals/LostDialog.tsx'
import { Confirm } from '../../ui/overlays/Dialog.tsx'
import { listWords as words } from '../../words/list.ts'
import type { Wish } from './actions.ts'
import type { Chosen } from './useBulk.ts'

/** What must be answered before an action is run. */
export interface Question {
  about: 'lost' | 'delete'
  chosen: Chosen
  count: number
}

interface Props extends Question {
  onRun: (wish: Wish, chosen: Chosen) => void
  onClose: () => void
}

/** Why deals were lost; or, where it is more than one, whether they shall all go. */
export default function Questions({ about, chosen, count, onRun, onClose }: Props) {
  if (about === 'lost') {
    const only = chosen !== 'all' && count === 1 ? chosen[0] : undefined
    return (
      <LostDialog
        title={only ? words.lostTitle(only.name) : words.lostManyTitle(count)}
        onLose={(lostReasonId) => onRun({ action: { action: 'status', status: 'lost', lostReasonId } }, chosen)}
        onClose={onClose}
      />
    )
  }
  return (
    <Confirm
      title={words.deleteTitle(count)}
      action={words.deleteAction(count)}
      isDanger
      onConfirm={() => {
        onClose()
        onRun({ action: { action: 'delete' } }, chosen)
      }}
      onClose={onClose}
    >
      {words.deleteHelp}
    </Confirm>
  )
}
