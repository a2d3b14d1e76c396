import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { Checkbox as AriaCheckbox, type CheckboxProps } from 'react-aria-components'
import { Icon } from '../actions/Icon.tsx'
import './choices.css'

interface Props extends Omit<CheckboxProps, 'className' | 'style' | 'children'> {
  /** Without words it needs an `aria-label`, or the `slot` of a table's row. */
  children?: ReactNode
  help?: ReactNode
}

export const Checkbox = ({ children, help, ...props }: Props) => (
  <AriaCheckbox {...props} className="checkbox">
    {({ isIndeterminate }) => (
      <>
        <span className="check">
          <Icon icon={isIndeterminate ? Minus : Check} size={12} />
        </span>
        {children && (
          <span className="choice-words">
            {children}
            {help && <span className="field-help">{help}</span>}
          </span>
        )}
      </>
    )}
  </AriaCheckbox>
)
