import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import type { Stage } from '../api/lookups.ts'
import { useMay } from '../api/session.tsx'
import { Skeleton } from '../ui/feedback/Skeleton.tsx'
import { Tooltip } from '../ui/overlays/Tooltip.tsx'
import { dealWords as words } from '../words/opportunity.ts'
import type { Deal } from './deal.ts'
import { useDealChange } from './useDealChanges.ts'
import { useStage } from './useStage.ts'

/** The stages of its pipeline as one bar, filled as far as the deal has come; pressing one moves it there. */
export function StagePath({ deal }: { deal: Deal }) {
  const mayWrite = useMay()('opportunities.write')
  const { mutate } = useDealChange()
  const { pipelines, pipeline } = useStage(deal.pipelineId, deal.pipelineStageId)
  if (!pipelines) return <Skeleton height={8} />
  if (!pipeline) return null

  const reached = pipeline.stages.findIndex(({ id }) => id === deal.pipelineStageId)
  const move = ({ id, name }: Stage) =>
    mutate({ deal, patch: { pipelineStageId: id }, says: words.moved(deal.name, name) })
  return (
    <ToggleButtonGroup
      aria-label={words.stages}
      className="stage-path"
      data-status={deal.status}
      disallowEmptySelection
      selectedKeys={[deal.pipelineStageId]}
      isDisabled={!mayWrite}
    >
      {pipeline.stages.map((stage, at) => (
        <Tooltip key={stage.id} says={stage.name}>
          <ToggleButton
            id={stage.id}
            aria-label={stage.name}
            className="stage-step"
            data-reached={at <= reached || undefined}
            onPress={() => stage.id !== deal.pipelineStageId && move(stage)}
          />
        </Tooltip>
      ))}
    </ToggleButtonGroup>
  )
}
