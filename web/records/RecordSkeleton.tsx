import './records.css'
import { Loading, Skeleton } from '../ui/feedback/Skeleton.tsx'

const rows = ['44%', '32%', '38%', '26%', '40%', '34%', '30%']

/** The shape of a record before it arrives. */
export const RecordSkeleton = () => (
  <Loading className="record-skeleton">
    <Skeleton width="62%" height={24} />
    <Skeleton width="40%" height={32} />
    <Skeleton height={8} />
    {rows.map((width) => (
      <span key={width} className="record-skeleton-row">
        <Skeleton width={88} />
        <Skeleton width={width} />
      </span>
    ))}
  </Loading>
)
