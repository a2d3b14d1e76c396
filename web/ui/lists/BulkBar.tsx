import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { ui } from '../../words/ui.ts'
import { IconButton } from '../actions/Button.tsx'
import './lists.css'

interface Props {
  count: number
  onClear: () => void
  children: ReactNode
}

/** Rises from below while rows are selected; holds what can be done with all of them. */
export const BulkBar = ({ count, onClear, children }: Props) =>
  count > 0 && (
    <div className="bulk-bar" role="toolbar" aria-label={ui.selected(count)}>
      <IconButton icon={X} label={ui.clearSelection} onPress={onClear} />
      <span className="figures">{ui.selected(count)}</span>
      {children}
    </div>
  )
