import { Button, LinkButton } from '../../ui/actions/Button.tsx'
import { Copy } from '../../ui/marks/Copy.tsx'
import { Buttons, Dialog } from '../../ui/overlays/Dialog.tsx'
import { webhookFormWords as words } from '../../words/webhooks.ts'
import type { Issued } from '../useWebhooks.ts'
import './form.css'

/** What is shown this once: a click beside the dialog does not close it. */
export const IssuedDialog = ({ issued, onClose }: { issued: Issued; onClose: () => void }) => (
  <Dialog title={words.issuedTitle} role="alertdialog" size="middle" onClose={onClose}>
    <p className="dialog-words">{words.issuedHelp}</p>
    <div className="webhook-secret">
      <span className="field-label">{words.secret}</span>
      <Copy text={issued.secret} label={words.copySecret} isBlock />
    </div>
    <Buttons>
      <LinkButton href="/webhooks/verify">{words.howTo}</LinkButton>
      <Button look="primary" onPress={onClose}>
        {words.done}
      </Button>
    </Buttons>
  </Dialog>
)
