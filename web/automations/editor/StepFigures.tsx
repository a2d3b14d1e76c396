import { CircleAlert, Clock, type LucideIcon } from 'lucide-react'
import { Icon } from '../../ui/actions/Icon.tsx'
import { useFormats } from '../../ui/marks/formats.ts'
import { stepRunWords as words } from '../../words/automationEditor.ts'
import { underWay } from '../states.tsx'

/** How many runs are at a step now, and how many of them failed there and wait for a person; nothing where there are none. */
export function StepFigures({ runs }: { runs: Record<string, number> }) {
  const failed = runs.failed ?? 0
  const here = underWay(runs) - failed
  if (here + failed === 0) return null
  return (
    <span className="step-figures">
      {here > 0 && <Figure icon={Clock} count={here} says={words.here(here)} />}
      {failed > 0 && <Figure icon={CircleAlert} count={failed} says={words.failedHere(failed)} isFault />}
    </span>
  )
}

interface Props {
  icon: LucideIcon
  count: number
  says: string
  isFault?: boolean
}

function Figure({ icon, count, says, isFault = false }: Props) {
  const formats = useFormats()
  return (
    <span className={`step-figure figures${isFault ? ' fault' : ''}`} title={says}>
      <Icon icon={icon} size={12} />
      <span aria-hidden>{formats.count(count)}</span>
      <span className="unseen">{says}</span>
    </span>
  )
}
