import { Plus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { ui } from '../../words/ui.ts'
import { Icon } from '../actions/Icon.tsx'
import { Popover } from '../overlays/Popover.tsx'
import './lists.css'

/** Filters side by side, to be read as a sentence: “status is open · owner is Ada · value over 1,000”. */
export const Chips = ({ label, children }: { label: string; children: ReactNode }) => (
  <fieldset className="chips" aria-label={label}>
    {children}
  </fieldset>
)

interface Props {
  /** “owner” */
  label: string
  /** “is Ada”; absent while it filters nothing, and then the chip only offers it. */
  says?: string
  onClear?: () => void
  /** The fields that change it. */
  children: ReactNode | ((close: () => void) => ReactNode)
}

export function Chip({ label, says, onClear, children }: Props) {
  const words = says ? `${label} ${says}` : label
  return (
    <span className={`chip${says ? ' chosen' : ''}`}>
      <Popover
        label={words}
        trigger={
          <Button className="chip-words">
            {!says && <Icon icon={Plus} size={12} />}
            <span className="one-line">
              {says ? <span className="soft">{label} </span> : label}
              {says}
            </span>
          </Button>
        }
      >
        {children}
      </Popover>
      {says && onClear && (
        <Button className="chip-clear" aria-label={ui.remove(words)} onPress={onClear}>
          <Icon icon={X} size={12} />
        </Button>
      )}
    </span>
  )
}
