import type { ReactNode } from 'react'
import './records.css'

interface Props {
  title: string
  count?: number
  /** Beside the title. */
  action?: ReactNode
  children: ReactNode
}

/** A part of a record under its own heading: its notes, its tasks, its history. */
export const Part = ({ title, count, action, children }: Props) => (
  <section className="record-part" aria-label={title}>
    <header className="record-part-header">
      <h3>
        {title} {count ? <span className="faint figures">{count}</span> : null}
      </h3>
      {action}
    </header>
    {children}
  </section>
)
