import type { ReactElement } from 'react'
import { Tooltip as AriaTooltip, type TooltipProps, TooltipTrigger } from 'react-aria-components'
import { Keys } from '../actions/Keys.tsx'
import './overlays.css'

interface Props {
  /** A button, a link, or a Focusable. */
  children: ReactElement
  says: string
  shortcut?: string
  placement?: TooltipProps['placement']
}

export const Tooltip = ({ children, says, shortcut, placement = 'bottom' }: Props) => (
  <TooltipTrigger delay={500} closeDelay={80}>
    {children}
    <AriaTooltip className="tooltip" placement={placement} offset={6}>
      {says}
      {shortcut && <Keys keys={shortcut} />}
    </AriaTooltip>
  </TooltipTrigger>
)
