import type { Context } from '../context.ts'
import { invalid } from '../errors.ts'
import type { Pipeline, Stage } from '../pipelines/pipeline.ts'
import { getPipeline } from '../pipelines/queries.ts'
import { getStageTotals } from './queries.ts'
import type { StageTotal } from './totals.ts'

/** What becomes of the deals of a stage that goes. */
export interface StageDeletion {
  stage: Stage
  count: number
  value: number
  /** Of `count` and `value`, those that are open. */
  openCount: number
  openValue: number
  /** Where they move; null where they are deleted. */
  to: Stage | null
}

export interface PipelineDeletion {
  pipeline: Pipeline
  stages: StageDeletion[]
}

/**
 * What taking away some stages of a pipeline would move, or deleting all of it would delete; as `updatePipeline` and
 * `deletePipeline` do it. Deals of a stage move to the first that stays, those of a pipeline go with it.
 */
export async function previewDeletion(ctx: Context, id: string, stageIds: string[]): Promise<PipelineDeletion> {
  const pipeline = await getPipeline(ctx, id)
  const going = stageIds.length > 0 ? pickStages(pipeline, stageIds) : pipeline.stages
  const to = stageIds.length > 0 ? firstOf(pipeline.stages.filter((stage) => !going.includes(stage))) : null
  const totals = await getStageTotals(ctx, id)
  return { pipeline, stages: going.map((stage) => ({ stage, to, ...sum(totals, stage.id) })) }
}

function pickStages({ stages }: Pipeline, wanted: string[]): Stage[] {
  const unknown = wanted.find((id) => !stages.some((stage) => stage.id === id))
  if (unknown !== undefined) throw invalid(`stageId must name stages of the pipeline, which ${unknown} is not`)
  return stages.filter(({ id }) => wanted.includes(id))
}

function firstOf(stages: Stage[]): Stage {
  if (!stages[0]) throw invalid('stageId must leave the pipeline a stage; without stageId all of it goes')
  return stages[0]
}

function sum(totals: StageTotal[], stageId: string) {
  const own = totals.filter(({ pipelineStageId }) => pipelineStageId === stageId)
  const open = own.filter(({ status }) => status === 'open')
  const [all, ofOpen] = [add(own), add(open)]
  return { count: all.count, value: all.value, openCount: ofOpen.count, openValue: ofOpen.value }
}

const add = (totals: StageTotal[]) => ({
  count: totals.reduce((sum, { count }) => sum + count, 0),
  value: Math.round(totals.reduce((sum, { value }) => sum + value, 0) * 10_000) / 10_000,
})
