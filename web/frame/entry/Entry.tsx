import type { ReactNode } from 'react'
import { Mark } from '../Mark.tsx'
import './entry.css'

interface Props {
  title: string
  help?: ReactNode
  children?: ReactNode
}

/** A page before the app: signing in, joining, or that neither is possible. */
export const Entry = ({ title, help, children }: Props) => (
  <main className="entry">
    <title>{title}</title>
    <section className="entry-card">
      <Mark size={32} />
      <h1>{title}</h1>
      {help && <p className="entry-help">{help}</p>}
      {children}
    </section>
  </main>
)
