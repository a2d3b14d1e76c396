import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from '../actions/Icon.tsx'
import './marks.css'

export type Tone = 'neutral' | 'accent' | 'won' | 'lost' | 'abandoned' | 'stale'

interface Props {
  children: ReactNode
  tone?: Tone
  /** Colour never says it alone. */
  icon?: LucideIcon
}

export const Badge = ({ children, tone = 'neutral', icon }: Props) => (
  <span className={`badge ${tone}`}>
    {icon && <Icon icon={icon} size={12} />}
    {children}
  </span>
)
