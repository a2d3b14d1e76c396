import { expect } from 'vitest'
import type { Crm, Reply } from '../../harness.ts'
import { refused as refusedAs } from '../../support/refused.ts'

export const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
export const id = expect.stringMatching(/^[A-Za-z0-9]{20}$/)

/** A row as v1 answers it (contract 3.1), whole: these twelve keys and no other. */
export function rowOf(crm: Crm, contact: object, fields: object = {}) {
  return {
    id,
    name: 'A deal',
    monetaryValue: null,
    pipelineId: crm.pipeline.id,
    pipelineStageId: crm.stages[0]?.id,
    assignedTo: null,
    status: 'open',
    source: null,
    lastStatusChangeAt: time,
    createdAt: time,
    updatedAt: time,
    contact,
    ...fields,
  }
}

/** The contact of a row, with nothing known but what is given. */
export const personOf = (fields: object = {}) => ({
  id,
  name: null,
  companyName: null,
  email: null,
  phone: null,
  tags: [],
  ...fields,
})

/** Where the opportunities of a pipeline are, and one of them. */
export const place = (crm: Crm, opportunityId?: string, pipelineId: string = crm.pipeline.id) =>
  `/v1/pipelines/${pipelineId}/opportunities${opportunityId === undefined ? '' : `/${opportunityId}`}`

/** Contract 4.1: the shared envelopes, and `msg`, which is the message as one string. */
export function refused(reply: Reply): [number, unknown] {
  const [status, { msg, ...body }] = refusedAs(reply) as [number, { msg: string; message: string | string[] }]
  expect(msg).toBe([body.message].flat().join(', '))
  return [status, body]
}

/** What there is, by v2: how many contacts and opportunities. */
export async function totals(crm: Crm) {
  const { locationId } = crm
  const deals = await crm.v2.get(`/opportunities/search?location_id=${locationId}&limit=1`)
  const people = await crm.v2.get(`/contacts/?locationId=${locationId}&limit=1`)
  return { opportunities: deals.body.meta.total, contacts: people.body.meta.total }
}
