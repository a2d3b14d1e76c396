import { Check, Minus } from 'lucide-react'
import { Icon } from '../../actions/Icon.tsx'
import '../../choices/choices.css'

interface Props {
  label: string
  /** The ids of what names it, beside the label. */
  of?: string
  isOn: boolean
  isPartly?: boolean
  onChange: (isShifted: boolean) => void
}

/** The box of a row. It looks like a Checkbox and is the browser's own, since there are many; its whole cell is pressed. */
export const Tick = ({ label, of, isOn, isPartly = false, onChange }: Props) => (
  <span className="checkbox" data-selected={isOn || undefined} data-indeterminate={isPartly || undefined}>
    <input
      type="checkbox"
      className="tick"
      tabIndex={-1}
      id={of && `${of}-tick`}
      aria-label={label}
      aria-labelledby={of && `${of}-tick ${of}`}
      checked={isOn}
      ref={(input) => {
        if (input) input.indeterminate = isPartly
      }}
      onChange={({ nativeEvent }) => onChange((nativeEvent as MouseEvent).shiftKey)}
    />
    <span className="check">
      <Icon icon={isPartly ? Minus : Check} size={12} />
    </span>
  </span>
)
