import { Loading, Skeleton } from '../ui/feedback/Skeleton.tsx'

export const ListSkeleton = () => (
  <Loading className="webhook-rows">
    {['34%', '27%', '41%'].map((width) => (
      <div key={width} className="webhook-row">
        <span className="webhook-words">
          <Skeleton width={120} />
          <Skeleton width={width} height={10} />
        </span>
        <Skeleton width={80} height={20} />
      </div>
    ))}
  </Loading>
)

export const PanelSkeleton = () => (
  <Loading className="delivery">
    <Skeleton width="60%" />
    <Skeleton width="45%" />
    <Skeleton width="52%" />
    <Skeleton height={280} />
  </Loading>
)
