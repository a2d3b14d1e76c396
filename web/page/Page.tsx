import { type ReactNode, useEffect } from 'react'
import { useSession } from '../api/session.tsx'
import './page.css'

interface Props {
  title: string
  /** In place of the title, where it is more than text, such as a menu of pipelines. */
  heading?: ReactNode
  /** At the right: search, view, and last the one primary action. */
  actions?: ReactNode
  /** Filters, under the header. */
  chips?: ReactNode
  /** `filled`: what is inside scrolls by itself, as a board or a table; otherwise the page scrolls. */
  layout?: 'flowing' | 'filled' | 'narrow'
  children: ReactNode
}

/** Every page of the app stands in one of these. */
export function Page({ title, heading, actions, chips, layout = 'flowing', children }: Props) {
  const { location } = useSession()
  useEffect(() => {
    document.title = `${title} · ${location.name}`
  }, [title, location.name])

  return (
    <div className={`page ${layout}`}>
      <header className="page-header">
        <h1 className="page-title">{heading ?? title}</h1>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {chips && <div className="page-chips">{chips}</div>}
      <div className="page-body">{children}</div>
    </div>
  )
}
