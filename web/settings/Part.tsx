import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorState } from '../ui/feedback/ErrorState.tsx'
import { SkeletonRows } from '../ui/feedback/Skeleton.tsx'

interface Props {
  title: ReactNode
  intro?: ReactNode
  /** The one thing to do here, at the right. */
  action?: ReactNode
  children: ReactNode
}

/** One part of the settings: its name, what it is for, and what is in it. */
export const Part = ({ title, intro, action, children }: Props) => (
  <>
    <header className="settings-head">
      <div>
        <h2>{title}</h2>
        {intro && <p className="soft">{intro}</p>}
      </div>
      {action}
    </header>
    {children}
  </>
)

interface AskedProps<T> {
  query: UseQueryResult<T>
  /** What could not be shown, if it could not. */
  failed: string
  rows?: number
  children: (data: T) => ReactNode
}

/** What was asked of the server, or its skeleton, or why it did not come. */
export function Asked<T>({ query, failed, rows = 4, children }: AskedProps<T>) {
  const { data, error, refetch } = query
  if (data !== undefined) return children(data)
  if (!error) return <SkeletonRows count={rows} />
  return (
    <ErrorState title={failed} onRetry={() => void refetch()}>
      {error.message}
    </ErrorState>
  )
}
