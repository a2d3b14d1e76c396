import { CircleSlash, RotateCcw, ThumbsDown, Trophy } from 'lucide-react'
import { useState } from 'react'
import { useMay } from '../api/session.tsx'
import LostDialog from '../records/LostDialog.tsx'
import { Button } from '../ui/actions/Button.tsx'
import { Badge } from '../ui/marks/Badge.tsx'
import { Age, Time } from '../ui/marks/Time.tsx'
import { dealWords as words } from '../words/opportunity.ts'
import type { Deal, DealPatch } from './deal.ts'
import { useDealChange } from './useDealChanges.ts'
import { useStage } from './useStage.ts'

const icons = { won: Trophy, lost: ThumbsDown, abandoned: CircleSlash }

/** How it stands, and how it can end: won, lost with a reason, abandoned, or open again. */
export function StatusRow({ deal }: { deal: Deal }) {
  const mayWrite = useMay()('opportunities.write')
  const { mutate } = useDealChange()
  const [isLosing, setLosing] = useState(false)
  const close = (patch: DealPatch & { status: Deal['status'] }) =>
    mutate({ deal, patch, says: words.closed[patch.status](deal.name) })
  return (
    <div className="deal-status">
      <Standing deal={deal} />
      {mayWrite && (
        <div className="deal-closing no-print">
          {deal.status === 'open' ? (
            <>
              <Button icon={Trophy} onPress={() => close({ status: 'won' })}>
                {words.won}
              </Button>
              <Button icon={ThumbsDown} onPress={() => setLosing(true)}>
                {words.lost}
              </Button>
              <Button look="plain" onPress={() => close({ status: 'abandoned' })}>
                {words.abandon}
              </Button>
            </>
          ) : (
            <Button icon={RotateCcw} onPress={() => close({ status: 'open' })}>
              {words.reopen}
            </Button>
          )}
        </div>
      )}
      {isLosing && (
        <LostDialog
          title={words.whyLost(deal.name)}
          onLose={(lostReasonId) => close({ status: 'lost', lostReasonId })}
          onClose={() => setLosing(false)}
        />
      )}
    </div>
  )
}

function Standing({
  deal: { status, lastStatusChangeAt, lastStageChangeAt, pipelineId, pipelineStageId },
}: {
  deal: Deal
}) {
  const { stage } = useStage(pipelineId, pipelineStageId)
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
