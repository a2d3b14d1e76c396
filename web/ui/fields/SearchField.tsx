import { Search, X } from 'lucide-react'
import type { Ref } from 'react'
import { SearchField as AriaSearchField, Button, Input, type SearchFieldProps } from 'react-aria-components'
import { ui } from '../../words/ui.ts'
import { Icon } from '../actions/Icon.tsx'
import './fields.css'

interface Props extends Omit<SearchFieldProps, 'className' | 'style' | 'children'> {
  label: string
  placeholder?: string
  inputRef?: Ref<HTMLInputElement>
}

/** `/` focuses the one on the page that has `data-search`, which is this one unless told otherwise. */
export const SearchField = ({ label, placeholder = label, inputRef, ...props }: Props) => (
  <AriaSearchField {...props} aria-label={label} className="control search-field">
    <Icon icon={Search} />
    <Input ref={inputRef} placeholder={placeholder} data-search />
    <Button aria-label={ui.clear} className="search-clear">
      <Icon icon={X} size={14} />
    </Button>
  </AriaSearchField>
)
