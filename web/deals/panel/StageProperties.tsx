import { ChoiceProperty } from '../../records/properties/fields.tsx'
import { dealWords as words } from '../../words/deals.ts'
import type { Deal } from '../deal.ts'
import { useDealChange } from '../useDealChanges.ts'
import { useStage } from '../useStage.ts'

/** The pipeline and the stage; in another pipeline a deal begins at the first stage. */
export function StageProperties({ deal, isReadOnly }: { deal: Deal; isReadOnly: boolean }) {
  const { mutateAsync } = useDealChange()
  const { pipelines = [], pipeline } = useStage(deal.pipelineId, deal.pipelineStageId)
  const isColored = pipeline?.colorRenderMode !== 'none'

  function moveTo(pipelineId: string, stageId?: string) {
    const target = pipelines.find(({ id }) => id === pipelineId)
    const stage = target?.stages.find(({ id }) => id === stageId) ?? target?.stages[0]
    if (!target || !stage) return Promise.resolve()
    const patch = { ...(target !== pipeline && { pipelineId }), pipelineStageId: stage.id }
    return mutateAsync({ deal, patch, says: words.moved(deal.name, stage.name) })
  }
  return (
    <>
      {pipelines.length > 1 && (
        <ChoiceProperty
          label={words.pipeline}
          name={`deal.${deal.id}.pipeline`}
          value={deal.pipelineId}
          options={pipelines.map(({ id, name }) => ({ id, label: name }))}
          save={(id) => moveTo(id as string)}
          isReadOnly={isReadOnly}
        />
      )}
      <ChoiceProperty
        label={words.stage}
        name={`deal.${deal.id}.stage`}
        value={deal.pipelineStageId}
        options={(pipeline?.stages ?? []).map(({ id, name, color }) => ({
          id,
          label: name,
          ...(isColored && { mark: <span className="dot" style={{ background: color }} /> }),
        }))}
        save={(id) => moveTo(deal.pipelineId, id as string)}
        isReadOnly={isReadOnly}
      />
    </>
  )
}
