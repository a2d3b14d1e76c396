import type { UseQueryResult } from '@tanstack/react-query'
import { ChartColumn } from 'lucide-react'
import type { ReactNode } from 'react'
import { EmptyState } from '../ui/feedback/EmptyState.tsx'
import { ErrorState } from '../ui/feedback/ErrorState.tsx'
import { Loading, Skeleton } from '../ui/feedback/Skeleton.tsx'
import { reports as words } from '../words/reports.ts'

interface Props<T> {
  query: UseQueryResult<T>
  isEmpty: (reply: T) => boolean
  empty: { title: string; help: string; action?: ReactNode }
  children: (reply: T) => ReactNode
}

/** A report in each of its states. */
export function Report<T>({ query: { data, error, isPending, isPlaceholderData, refetch }, ...props }: Props<T>) {
  const { isEmpty, empty, children } = props
  if (isPending) return <ReportSkeleton />
  if (error && !data) {
    return (
      <ErrorState title={words.failed} onRetry={() => void refetch()}>
        {error.message}
      </ErrorState>
    )
  }
  if (isEmpty(data as T)) {
    return (
      <EmptyState icon={ChartColumn} title={empty.title} action={empty.action}>
        {empty.help}
      </EmptyState>
    )
  }
  return (
    <div className="report" aria-busy={isPlaceholderData}>
      {children(data as T)}
    </div>
  )
}

/** In the shape of what comes: some figures, a chart, its table. */
export const ReportSkeleton = () => (
  <Loading className="report">
    <div className="report-figures">
      {['a', 'b', 'c', 'd', 'e'].map((id) => (
        <div key={id}>
          <Skeleton width={64} />
          <Skeleton width={96} height={24} />
          <Skeleton width={72} />
        </div>
      ))}
    </div>
    <Skeleton width="20%" height={16} />
    <div className="report-bars">
      {[92, 71, 54, 38, 22, 16].map((width) => (
        <Skeleton key={width} width={`${width}%`} height={20} />
      ))}
    </div>
  </Loading>
)
