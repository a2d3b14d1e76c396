import { type Static, Type } from '@sinclair/typebox'
import type { NewWishIn } from '../../../domain/opportunities/inPipeline.ts'
import { statuses } from '../../../domain/opportunities/opportunity.ts'
import type { Found, Search } from '../../../domain/opportunities/queries.ts'
import type { Wish } from '../../../domain/opportunities/rules.ts'
import type { OpportunityView } from '../../../domain/opportunities/viewTable.ts'
import type { Filter } from '../../../domain/search/filter.ts'
import { Meta, writeMeta } from '../../meta.ts'
import { id, iso, nullable, oneOf, Timestamp, text } from '../../schemas.ts'
import { readSearchQuery } from '../../v2/opportunities/searchWire.ts'
import { readWish as readV2Wish, Status, UpdateBody as V2Body } from '../../v2/opportunities/wire.ts'
import { said } from '../said.ts'

const pipelineId = Type.String({ description: "The pipeline's id", examples: ['bCkKGpDsyPP4peuKowkG'] })

export const InPipeline = Type.Object({ pipelineId })
export const Address = Type.Object({ pipelineId, id: Type.String({ description: "The opportunity's id" }) })

const maybe = (maxLength: number, description: string, ...examples: string[]) =>
  Type.Optional(nullable(Type.String({ maxLength, description, examples })))

const title = text(255, { description: "The deal's name", examples: ['First Opps'] })
const stageId = id('A stage of the pipeline', '7915dedc-8f18-44d5-8bc3-77c04e994a10')

const { monetaryValue, assignedTo, source, tags } = V2Body.properties

/** Any of the first three names the contact; what comes with it is written to it. `name` is the contact's (conflict 22). */
const optional = {
  contactId: maybe(255, "The contact's id; without it, `email` or `phone` says who it is", 'mTkSCb1UBjb5tk4OvB69'),
  email: maybe(255, "The contact's e-mail address: whoever has it is found, or else created", 'john@deo.com'),
  phone: maybe(100, "The contact's phone number: whoever has it is found, or else created", '+1202-555-0107'),
  name: maybe(255, "The contact's name", 'John Deo'),
  companyName: maybe(255, "The contact's company", 'Tesla Inc'),
  tags,
  monetaryValue,
  assignedTo,
  source,
}

export const CreateBody = Type.Object({ title, stageId, status: Status, ...optional })
export const UpdateBody = Type.Object({ title, stageId: Type.Optional(stageId), status: Status, ...optional })
export const StatusBody = Type.Object({ status: Status, stageId: Type.Optional(stageId) })

type Sent = Partial<Static<typeof CreateBody>>

/** Wire → domain. What is absent stays absent, and so does what a form left blank about the contact. */
export function readWish(body: Sent): Wish {
  const { title: name, stageId: pipelineStageId, status, monetaryValue, assignedTo, source, ...person } = body
  const { contactId, ...contact } = said(person) as Pick<Wish, 'contactId'> & NonNullable<Wish['contact']>
  return {
    ...readV2Wish({ name, pipelineStageId, status, monetaryValue, assignedTo, source }),
    ...(contactId && { contactId }),
    ...(Object.keys(contact).length > 0 && { contact }),
  }
}

export const readNew = (body: Static<typeof CreateBody>) => readWish(body) as NewWishIn

const optionalId = Type.Optional(Type.String({ maxLength: 255 }))
const moment = (description: string) =>
  Type.Optional(Type.Integer({ minimum: 0, maximum: 8.64e15, description, examples: [1598107050459] }))

export const ListQuery = Type.Object({
  stageId: optionalId,
  monetaryValue: Type.Optional(Type.Number({ description: 'Exactly this much', examples: [220] })),
  assignedTo: optionalId,
  campaignId: optionalId,
  startDate: moment('Created then or later; epoch milliseconds'),
  endDate: moment('Created then or earlier; epoch milliseconds'),
  query: Type.Optional(Type.String({ maxLength: 500, description: 'Part of a name, e-mail, phone or company' })),
  status: Type.Optional(oneOf(statuses)),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  startAfter: Type.Optional(Type.String({ description: '`meta.startAfter` of the page before' })),
  startAfterId: Type.Optional(Type.String({ description: '`meta.startAfterId` of the page before' })),
  page: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      description: 'Where to begin without a cursor; counts along with one',
    }),
  ),
})
type ListQuery = Static<typeof ListQuery>

export function readList(query: ListQuery): Search {
  const { stageId, assignedTo, query: q, monetaryValue, startDate, endDate, ...same } = query
  const names = { pipeline_stage_id: stageId, assigned_to: assignedTo, q }
  const search = readSearchQuery({ ...same, ...names, location_id: '' })
  return { ...search, filters: [...search.filters, ...readFilters({ monetaryValue, startDate, endDate })] }
}

function readFilters({ monetaryValue, startDate, endDate }: ListQuery): Filter[] {
  const filters: Filter[] = []
  if (monetaryValue !== undefined) filters.push({ field: 'monetary_value', operator: 'eq', value: monetaryValue })
  const range = { ...(startDate !== undefined && { gte: startDate }), ...(endDate !== undefined && { lte: endDate }) }
  if (Object.keys(range).length > 0) filters.push({ field: 'date_added', operator: 'range', value: range })
  return filters
}

const orNull = nullable(Type.String())

/** Contract 3.1: exactly these. */
export const Opportunity = Type.Object(
  {
    id: Type.String({ examples: ['7XExm1wr8gFeZpl6rQny'] }),
    name: Type.String({ examples: ['First Opp'] }),
    monetaryValue: nullable(Type.Number({ examples: [120] })),
    pipelineId,
    pipelineStageId: Type.String(),
    assignedTo: orNull,
    status: Status,
    source: orNull,
    lastStatusChangeAt: Timestamp,
    createdAt: Timestamp,
    updatedAt: Timestamp,
    contact: Type.Object(
      {
        id: Type.String(),
        name: orNull,
        companyName: orNull,
        email: orNull,
        phone: orNull,
        tags: Type.Array(Type.String()),
      },
      { additionalProperties: false },
    ),
  },
  { title: 'Opportunity', additionalProperties: false },
)

export const List = Type.Object({ opportunities: Type.Array(Opportunity), meta: Meta }, { additionalProperties: false })

export const writeOpportunity = (o: OpportunityView): Static<typeof Opportunity> => ({
  id: o.id,
  name: o.name,
  monetaryValue: o.monetaryValue,
  pipelineId: o.pipelineId,
  pipelineStageId: o.pipelineStageId,
  assignedTo: o.assignedTo,
  status: o.status,
  source: o.source,
  lastStatusChangeAt: iso(o.lastStatusChangeAt),
  createdAt: iso(o.createdAt),
  updatedAt: iso(o.updatedAt),
  contact: o.contact,
})

export function writeList({ opportunities, total, more }: Found, pipelineId: string, query: ListQuery, origin: string) {
  // sic: no slash before the question mark, and the limit in any case (contract 4.1).
  const url = `${origin}/v1/pipelines/${encodeURIComponent(pipelineId)}/opportunities`
  const meta = writeMeta(url, { limit: 20, ...query }, { last: opportunities.at(-1), total, more })
  return { opportunities: opportunities.map(writeOpportunity), meta }
}
