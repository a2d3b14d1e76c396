import { type Static, Type } from '@sinclair/typebox'
import type { LostReason } from '../../../domain/pipelines/lostReasons.ts'
import { colorRenderModes, type Pipeline } from '../../../domain/pipelines/pipeline.ts'
import { id, iso, oneOf, strict, text } from '../../schemas.ts'

const Color = Type.String({ pattern: '^#[0-9a-fA-F]{6}$', message: 'must be a colour such as #64748B' })

const stage = {
  name: text(255, { description: 'Unique in the pipeline, whatever the case', examples: ['Qualified'] }),
  position: Type.Optional(Type.Number({ description: 'Sorts the list; the stages are then numbered 1 to n' })),
  showInFunnel: Type.Optional(Type.Boolean()),
  showInPieChart: Type.Optional(Type.Boolean()),
  stageWinProbability: Type.Optional(
    Type.Number({ minimum: 0, maximum: 100, description: 'If any stage leaves it out, all are spread evenly' }),
  ),
  color: Type.Optional(Color),
}

const options = {
  showInFunnel: Type.Optional(Type.Boolean()),
  showInPieChart: Type.Optional(Type.Boolean()),
  useOpportunityProbability: Type.Optional(Type.Boolean()),
  colorRenderMode: Type.Optional(oneOf(colorRenderModes)),
}

const most = { minItems: 1, maxItems: 100 }

export const Id = Type.Object({ id: Type.String({ description: "The pipeline's id" }) })
export const ReasonId = Type.Object({ id: Type.String({ description: "The lost reason's id" }) })
export const ListQuery = Type.Object({ locationId: id('The location') }, strict)

export const CreateBody = Type.Object(
  {
    locationId: id('The location'),
    name: text(255, { examples: ['Sales Pipeline'] }),
    stages: Type.Array(Type.Object(stage, strict), most),
    ...options,
  },
  strict,
)

export const UpdateBody = Type.Object(
  {
    name: Type.Optional(text(255)),
    stages: Type.Optional(
      Type.Array(Type.Object({ ...stage, id: Type.Optional(id('Of a stage to keep')) }, strict), {
        ...most,
        description: 'The whole list: a stage left out is deleted and its opportunities move to the first that stays',
      }),
    ),
    ...options,
  },
  strict,
)

export const ReasonsQuery = Type.Object(
  {
    locationId: id('The location'),
    name: Type.Optional(Type.String()),
    query: Type.Optional(Type.String({ maxLength: 255 })),
    deleted: Type.Optional(Type.Boolean({ default: false })),
    skip: Type.Optional(Type.Integer({ minimum: 0, maximum: 1e9, default: 0 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
    getCount: Type.Optional(Type.Boolean()),
  },
  strict,
)
export const ReasonBody = Type.Object({ name: text(255), locationId: Type.Optional(id('The location')) }, strict)

const written = {
  id: Type.String(),
  name: Type.String(),
  locationId: Type.String(),
  stages: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      position: Type.Integer({ minimum: 1 }),
      showInFunnel: Type.Boolean(),
      showInPieChart: Type.Boolean(),
      stageWinProbability: Type.Number(),
      color: Type.String(),
    }),
  ),
  showInFunnel: Type.Boolean(),
  showInPieChart: Type.Boolean(),
  colorRenderMode: oneOf(colorRenderModes),
  useOpportunityProbability: Type.Boolean(),
  position: Type.String(),
  dateAdded: Type.String(),
  dateUpdated: Type.String(),
}

const traceId = Type.String({ format: 'uuid' })
export const One = Type.Object({ ...written, traceId }, strict)
export const Many = Type.Object({ pipelines: Type.Array(Type.Object(written, strict)), traceId }, strict)

const reason = {
  id: Type.String(),
  name: Type.String(),
  locationId: Type.String(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
}
export const Reasons = Type.Object(
  { lostReasons: Type.Array(Type.Object(reason, strict)), total: Type.Integer(), traceId },
  strict,
)
export const Reason = Type.Object({ lostReason: Type.Object(reason, strict), traceId }, strict)

export const readReasons = ({ name, query, deleted = false, skip = 0, limit = 100 }: Static<typeof ReasonsQuery>) => ({
  name,
  query,
  deleted,
  skip,
  limit,
})

/** Contract 3.3. */
export function writePipeline({ createdAt, updatedAt, position, ...pipeline }: Pipeline) {
  return { ...pipeline, position: writePosition(position), dateAdded: iso(createdAt), dateUpdated: iso(updatedAt) }
}

/** sic: an order key in text, such as `a0V`. */
const writePosition = (position: number) => `a${position.toString(36).padStart(2, '0')}`

export function writeReason({ id, name, locationId, createdAt, updatedAt }: LostReason) {
  return { id, name, locationId, createdAt: iso(createdAt), updatedAt: iso(updatedAt) }
}
