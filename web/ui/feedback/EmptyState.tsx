import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from '../actions/Icon.tsx'
import { Copy } from '../marks/Copy.tsx'
import './feedback.css'

interface Props {
  icon: LucideIcon
  /** What is not there yet. */
  title: string
  /** What to do next, in a sentence. */
  children: ReactNode
  /** The button that does it. */
  action?: ReactNode
  /** The request that would do the same. */
  command?: string
}

export const EmptyState = ({ icon, title, children, action, command }: Props) => (
  <section className="state">
    <span className="state-icon">
      <Icon icon={icon} size={20} />
    </span>
    <h2>{title}</h2>
    <p>{children}</p>
    {action}
    {command && <Copy text={command} isBlock />}
  </section>
)
