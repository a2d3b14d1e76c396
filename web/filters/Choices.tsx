import { ListBox } from 'react-aria-components'
import { type Option, OptionItem } from '../ui/choices/options.tsx'
import './filters.css'

interface Props {
  label: string
  options: Option[]
  chosen: string[]
  onChange: (ids: string[]) => void
  /** One of them always holds. */
  isOne?: boolean
}

/** The choices of a chip, open at once. */
export const Choices = ({ label, options, chosen, onChange, isOne = false }: Props) => (
  <ListBox
    aria-label={label}
    items={options}
    className={`options filter-options${isOne ? ' counted' : ''}`}
    selectionMode={isOne ? 'single' : 'multiple'}
    disallowEmptySelection={isOne}
    selectedKeys={chosen}
    onSelectionChange={(keys) => onChange(keys === 'all' ? options.map(({ id }) => id) : [...keys].map(String))}
    // It closes the chip, and leaves what is chosen.
    escapeKeyBehavior="none"
    autoFocus
  >
    {(option) => <OptionItem {...option} />}
  </ListBox>
)
