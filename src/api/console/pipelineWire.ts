import { type Static, Type } from '@sinclair/typebox'
import type { PipelineDeletion } from '../../domain/opportunities/pipelineDeletion.ts'
import { id, nullable, strict } from '../schemas.ts'
import * as pipelines from '../v2/pipelines/wire.ts'

export const PipelineId = Type.Object({ pipelineId: Type.String() })

/** What the dialects take, and where the deals go. */
export const UpdateBody = Type.Object(
  {
    ...pipelines.UpdateBody.properties,
    moveTo: Type.Optional(
      id('The stage that stays, to which the deals of those that go are moved; the first one unless given'),
    ),
  },
  strict,
)

export const DeletionQuery = Type.Object({
  stageId: Type.Optional(
    Type.String({ description: 'The stages that would go, with commas between; all of the pipeline unless given' }),
  ),
  locationId: Type.Optional(Type.String()),
})

export const readStageIds = ({ stageId = '' }: Static<typeof DeletionQuery>): string[] => [
  ...new Set(
    stageId
      .split(',')
      .map((id) => id.trim())
      .filter(Boolean),
  ),
]

const Named = Type.Object({ id: Type.String(), name: Type.String() }, strict)

export const DeletionReply = Type.Object({
  pipeline: Named,
  stages: Type.Array(
    Type.Object(
      {
        id: Type.String(),
        name: Type.String(),
        count: Type.Integer(),
        value: Type.Number({ description: "In the location's currency" }),
        openCount: Type.Integer(),
        openValue: Type.Number(),
        becomes: Type.Union([Type.Literal('moved'), Type.Literal('deleted')]),
        to: nullable(Named),
      },
      strict,
    ),
  ),
  count: Type.Integer(),
  value: Type.Number(),
})

export function writeDeletion({ pipeline, stages }: PipelineDeletion): Static<typeof DeletionReply> {
  return {
    pipeline: { id: pipeline.id, name: pipeline.name },
    stages: stages.map(({ stage, to, ...sums }) => ({
      id: stage.id,
      name: stage.name,
      ...sums,
      becomes: to ? 'moved' : 'deleted',
      to: to && { id: to.id, name: to.name },
    })),
    count: stages.reduce((sum, { count }) => sum + count, 0),
    value: Math.round(stages.reduce((sum, { value }) => sum + value, 0) * 10_000) / 10_000,
  }
}
