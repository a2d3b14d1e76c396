import type { ReactNode } from 'react'
import { ui } from '../../words/ui.ts'
import './feedback.css'

/** A grey bar where a line will be; build the shape of what comes from several. */
export const Skeleton = ({ width = '100%', height = 12 }: { width?: number | string; height?: number }) => (
  <span className="skeleton" style={{ width, height }} />
)

/** Says once, to those who cannot see the bars, that something is on its way. */
export const Loading = ({ children, className }: { children: ReactNode; className?: string }) => (
  <div className={className} role="status" aria-busy aria-label={ui.loading}>
    {children}
  </div>
)

/** The rows of a list or a table before they arrive. */
export const SkeletonRows = ({ count = 8 }: { count?: number }) => (
  <Loading className="skeleton-rows">
    {Array.from({ length: count }, (_, row) => `${44 + ((row * 17) % 43)}.${row}%`).map((width) => (
      <span key={width} className="skeleton-row">
        <Skeleton width={width} />
        <Skeleton width="56%" />
        <Skeleton width="72%" />
        <Skeleton />
      </span>
    ))}
  </Loading>
)
