import type { ReactNode } from 'react'
import { Switch as AriaSwitch, type SwitchProps } from 'react-aria-components'
import './choices.css'

interface Props extends Omit<SwitchProps, 'className' | 'style' | 'children'> {
  children?: ReactNode
  help?: ReactNode
}

/** For what takes effect at once; a choice that waits for “Save” is a Checkbox. */
export const Switch = ({ children, help, ...props }: Props) => (
  <AriaSwitch {...props} className="switch">
    <span className="track">
      <span className="thumb" />
    </span>
    {children && (
      <span className="choice-words">
        {children}
        {help && <span className="field-help">{help}</span>}
      </span>
    )}
  </AriaSwitch>
)
