import { Loading, Skeleton } from '../ui/feedback/Skeleton.tsx'
import './columns/columns.css'

/** Columns before it is known which. */
export const BoardSkeleton = () => (
  <Loading className="board">
    {[0, 1, 2, 3].map((column) => (
      <div key={column} className="column">
        <div className="column-header">
          <Skeleton width={96} />
          <Skeleton width={64} height={10} />
        </div>
        <SkeletonCards />
      </div>
    ))}
  </Loading>
)

/** A column that is known, before its cards are. */
export const SkeletonCards = () => (
  <div className="column-skeleton" aria-hidden>
    {[68, 52, 60].map((width) => (
      <div key={width} className="card-skeleton">
        <Skeleton width={`${width}%`} />
        <Skeleton width={`${width - 16}%`} height={10} />
        <Skeleton width="32%" height={10} />
      </div>
    ))}
  </div>
)
