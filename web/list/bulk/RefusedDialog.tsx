import { Button } from '../../ui/actions/Button.tsx'
import { Buttons, Dialog } from '../../ui/overlays/Dialog.tsx'
import { listWords as words } from '../../words/list.ts'
import { ui } from '../../words/ui.ts'
import type { RefusedDeal } from './useBulk.ts'

interface Props {
  deals: RefusedDeal[]
  /** How many were changed all the same. */
  done: number
  onClose: () => void
}

/** Each deal that stayed as it was, with the server's reason. */
export const RefusedDialog = ({ deals, done, onClose }: Props) => (
  <Dialog title={words.refusedTitle(deals.length)} size="middle" role="alertdialog" onClose={onClose}>
    <p className="soft">{words.refusedHelp(done)}</p>
    <ul className="list-refused">
      {deals.map(({ id, name, error }) => (
        <li key={id}>
          <span className="one-line">{name}</span>
          <span className="soft small">{error}</span>
        </li>
      ))}
    </ul>
    <Buttons>
      <Button look="primary" onPress={onClose} autoFocus>
        {ui.close}
      </Button>
    </Buttons>
  </Dialog>
)
