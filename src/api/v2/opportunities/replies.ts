import { type TProperties, type TSchema, Type } from '@sinclair/typebox'
import { Meta } from '../../meta.ts'
import { Timestamp } from '../../schemas.ts'
import { Status } from './wire.ts'

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const text = Type.String()
const anything = Type.Object({}, { additionalProperties: true })

/** Contract 3.1. */
const scalars = {
  id: text,
  name: text,
  monetaryValue: orNull(Type.Number()),
  pipelineId: text,
  pipelineStageId: text,
  pipelineStageUId: text,
  assignedTo: orNull(text),
  status: Status,
  source: orNull(text),
  lastStatusChangeAt: Timestamp,
  lastStageChangeAt: Timestamp,
  lastActionDate: Timestamp,
  indexVersion: Type.Integer({ minimum: 1 }),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  contactId: text,
  locationId: text,
  lostReasonId: orNull(text),
  externalObjectId: Type.Null({ description: 'Always there; nothing sets it' }),
  forecastExpectedCloseDate: orNull(Timestamp),
  forecastProbability: orNull(Type.Number()),
  effectiveProbability: orNull(Type.Number()),
}

const contact = {
  id: text,
  name: orNull(text),
  companyName: orNull(text),
  email: orNull(text),
  phone: orNull(text),
  tags: Type.Array(text),
}

const beside = {
  contact: Type.Object(contact, { additionalProperties: true }),
  notes: Type.Array(anything),
  tasks: Type.Array(anything),
  calendarEvents: Type.Array(anything),
  customFields: Type.Array(anything),
  followers: Type.Array(text),
}

const ofRow = {
  contact: Type.Object({ ...contact, score: Type.Array(Type.Unknown()) }, { additionalProperties: false }),
  relations: Type.Array(anything),
  attributions: Type.Array(anything),
  sort: Type.Array(Type.Union([Type.Number(), text]), { description: 'Copy into `searchAfter`' }),
}

const closed = { additionalProperties: false }
const traceId = Type.String({ format: 'uuid' })
const aggregations = Type.Object({})
const flags = { succeded: Type.Boolean(), success: Type.Boolean(), succeeded: Type.Boolean() }

export const Success = Type.Object({ ...flags, traceId }, closed)

/** The replies with opportunities, for a dialect that has `more` scalars than these, or some of them in another form. */
export function repliesWith(more: TProperties, moreOfPage: TProperties = {}) {
  const all = { ...scalars, ...more }
  const Opportunity = Type.Object({ ...all, ...beside }, { title: 'Opportunity', ...closed })
  const row = { ...all, ...beside, ...ofRow }
  const AdvancedRow = Type.Object({ ...row, custom_fields: Type.Array(anything) }, closed)
  return {
    One: Type.Object({ opportunity: Opportunity, traceId }, closed),
    Upserted: Type.Object({ opportunity: Opportunity, new: Type.Boolean(), traceId }, closed),
    Succeeded: Type.Object({ ...flags, ...all, opportunity: Opportunity, traceId }, closed),
    Page: Type.Object(
      { opportunities: Type.Array(Type.Object(row, closed)), meta: Meta, aggregations, traceId },
      closed,
    ),
    AdvancedPage: Type.Object(
      { opportunities: Type.Array(AdvancedRow), total: Type.Integer(), ...moreOfPage, aggregations, traceId },
      closed,
    ),
  }
}
