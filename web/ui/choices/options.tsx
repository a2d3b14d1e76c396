import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { ListBoxItem, Text } from 'react-aria-components'
import { Icon } from '../actions/Icon.tsx'
import './choices.css'

/** One thing to choose. */
export interface Option {
  id: string
  label: string
  /** In soft ink below the label: an e-mail address, a company. */
  detail?: string
  /** Before the label: a dot, an avatar. */
  mark?: ReactNode
  /** What stands in a field that was searched, once this is chosen, if not the label. */
  typed?: string
}

export const OptionItem = ({ id, label, detail, mark, typed = label }: Option) => (
  <ListBoxItem id={id} textValue={typed} className="option">
    {mark}
    {/* Both are its name: of two people who are called the same, the detail tells which is which. */}
    <Text slot="label" className="option-words">
      <span className="one-line">{label}</span>
      {detail && <span className="option-detail one-line">{detail}</span>}
    </Text>
    <span className="option-check">
      <Icon icon={Check} />
    </span>
  </ListBoxItem>
)
