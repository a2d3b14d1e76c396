import { ListBox } from 'react-aria-components'
import { useLostReasons } from '../../api/lookups.ts'
import { OptionItem } from '../../ui/choices/options.tsx'
import { Loading, Skeleton } from '../../ui/feedback/Skeleton.tsx'
import { Dialog } from '../../ui/overlays/Dialog.tsx'
import { listWords as words } from '../../words/list.ts'

interface Props {
  title: string
  onLose: (reasonId: string | null) => void
  onClose: () => void
}

const noReason = 'none'

/** One choice, and the deals are lost. Closed without one, they stay as they were. */
export function LostDialog({ title, onLose, onClose }: Props) {
  const { data: reasons, isPending } = useLostReasons()
  const options = [
    ...(reasons ?? []).map(({ id, name }) => ({ id, label: name })),
    { id: noReason, label: words.noReason },
  ]
  return (
    <Dialog title={title} onClose={onClose}>
      {isPending ? (
        <Loading className="list-reasons">
          <Skeleton height={32} />
          <Skeleton height={32} />
        </Loading>
      ) : (
        <ListBox
          aria-label={title}
          className="options list-reasons"
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
