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
}

export const OptionItem = ({ id, label, detail, mark }: Option) => (
  <ListBoxItem id={id} textValue={label} className="option">
    {mark}
    <span className="option-words">
      <Text slot="label" className="one-line">
        {label}
      </Text>
      {detail && (
        <Text slot="description" className="option-detail one-line">
          {detail}
        </Text>
      )}
    </span>
    <span className="option-check">
      <Icon icon={Check} />
    </span>
  </ListBoxItem>
)
