import { Fragment } from 'react'
import { Loading, Skeleton } from '../../ui/feedback/Skeleton.tsx'

const widths = ['44%', '56%', '38%']

/** A trigger and its first steps before it is known which. */
export const CanvasSkeleton = () => (
  <Loading className="canvas">
    <div className="canvas-path">
      {widths.map((width) => (
        <Fragment key={width}>
          <div className="step-card">
            <div className="step-card-main">
              <Skeleton width={28} height={28} />
              <span className="step-card-words">
                <Skeleton width={width} />
                <Skeleton width="72%" height={10} />
              </span>
            </div>
          </div>
          <span className="add-step" />
        </Fragment>
      ))}
    </div>
  </Loading>
)
