import type { Crm, Reply } from '../../harness.ts'
import { type Call, failure, givenFields } from './call.ts'

/** An opportunity from its creation to the day when its pipeline goes. */
export async function workOnOpportunities(crm: Crm, call: Call) {
  const { locationId } = crm
  const users = [await crm.given.user(), await crm.given.user()].map(({ id }) => id)
  const customFields = await givenFields(crm, call, 'opportunity')
  const stages = [{ name: 'One' }, { name: 'Two' }]
  const pipeline = await call('create-pipeline', { body: { locationId, name: 'Another', stages } })
  const wanted = { locationId, pipelineId: pipeline.id, status: 'open', monetaryValue: 5, customFields }
  const contactId = (await crm.given.contact()).id
  const deal = { ...wanted, name: 'Deal', contactId, assignedTo: users[0] }
  const { id, pipelineStageId } = (await call('create-opportunity', { body: deal })).opportunity
  await call('get-opportunity', { params: { id } })
  const next = pipeline.stages.find((stage: { id: string }) => stage.id !== pipelineStageId).id
  await change(crm, id, next, call)
  await lose(locationId, id, call)
  await call('upsert-opportunity', { body: { ...deal, contactId: (await crm.given.contact()).id } })
  await call('upsert-opportunity', { body: { ...deal, followers: users, followersActionType: 'add' } })
  await call('add-followers-opportunity', { params: { id }, body: { followers: users } })
  await call('remove-followers-opportunity', { params: { id }, body: { followers: users.slice(1) } })
  await call('get-pipeline', { params: { id: pipeline.id } })
  const kept = [{ id: next, name: 'Kept' }, { name: 'New' }]
  await call('update-pipeline', { params: { id: pipeline.id }, body: { name: 'Renamed', stages: kept } })
  await call('delete-pipeline', { params: { id: pipeline.id }, query: { locationId } })
}

async function change(crm: Crm, id: string, pipelineStageId: string, call: Call) {
  const contactId = (await crm.given.contact()).id
  const changes = [
    { name: 'Deal 2', monetaryValue: 7, contactId, pipelineStageId },
    { monetaryValue: 8, customFields: [{ key: 'text_0_of_opportunity', field_value: 'blue' }] },
    { companyName: 'Acme', tags: ['customer'] },
  ]
  for (const body of changes) await call('update-opportunity', { params: { id }, body })
}

async function lose(locationId: string, id: string, call: Call) {
  const { lostReason } = await call('create-lost-reason', { body: { locationId, name: 'Price' } })
  const reason = { params: { id: lostReason.id } }
  await call('update-lost-reason', { ...reason, body: { locationId, name: 'Prices' } })
  await call('get-lost-reason', { query: { locationId, name: 'Prices' } })
  await call('update-opportunity-status', { params: { id }, body: { status: 'lost', lostReasonId: lostReason.id } })
  await call('delete-lost-reason', { ...reason, query: { locationId } })
}

/** Where a contact may have one opportunity in a pipeline, another is looked for. */
export async function refuseTwins(crm: Crm) {
  const { id: locationId, token, pipeline } = await crm.given.location({ allowDuplicateOpportunity: false })
  const contact = (await crm.v2.post('/contacts/', { locationId, email: 'twin@example.com' }, { token })).body.contact
  const deal = { locationId, pipelineId: pipeline.id, name: 'Twin', status: 'open', contactId: contact.id }
  const replies = [
    await crm.v2.post('/opportunities/', deal, { token }),
    await crm.v2.post('/opportunities/', deal, { token }),
  ]
  if (replies.map(({ status }) => status).join() !== '201,400') throw failure('create-opportunity', replies[1] as Reply)
}
