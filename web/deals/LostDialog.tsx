import { ListBox } from 'react-aria-components'
import { useLostReasons } from '../api/lookups.ts'
import { OptionItem } from '../ui/choices/options.tsx'
import { Loading, Skeleton } from '../ui/feedback/Skeleton.tsx'
import { Dialog } from '../ui/overlays/Dialog.tsx'
import { recordWords as words } from '../words/records.ts'
import './lostDialog.css'

interface Props {
  title: string
  /** Low on the page, where the strip stood that a card was dropped on. */
  isLow?: boolean
  onLose: (reasonId: string | null) => void
  onClose: () => void
}

const noReason = 'none'

/** One choice, and the deals are lost. Closed without one, they stay as they were. */
export default function LostDialog({ title, isLow, onLose, onClose }: Props) {
  const { data: reasons, isPending } = useLostReasons()
  const options = [
    ...(reasons ?? []).map(({ id, name }) => ({ id, label: name })),
    { id: noReason, label: words.noReason },
  ]
  const place = isLow ? 'lost-reasons low' : 'lost-reasons'
  return (
    <Dialog title={title} onClose={onClose}>
      {isPending ? (
        <Loading className={place}>
          <Skeleton height={32} />
          <Skeleton height={32} />
        </Loading>
      ) : (
        <ListBox
          aria-label={title}
          className={`options ${place}`}
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
