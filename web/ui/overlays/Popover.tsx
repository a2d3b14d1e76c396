import type { ReactElement, ReactNode } from 'react'
import { Popover as AriaPopover, Dialog, DialogTrigger, type PopoverProps } from 'react-aria-components'
import './overlays.css'

interface Props {
  /** What opens it: a Button or an IconButton. */
  trigger: ReactElement
  label: string
  children: ReactNode | ((close: () => void) => ReactNode)
  placement?: PopoverProps['placement']
}

/** A small dialog beside what opened it, for a filter or a few fields. */
export const Popover = ({ trigger, label, children, placement = 'bottom start' }: Props) => (
  <DialogTrigger>
    {trigger}
    <AriaPopover className="popover" placement={placement} offset={4}>
      <Dialog className="popover-body" aria-label={label}>
        {({ close }) => (typeof children === 'function' ? children(close) : children)}
      </Dialog>
    </AriaPopover>
  </DialogTrigger>
)
