import { binLane } from '../../../src/automation/binLane.ts'
import type { Crm } from '../../harness.ts'
import { listen } from '../live.ts'
import { onlyAssigned, type Visit, visitOf } from '../people.ts'
import { workflowsOf } from '../workflows.ts'

const twoMonths = 61 * 24 * 60 * 60 * 1000

/** What the web app has beside v3: streams, histories, the bin, views, the sums of a board. */
export async function watchTheBoard(crm: Crm): Promise<void> {
  const visits = [await visitOf(crm), await visitOf(crm, onlyAssigned)]
  const deal = await crm.given.opportunity({ assignedTo: visits[1]?.user.id })
  await hearOfIt(crm, visits, deal)
  await lookBack(crm, deal)
  await keepViews(crm)
  for (const visit of visits) {
    await visit.ask('GET', `/console/board?pipelineId=${crm.pipeline.id}&status=open&tag=a&query=deal&minValue=1`)
    await visit.ask('GET', `/console/board?pipelineId=${crm.pipeline.id}`)
  }
  await restoreFromBin(crm, visits)
}

interface Deal {
  id: string
  contactId: string
}

async function hearOfIt(crm: Crm, visits: Visit[], { id, contactId }: Deal) {
  const headers = visits.map(({ cookie }) => ({ cookie }))
  const clients = await Promise.all(headers.map((one) => listen(crm.url, one)))
  await crm.v2.put(`/opportunities/${id}`, { pipelineStageId: crm.stages[1]?.id })
  await crm.v2.post(`/contacts/${contactId}/notes`, { body: 'Heard of' })
  await Promise.all(clients.map((client) => client.hear(2)))
  for (const client of clients) client.leave()
  await crm.v2.post(`/contacts/${contactId}/tasks`, { title: 'Missed', dueDate: '2030-01-01', completed: false })
  const again = await Promise.all(clients.map(({ lastEventId }, at) => listen(crm.url, headers[at] ?? {}, lastEventId)))
  await Promise.all(again.map((client) => client.hear(1)))
  for (const client of again) client.leave()
}

async function lookBack(crm: Crm, { id, contactId }: Deal) {
  const workflow = await workflowsOf(crm).running({
    trigger: { type: 'opportunity_changed', filters: {} },
    steps: [{ type: 'internal_update_opportunity', settings: { source: 'run' } }],
  })
  const reason = await crm.v2.post('/opportunities/lost-reason', { locationId: crm.locationId, name: 'Once' })
  const status = { status: 'lost', lostReasonId: reason.body.lostReason.id }
  await crm.v2.put(`/opportunities/${id}/status`, status)
  await crm.settle()
  await crm.v2.post(`/console/workflows/${workflow.id}/unpublish`)
  for (const [record, recordId] of [
    ['opportunity', id],
    ['contact', contactId],
  ]) {
    const path = `/console/history?record=${record}&recordId=${recordId}&limit=1`
    const { body } = await crm.ask('GET', path)
    await crm.ask('GET', `${path}&cursor=${body.nextCursor}`)
    await crm.ask('GET', `/console/history?record=${record}&recordId=${recordId}`)
  }
}

async function keepViews(crm: Crm) {
  const create = () => crm.ask('POST', '/console/views', { body: { page: 'board', name: 'Mine' } })
  const { body } = await create()
  await crm.ask('PUT', `/console/views/${body.view.id}`, { body: { name: 'Ours', isShared: true } })
  await crm.ask('DELETE', `/console/views/${body.view.id}`)
  await create()
  await crm.ask('GET', '/console/views')
}

async function restoreFromBin(crm: Crm, visits: Visit[]) {
  const given = async (fields: object = {}) => {
    const { id } = await crm.given.opportunity({ ...fields })
    await crm.v2.delete(`/opportunities/${id}`)
    return id
  }
  const pipeline = await crm.given.pipeline('Goes')
  const homeless = await given({ pipelineId: pipeline.id })
  await crm.v3.delete(`/opportunities/pipelines/${pipeline.id}`)
  const [first] = [await given(), await given()]
  for (const visit of visits) await visit.ask('GET', '/console/bin')
  const { body } = await crm.ask('GET', '/console/bin?limit=1')
  await crm.ask('GET', `/console/bin?limit=1&cursor=${body.nextCursor}`)
  for (const id of [first, homeless]) await crm.ask('POST', `/console/bin/${id}/restore`)

  const later = Date.now() + twoMonths
  const lane = binLane({ store: crm.app.store, now: () => later })
  const { signal } = new AbortController()
  for (const locationId of await lane.claim(later, 1)) await lane.perform(locationId, signal)
}
