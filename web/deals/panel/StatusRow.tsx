import { RotateCcw } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { useMay } from '../../api/session.tsx'
import { Button } from '../../ui/actions/Button.tsx'
import { Skeleton } from '../../ui/feedback/Skeleton.tsx'
import { Badge } from '../../ui/marks/Badge.tsx'
import { Age, Time } from '../../ui/marks/Time.tsx'
import { dealWords as words } from '../../words/deals.ts'
import type { Deal } from '../deal.ts'
import LostDialog from '../LostDialog.tsx'
import { statusIcons as icons } from '../statusIcons.ts'
import { useDealChange } from '../useDealChanges.ts'
import { useStage } from '../useStage.ts'
import { type DealAction, useDealCommands } from './useDealCommands.ts'

type Close = (status: Deal['status'], lostReasonId?: string | null) => void

/** How it stands, and how it can end: won, lost with a reason, abandoned, or open again. */
export function StatusRow({ deal }: { deal: Deal }) {
  const mayWrite = useMay()('opportunities.write')
  const { mutate } = useDealChange()
  const [isLosing, setLosing] = useState(false)
  const close: Close = useCallback(
    (status, lostReasonId) => {
      const patch = { status, ...(lostReasonId !== undefined && { lostReasonId }) }
      mutate({ deal, patch, says: words.closed[status](deal.name) })
    },
    [deal, mutate],
  )
  const endings = useMemo(
    () => (mayWrite ? endingsOf(deal, close, () => setLosing(true)) : []),
    [mayWrite, deal, close],
  )
  useDealCommands('endings', deal, endings)
  return (
    <div className="deal-status">
      <Standing deal={deal} />
      {mayWrite && (
        <div className="deal-closing no-print">
          {endings.map(({ id, label, icon, run }) => (
            <Button key={id} {...(id === 'abandoned' ? { look: 'plain' } : { icon })} onPress={run}>
              {label}
            </Button>
          ))}
        </div>
      )}
      {isLosing && (
        <LostDialog
          title={words.whyLost(deal.name)}
          onLose={(reasonId) => close('lost', reasonId)}
          onClose={() => setLosing(false)}
        />
      )}
    </div>
  )
}

const endingsOf = ({ status }: Deal, close: Close, lose: () => void): DealAction[] =>
  status === 'open'
    ? [
        { id: 'won', label: words.won, icon: icons.won, run: () => close('won') },
        { id: 'lost', label: words.lost, icon: icons.lost, run: lose },
        { id: 'abandoned', label: words.abandon, icon: icons.abandoned, run: () => close('abandoned') },
      ]
    : [{ id: 'open', label: words.reopen, icon: RotateCcw, run: () => close('open') }]

function Standing({
  deal: { status, lastStatusChangeAt, lastStageChangeAt, pipelineId, pipelineStageId },
}: {
  deal: Deal
}) {
  const { pipelines, stage } = useStage(pipelineId, pipelineStageId)
  if (status === 'open' && !pipelines)
    return (
      <p>
        <Skeleton width={180} height={20} />
      </p>
    )
  if (status === 'open') {
    return (
      <p className="one-line">
        {words.inStage(stage?.name ?? words.unknownStage)} <Age since={lastStageChangeAt} />
      </p>
    )
  }
  return (
    <p className="deal-standing">
      <Badge tone={status} icon={icons[status]}>
        {words.statuses[status]}
      </Badge>
      <span className="soft">
        <Time at={lastStatusChangeAt} />
      </span>
    </p>
  )
}
