import { usePipelines } from '../api/lookups.ts'

/** Where a deal stands, by its ids; undefined until it is known, or where it is gone. */
export function useStage(pipelineId: string, stageId: string) {
  const { data: pipelines } = usePipelines()
  const pipeline = pipelines?.find(({ id }) => id === pipelineId)
  return { pipelines, pipeline, stage: pipeline?.stages.find(({ id }) => id === stageId) }
}
