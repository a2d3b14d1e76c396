import { ArrowRight } from 'lucide-react'
import { useMemo } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { useMay } from '../../api/session.tsx'
import { Skeleton } from '../../ui/feedback/Skeleton.tsx'
import { Tooltip } from '../../ui/overlays/Tooltip.tsx'
import { dealWords as words } from '../../words/deals.ts'
import type { Deal } from '../deal.ts'
import { useDealChange } from '../useDealChanges.ts'
import { useStage } from '../useStage.ts'
import { type DealAction, useDealCommands } from './useDealCommands.ts'

/** The stages of its pipeline as one bar, filled as far as the deal has come; pressing one moves it there. */
export function StagePath({ deal }: { deal: Deal }) {
  const mayWrite = useMay()('opportunities.write')
  const { mutate } = useDealChange()
  const { pipelines, pipeline } = useStage(deal.pipelineId, deal.pipelineStageId)
  const moves = useMemo((): DealAction[] => {
    const others = pipeline?.stages.filter(({ id }) => id !== deal.pipelineStageId) ?? []
    return others.map(({ id, name }) => ({
      id,
      label: words.moveTo(name),
      icon: ArrowRight,
      run: () => mutate({ deal, patch: { pipelineStageId: id }, says: words.moved(deal.name, name) }),
    }))
  }, [pipeline, deal, mutate])
  useDealCommands('stages', deal, mayWrite ? moves : none)
  if (!pipelines) {
    return (
      <div className="stage-path">
        <Skeleton height={6} />
      </div>
    )
  }
  if (!pipeline) return null

  const reached = pipeline.stages.findIndex(({ id }) => id === deal.pipelineStageId)
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
            onPress={() => moves.find(({ id }) => id === stage.id)?.run()}
          />
        </Tooltip>
      ))}
    </ToggleButtonGroup>
  )
}

const none: DealAction[] = []
