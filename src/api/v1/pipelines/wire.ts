import { type Static, Type } from '@sinclair/typebox'
import type { Pipeline } from '../../../domain/pipelines/pipeline.ts'

const named = { id: Type.String(), name: Type.String() }

export const Pipelines = Type.Object({
  pipelines: Type.Array(
    Type.Object({ ...named, stages: Type.Array(Type.Object(named)), locationId: Type.String() }, { title: 'Pipeline' }),
  ),
})

export const writePipelines = (pipelines: Pipeline[]): Static<typeof Pipelines> => ({
  pipelines: pipelines.map(({ id, name, stages, locationId }) => ({
    id,
    name,
    stages: stages.map((stage) => ({ id: stage.id, name: stage.name })),
    locationId,
  })),
})
