import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { ui } from '../../words/ui.ts'
import { Button, IconButton } from '../actions/Button.tsx'
import './overlays.css'

interface Props {
  title: string
  /** Absent where there is no way past it. */
  onClose?: () => void
  children: ReactNode
  /** 440, 640 or 880 px. */
  size?: 'small' | 'middle' | 'large'
  role?: 'dialog' | 'alertdialog'
  /** Nothing of the page is to be seen behind it. */
  isOpaque?: boolean
}

/** Rendered while it is open; in the middle of the page, and from below on a phone. */
export function Dialog({ title, onClose, children, size = 'small', role, isOpaque = false }: Props) {
  const isDismissable = Boolean(onClose) && role !== 'alertdialog'
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose?.()}
      isDismissable={isDismissable}
      isKeyboardDismissDisabled={!onClose}
      className={isOpaque ? 'scrim opaque' : 'scrim'}
    >
      <Modal className={size === 'small' ? 'dialog' : `dialog ${size}`}>
        <AriaDialog role={role} className="dialog-body">
          <header className="dialog-header">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {onClose && <IconButton icon={X} label={ui.close} onPress={onClose} />}
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

/** The buttons at the foot of a dialog or of a form: the one that goes on stands last. */
export const Buttons = ({ children }: { children: ReactNode }) => <div className="buttons">{children}</div>

interface ConfirmProps {
  title: string
  children: ReactNode
  /** What will happen, as a verb: “Delete pipeline”. */
  action: string
  isDanger?: boolean
  isPending?: boolean
  /** Something else is to be decided first: the button keeps the focus, and cannot be pressed. */
  isBlocked?: boolean
  onConfirm: () => void
  onClose: () => void
}

export function Confirm(props: ConfirmProps) {
  const { title, children, action, isDanger, isPending, isBlocked = false, onConfirm, onClose } = props
  return (
    <Dialog title={title} role="alertdialog" onClose={onClose}>
      <div className="dialog-words">{children}</div>
      <Buttons>
        <Button onPress={onClose}>{ui.cancel}</Button>
        <Button
          look={isDanger ? 'danger' : 'primary'}
          isPending={isPending}
          aria-disabled={isBlocked}
          onPress={() => !isBlocked && onConfirm()}
          autoFocus={!isDanger}
        >
          {action}
        </Button>
      </Buttons>
    </Dialog>
  )
}
