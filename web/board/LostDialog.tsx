import { ListBox } from 'react-aria-components'
import { useLostReasons } from '../api/lookups.ts'
import { OptionItem } from '../ui/choices/options.tsx'
import { Loading, Skeleton } from '../ui/feedback/Skeleton.tsx'
import { Dialog } from '../ui/overlays/Dialog.tsx'
import { boardWords as words } from '../words/board.ts'
import type { Card } from './cards.ts'

interface Props {
  card: Card
  onLose: (reasonId: string | null) => void
  onClose: () => void
}

const noReason = 'none'

/** Where the strip stood: one choice, and the deal is lost. Closed without one, it stays as it was. */
export function LostDialog({ card, onLose, onClose }: Props) {
  const { data: reasons, isPending } = useLostReasons()
  const options = [
    ...(reasons ?? []).map(({ id, name }) => ({ id, label: name })),
    { id: noReason, label: words.noReason },
  ]
  return (
    <Dialog title={words.lostTitle(card.name)} onClose={onClose}>
      {isPending ? (
        <Loading className="lost-reasons">
          <Skeleton height={32} />
          <Skeleton height={32} />
        </Loading>
      ) : (
        <ListBox
          aria-label={words.lostTitle(card.name)}
          className="options lost-reasons"
          items={options}
          autoFocus="first"
          onAction={(id) => {
            onClose()
            onLose(id === noReason ? null : String(id))
          }}
        >
          {(option) => <OptionItem {...option} />}
        </ListBox>
      )}
    </Dialog>
  )
}
