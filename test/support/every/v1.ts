import type { Crm } from '../../harness.ts'
import { type Call, callerOf } from './call.ts'

/** Every operation of v1, each in the ways that lead to different statements. */
export async function workThroughV1(crm: Crm) {
  const { call, missing } = callerOf(crm, 'v1')
  const here = { params: { pipelineId: crm.pipeline.id } }
  const { opportunity, contact } = await deal(crm, call)
  await call('get-opportunities', here)
  for (const by of [{ stageId: opportunity.pipelineStageId }, { monetaryValue: 5 }, { query: 'active' }]) {
    await call('get-opportunities', { ...here, query: { ...by, startDate: 1, limit: 1 } })
  }
  const one = { params: { ...here.params, id: opportunity.id } }
  await call('update-opportunity-status', { ...one, body: { status: 'won', stageId: crm.stages[1]?.id } })
  await call('delete-opportunity', one)
  await workOnContact(crm, contact.id, call)
  for (const id of ['get-pipelines', 'get-custom-fields', 'get-tags', 'get-users', 'get-timezones']) await call(id)
  const { customFields } = await call('get-custom-fields')
  await call('get-custom-field', { params: { id: customFields[0].id } })
  if (missing().length > 0) throw new Error(`${missing().join(', ')} were not called`)
}

/** An opportunity whose contact is created, found by e-mail and by phone, and named by its id. */
async function deal({ pipeline, stages }: Crm, call: Call) {
  const here = { params: { pipelineId: pipeline.id } }
  const body = { title: 'Deal', stageId: stages[0]?.id, status: 'open', monetaryValue: 5 }
  const person = { email: 'first@example.com', phone: '+14155550155', name: 'First', tags: ['first'] }
  const { id, contact } = await call('create-opportunity', { ...here, body: { ...body, ...person } })
  const one = { params: { ...here.params, id } }
  for (const by of [{ contactId: contact.id, tags: ['more'] }, { email: person.email }, { phone: person.phone }]) {
    await call('update-opportunity', { ...one, body: { title: 'Deal', status: 'open', ...by } })
  }
  return { opportunity: await call('get-opportunity', one), contact }
}

async function workOnContact({ given }: Crm, contactId: string, call: Call) {
  const here = { params: { contactId } }
  await call('create-contact', { body: { email: 'first@example.com', companyName: 'Acme', tags: ['again'] } })
  await call('update-contact', { ...here, body: { city: 'Paris', assignedTo: (await given.user()).id } })
  await call('get-contact', here)
  await call('lookup-contact', { query: { email: 'first@example.com' } })
  await call('lookup-contact', { query: { phone: '+14155550155' } })
  for (const sortBy of ['date_added', 'date_updated']) await call('get-contacts', { query: { sortBy, limit: 1 } })
  await call('add-tags', { ...here, body: { tags: ['a', 'b'] } })
  await call('remove-tags', { ...here, body: { tags: ['a'] } })
  await call('create-note', { ...here, body: { body: 'Called' } })
  await call('get-notes', here)
  const { id: taskId } = await call('create-task', { ...here, body: { title: 'Call', dueDate: '2030-01-01' } })
  const task = { params: { contactId, taskId } }
  await call('update-task', { ...task, body: { status: 'completed' } })
  await call('get-task', task)
  await call('get-tasks', here)
  await call('delete-task', task)
  await call('delete-contact', here)
}
