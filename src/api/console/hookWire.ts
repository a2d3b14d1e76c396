import { type Static, Type } from '@sinclair/typebox'
import type { Sample } from '../../automation/workflows/inbound/table.ts'
import type { Template } from '../../automation/workflows/inbound/templates.ts'
import { iso, nullable, oneOf, strict, Timestamp } from '../schemas.ts'

const WireSample = Type.Object(
  {
    id: Type.String(),
    at: Timestamp,
    outcome: oneOf(['started', 'passed over', 'captured', 'refused']),
    reason: nullable(Type.String({ description: 'Why it was refused' })),
    payload: Type.Object({}),
  },
  strict,
)
export const SamplesReply = Type.Object({ samples: Type.Array(WireSample) })

export const writeSample = ({ at, payload, ...sample }: Sample): Static<typeof WireSample> => ({
  ...sample,
  at: iso(at),
  payload: payload as object,
})

const WireTemplate = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    about: Type.String(),
    examples: Type.Array(Type.Object({ name: Type.String(), payload: Type.Object({}) }, strict)),
  },
  strict,
)
export const TemplatesReply = Type.Object({ templates: Type.Array(WireTemplate) })

export const writeTemplate = ({ id, title, about, examples }: Template): Static<typeof WireTemplate> => ({
  id,
  title,
  about,
  examples,
})

export const TemplateBody = Type.Object(
  {
    template: Type.String({ minLength: 1, examples: ['payment'] }),
    pipelineId: Type.Optional(Type.String({ description: 'The first one unless given' })),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
    locationId: Type.Optional(Type.String()),
  },
  strict,
)
