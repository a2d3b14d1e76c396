import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { FocusScope } from 'react-aria'
import { createPortal } from 'react-dom'
import { ui } from '../../words/ui.ts'
import { IconButton } from '../actions/Button.tsx'
import { useMedia } from '../marks/useMedia.ts'
import { isCovered } from './covered.ts'
import './overlays.css'

interface Props {
  title: ReactNode
  /** What a screen reader calls it, where the title is more than text. */
  label?: string
  /** Beside the title: a menu, the arrows to the next. */
  actions?: ReactNode
  onClose: () => void
  children: ReactNode
  footer?: ReactNode
}

/**
 * From the right, over the page one came from, which stays alive beside it; under 800 px it takes the screen. The page
 * that opens it keeps that in the URL, so that Back closes it and the address can be shared.
 */
export function Panel({ title, label, actions, onClose, children, footer }: Props) {
  const headingId = useId()
  const panel = useRef<HTMLElement>(null)
  const isWhole = useMedia('(width < 800px)')
  useInert(isWhole)
  useEscape(panel, onClose)

  return createPortal(
    <FocusScope contain={isWhole} restoreFocus>
      <aside
        ref={panel}
        className="panel"
        role="dialog"
        aria-modal={isWhole || undefined}
        {...(label ? { 'aria-label': label } : { 'aria-labelledby': headingId })}
        tabIndex={-1}
      >
        <header className="panel-header">
          <h2 id={headingId} className="panel-title">
            {title}
          </h2>
          {actions}
          <IconButton icon={X} label={ui.close} shortcut="Escape" onPress={onClose} />
        </header>
        <div className="panel-body">{children}</div>
        {footer && <footer className="panel-footer">{footer}</footer>}
      </aside>
    </FocusScope>,
    document.body,
  )
}

/** What lies wholly behind it can be neither reached nor read aloud. */
function useInert(isWhole: boolean): void {
  useEffect(() => {
    const page = document.getElementById('root')
    if (!isWhole || !page) return
    page.inert = true
    return () => {
      page.inert = false
    }
  }, [isWhole])
}

/** Escape closes what lies on top: a menu or a dialog takes the key before it comes here. */
function useEscape(panel: { current: HTMLElement | null }, onClose: () => void): void {
  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    panel.current?.focus({ preventScroll: true })
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isCovered()) return
      close.current()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [panel])
}
