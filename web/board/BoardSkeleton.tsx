import { Loading, Skeleton } from '../ui/feedback/Skeleton.tsx'

/** Columns before it is known which. */
export const BoardSkeleton = () => (
  <Loading className="board">
    {[0, 1, 2, 3].map((column) => (
      <div key={column} className="column">
        <div className="column-header">
          <Skeleton width={96} />
          <Skeleton width={64} height={10} />
        </div>
      </div>
    ))}
  </Loading>
)
