import { ListBox } from 'react-aria-components'
import { useLostReasons } from '../api/lookups.ts'
import { OptionItem } from '../ui/choices/options.tsx'
import { Loading, Skeleton } from '../ui/feedback/Skeleton.tsx'
import { Dialog } from '../ui/overlays/Dialog.tsx'
import { dealWords as words } from '../words/opportunity.ts'

interface Props {
  name: string
  onLose: (reasonId: string | null) => void
  onClose: () => void
}

const noReason = 'none'

/** One choice, and the deal is lost. Closed without one, it stays as it was. */
export function LostDialog({ name, onLose, onClose }: Props) {
  const { data: reasons, isPending } = useLostReasons()
  const options = [
    ...(reasons ?? []).map(({ id, name }) => ({ id, label: name })),
    { id: noReason, label: words.noReason },
  ]
  return (
    <Dialog title={words.whyLost(name)} onClose={onClose}>
      {isPending ? (
        <Loading className="field-group">
          <Skeleton height={32} />
          <Skeleton height={32} />
        </Loading>
      ) : (
        <ListBox
          aria-label={words.whyLost(name)}
          className="options"
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
