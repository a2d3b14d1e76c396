import { Link } from 'react-aria-components'
import { stepRunWords as words } from '../../words/automationEditor.ts'
import { underWay } from '../states.tsx'
import type { StepCount } from '../wire.ts'

/** Runs go on in the version that they began with, also where no card of the draft can show them. */
export function RunsElsewhere({ workflowId, counts }: { workflowId: string; counts: StepCount[] }) {
  const count = counts.reduce((sum, { place, runs }) => sum + (place === null ? underWay(runs) : 0), 0)
  if (count === 0) return null
  return (
    <p className="runs-elsewhere small soft">
      {words.elsewhere(count)} <Link href={`/automations/${workflowId}/runs`}>{words.lookAt}</Link>
    </p>
  )
}
