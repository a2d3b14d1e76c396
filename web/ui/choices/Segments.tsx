import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import type { Option } from './options.tsx'
import './choices.css'

interface Props {
  label: string
  options: Option[]
  value: string
  onChange: (id: string) => void
}

/** Two to five choices side by side, of which one holds. */
export const Segments = ({ label, options, value, onChange }: Props) => (
  <ToggleButtonGroup
    aria-label={label}
    className="segments"
    disallowEmptySelection
    selectedKeys={[value]}
    onSelectionChange={([id]) => id !== undefined && onChange(String(id))}
  >
    {options.map(({ id, label: words, mark }) => (
      <ToggleButton key={id} id={id} className="segment">
        {mark}
        {words}
      </ToggleButton>
    ))}
  </ToggleButtonGroup>
)
