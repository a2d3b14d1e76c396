import type { Crm } from '../../harness.ts'
import { callerOf, givenFields } from './call.ts'

/** What v3 asks beside v2: the sums of stages, from kept totals and counted, for each way to narrow a search. */
export async function sumUpStages(crm: Crm): Promise<void> {
  const { call } = callerOf(crm, 'v3')
  const { locationId, pipeline, stages } = crm
  const [field] = await givenFields(crm, call, 'opportunity')
  const deal = { name: 'Summed', monetaryValue: 5, forecastProbability: 50, customFields: [field] }
  await crm.given.opportunity(deal)
  const is = (name: string, value: unknown, operator = 'eq') => ({ field: name, operator, value })
  const inPipeline = is('pipeline_id', pipeline.id)
  const narrowed = [
    [],
    [is('pipeline_stage_id', stages[0]?.id)],
    [is('status', 'open')],
    [is('assigned_to', '__none__')],
    [is('monetary_value', { gt: 4 }, 'range')],
    [is(`custom_fields.${field?.id}`, 'red')],
    [is('email', 'person1@example.com')],
  ]
  for (const more of narrowed) {
    await call('search-opportunities-advanced', { body: { locationId, filters: [inPipeline, ...more] } })
  }
  await call('search-opportunities-advanced', { body: { locationId, filters: [inPipeline], query: 'summed' } })
  const { meta } = await call('search-opportunity', { query: { locationId, pipelineId: pipeline.id, limit: 1 } })
  const place = { startAfter: meta.startAfter, startAfterId: meta.startAfterId }
  await call('search-opportunity', { query: { locationId, pipelineId: pipeline.id, ...place } })
}
