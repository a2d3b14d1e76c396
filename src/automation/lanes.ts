import { binLane } from './binLane.ts'
import type { Automation } from './context.ts'
import { dispatchLane } from './dispatch.ts'
import type { Lane } from './lane.ts'
import { retentionLane } from './webhooks/deliveries/sweep.ts'
import { enqueue } from './webhooks/enqueue.ts'
import { deliveryLane } from './webhooks/lane.ts'
import { runLanes } from './workflows/lanes.ts'
import { startRuns } from './workflows/start.ts'
import { idleLane } from './workflows/sweep/idle.ts'
import { runRetentionLane } from './workflows/sweep/retention.ts'

/** Everything that is done after a commit. */
export function lanesOf(automation: Automation): Lane[] {
  return [
    // Deliveries last: the lines that they are put in are locked until the commit, and who sends along them waits.
    dispatchLane(automation, [startRuns, enqueue]),
    deliveryLane(automation),
    ...runLanes(automation),
    idleLane(automation),
    runRetentionLane(automation),
    retentionLane(automation),
    binLane(automation),
  ] as Lane[]
}
