import { RotateCcw } from 'lucide-react'
import { statusIcons } from '../../deals/statusIcons.ts'
import { Icon } from '../../ui/actions/Icon.tsx'
import { boardWords as words } from '../../words/board.ts'
import { statusOf, useDrag } from './drag.ts'
import { closings } from './keys.ts'
import './moving.css'

/** Rises from the bottom while a card is carried: dropped here, the deal is closed, or opened again. */
export function ClosingStrip() {
  const card = useDrag((drag) => drag?.card ?? null)
  const target = useDrag((drag) => statusOf(drag?.target))
  if (!card) return null
  return (
    <div className="closing-strip" aria-hidden>
      {closings(card).map((status) => (
        <div
          key={status}
          className={`closing ${status}`}
          data-status-target={status}
          data-target={target === status || undefined}
        >
          <Icon icon={status === 'open' ? RotateCcw : statusIcons[status]} />
          {words.targets[status]}
        </div>
      ))}
    </div>
  )
}
