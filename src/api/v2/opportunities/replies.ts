import { type TSchema, Type } from '@sinclair/typebox'
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

const whole = {
  ...scalars,
  contact: Type.Object(contact, { additionalProperties: true }),
  notes: Type.Array(anything),
  tasks: Type.Array(anything),
  calendarEvents: Type.Array(anything),
  customFields: Type.Array(anything),
  followers: Type.Array(text),
}

const closed = { additionalProperties: false }
export const Opportunity = Type.Object(whole, { title: 'Opportunity', ...closed })

const row = {
  ...whole,
  contact: Type.Object({ ...contact, score: Type.Array(Type.Unknown()) }, closed),
  relations: Type.Array(anything),
  attributions: Type.Array(anything),
  sort: Type.Array(Type.Union([Type.Number(), text]), { description: 'Copy into `searchAfter`' }),
}

const traceId = Type.String({ format: 'uuid' })
const aggregations = Type.Object({})

export const One = Type.Object({ opportunity: Opportunity, traceId }, closed)
export const Upserted = Type.Object({ opportunity: Opportunity, new: Type.Boolean(), traceId }, closed)

const flags = { succeded: Type.Boolean(), success: Type.Boolean(), succeeded: Type.Boolean() }
export const Success = Type.Object({ ...flags, traceId }, closed)
export const Succeeded = Type.Object({ ...flags, ...scalars, opportunity: Opportunity, traceId }, closed)

export const Meta = Type.Object(
  {
    total: Type.Integer(),
    nextPageUrl: orNull(text),
    startAfterId: orNull(text),
    startAfter: Type.Union([Type.Number(), text, Type.Null()]),
    currentPage: Type.Integer(),
    nextPage: orNull(Type.Integer()),
    prevPage: orNull(Type.Integer()),
  },
  closed,
)

export const Page = Type.Object(
  { opportunities: Type.Array(Type.Object(row, closed)), meta: Meta, aggregations, traceId },
  closed,
)

export const AdvancedPage = Type.Object(
  {
    opportunities: Type.Array(Type.Object({ ...row, custom_fields: Type.Array(anything) }, closed)),
    total: Type.Integer(),
    aggregations,
    traceId,
  },
  closed,
)
