import { type ReactElement, useLayoutEffect, useState } from 'react'
import { Tooltip as AriaTooltip, type TooltipProps, TooltipTrigger } from 'react-aria-components'
import { flushSync } from 'react-dom'
import { Keys } from '../actions/Keys.tsx'
import './overlays.css'

interface Props {
  /** A button, a link, or a Focusable. */
  children: ReactElement
  says: string
  shortcut?: string
  placement?: TooltipProps['placement']
}

export function Tooltip({ children, says, shortcut, placement = 'bottom' }: Props) {
  const [isOpen, setIsOpen] = useOpen()
  return (
    <TooltipTrigger delay={500} closeDelay={80} isOpen={isOpen} onOpenChange={setIsOpen}>
      {children}
      <AriaTooltip className="tooltip" placement={placement} offset={6}>
        {says}
        {shortcut && <Keys keys={shortcut} />}
      </AriaTooltip>
    </TooltipTrigger>
  )
}

/**
 * Escape takes the tooltip away and goes on to what it is meant for. React Aria's tooltip takes the key for itself
 * (adobe/react-spectrum, useTooltipTrigger): a dialog whose close button has the focus would need it twice. So the
 * tooltip is gone before it is asked.
 */
function useOpen() {
  const [isOpen, setIsOpen] = useState(false)
  useLayoutEffect(() => {
    if (!isOpen) return
    const listen = ({ key }: KeyboardEvent) => key === 'Escape' && flushSync(() => setIsOpen(false))
    addEventListener('keydown', listen, { capture: true })
    return () => removeEventListener('keydown', listen, { capture: true })
  }, [isOpen])
  return [isOpen, setIsOpen] as const
}
