import { all } from '../states.tsx'
import { WorkflowFrame } from '../WorkflowFrame.tsx'
import type { Whole } from '../wire.ts'
import { RunList } from './RunList.tsx'
import { RunStateChip } from './RunStateChip.tsx'

export const RunsPart = ({ whole }: { whole: Whole }) => (
  <WorkflowFrame whole={whole} part="runs" chips={all(whole.runs) > 0 && <RunStateChip runs={whole.runs} />}>
    <RunList workflowId={whole.workflow.id} workflowState={whole.workflow.state} />
  </WorkflowFrame>
)
