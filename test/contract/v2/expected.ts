import { expect } from 'vitest'
import type { Crm } from '../../harness.ts'

export const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

type Contact = { id: string; contactName: string; companyName?: string; email: string; phone?: string; tags: string[] }

/** An opportunity as it is answered (contract 3.1), whole, with nothing set but what it cannot be without. */
export function opportunityOf(crm: Crm, contact: Contact, fields: object = {}) {
  return {
    id: expect.stringMatching(/^[A-Za-z0-9]{20}$/),
    name: 'A deal',
    monetaryValue: null,
    pipelineId: crm.pipeline.id,
    pipelineStageId: crm.stages[0]?.id,
    pipelineStageUId: crm.stages[0]?.id,
    assignedTo: null,
    status: 'open',
    source: null,
    lastStatusChangeAt: time,
    lastStageChangeAt: time,
    lastActionDate: time,
    indexVersion: 1,
    createdAt: time,
    updatedAt: time,
    contactId: contact.id,
    locationId: crm.locationId,
    lostReasonId: null,
    externalObjectId: null,
    contact: {
      id: contact.id,
      name: contact.contactName,
      companyName: contact.companyName ?? null,
      email: contact.email,
      phone: contact.phone ?? null,
      tags: contact.tags,
    },
    notes: [],
    tasks: [],
    calendarEvents: [],
    customFields: [],
    followers: [],
    forecastExpectedCloseDate: null,
    forecastProbability: null,
    effectiveProbability: 20,
    ...fields,
  }
}

/** A custom field of opportunities. */
export async function customField(crm: Crm, name: string, dataType: string, fields: object = {}) {
  const reply = await crm.v2.post(`/locations/${crm.locationId}/customFields`, {
    name,
    dataType,
    model: 'opportunity',
    ...fields,
  })
  if (reply.status !== 201) throw new Error(reply.text)
  return reply.body.customField
}

export async function lostReason(crm: Crm, name: string) {
  const reply = await crm.v2.post('/opportunities/lost-reason', { name })
  if (reply.status !== 201) throw new Error(reply.text)
  return reply.body.lostReason
}

/** How many opportunities a pipeline, a stage or any other condition has, as the total of a search says it. */
export async function totalOf(crm: Crm, by: Record<string, string>): Promise<number> {
  const query = new URLSearchParams({ location_id: crm.locationId, limit: '1', ...by })
  return (await crm.v2.get(`/opportunities/search?${query}`)).body.meta.total
}

/** The whole opportunity as GET one answers it. */
export const read = async (crm: Crm, id: string) => (await crm.v2.get(`/opportunities/${id}`)).body.opportunity

/** The row of an opportunity on both searches. */
export async function rowsOf(crm: Crm, id: string) {
  const { locationId } = crm
  const get = await crm.v2.get(`/opportunities/search?location_id=${locationId}&id=${id}`)
  const filters = [{ field: 'id', operator: 'eq', value: id }]
  const post = await crm.v2.post('/opportunities/search', { locationId, filters })
  return { get: get.body.opportunities[0], post: post.body.opportunities[0] }
}

/** The refusals of contract 1.4 that belong to opportunities. */
export const stageMismatch = [
  400,
  {
    statusCode: 400,
    error: 'Bad Request',
    message: 'The pipeline stage id is invalid.',
    code: 'PIPELINE_STAGE_NOT_FOUND',
  },
]

export const pipelineMismatch = [
  400,
  { statusCode: 400, error: 'Bad Request', message: 'The pipeline id is invalid.', code: 'PIPELINE_NOT_FOUND' },
]

export const duplicate = (existingId: string) => [
  400,
  {
    statusCode: 400,
    message: 'Can not create duplicate opportunity for the contact.',
    code: 'OPPORTUNITY_NO_DUPLICATE',
    meta: { existingId },
    error: 'Bad Request',
  },
]

export const noLocation = (name = 'locationId') => [
  422,
  { statusCode: 422, message: `${name} can't be undefined`, code: 'COMMON_LOCATION_ID_UNDEFINED' },
]

/** A location that keeps contacts to one opportunity in a pipeline, and what a test does there. */
export async function strictLocation(crm: Crm) {
  const { id: locationId, token, pipeline } = await crm.given.location({ allowDuplicateOpportunity: false })
  const contact = async (email: string) =>
    (await crm.v2.post('/contacts/', { locationId, email }, { token })).body.contact.id as string
  const second = await crm.v2.post(
    '/opportunities/pipelines',
    { locationId, name: 'Second', stages: [{ name: 'One' }] },
    { token },
  )
  const create = (contactId: string, fields: object = {}) =>
    crm.v2.post(
      '/opportunities/',
      { locationId, pipelineId: pipeline.id, name: 'A deal', status: 'open', contactId, ...fields },
      { token },
    )
  return { locationId, token, pipeline, secondPipelineId: second.body.id as string, contact, create }
}
