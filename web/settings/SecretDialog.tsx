import type { ReactNode } from 'react'
import { Button } from '../ui/actions/Button.tsx'
import { Copy } from '../ui/marks/Copy.tsx'
import { Buttons, Dialog } from '../ui/overlays/Dialog.tsx'
import { settingsWords as words } from '../words/settings/page.ts'

interface Props {
  title: string
  /** What it is for, and that it is not shown again. */
  children: ReactNode
  /** Each with what it is called. */
  secrets: { label: string; text: string }[]
  onClose: () => void
}

/** What is shown this once: neither a click beside it nor Escape closes it by accident. */
export const SecretDialog = ({ title, children, secrets, onClose }: Props) => (
  <Dialog title={title} role="alertdialog" size="middle">
    <div className="dialog-words">{children}</div>
    {secrets.map(({ label, text }) => (
      <div key={label} className="settings-secret">
        <span className="field-label">{label}</span>
        <Copy text={text} label={words.copy(label)} isBlock />
      </div>
    ))}
    <Buttons>
      <Button look="primary" onPress={onClose}>
        {words.done}
      </Button>
    </Buttons>
  </Dialog>
)
