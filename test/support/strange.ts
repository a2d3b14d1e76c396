import { allScopes } from '../../src/domain/tokens/scopes.ts'
import type { Crm, Reply } from '../harness.ts'
import type { Ids } from './everyPage.ts'
import { password } from './people.ts'
import type { Receiver } from './receiver.ts'
import { subscribe } from './webhooks.ts'
import { addTag, workflowsOf } from './workflows.ts'

/** What would leave a picture and bold letters in a page that took it for its own, and an alert in one that obeyed it. */
const markup = '<img src=x onerror=alert(1)><b>bold</b>'

/** A name with markup, too long for any line, and a part of it without a place to break; small letters, as tags are. */
export const strange = (what: string) => `${what} ${markup} "'>${markup} ${'un'.repeat(30)}breakable and so on`

/** What of a strange name has to be read wherever it is shown. */
export const readable = (what: string) => `${what} ${markup}`

const ok = ({ status, body, text }: Reply) => {
  if (status >= 300) throw new Error(text)
  return body
}

/**
 * A business in which every name that people, or programs, may choose is strange; with something in every list, and
 * something that went wrong wherever something can. Where it stays, and what sends and fails, is for the receiver.
 */
export async function makeStrange(crm: Crm, receiver: Receiver) {
  const names = await nameThings(crm)
  const deals = await makeDeals(crm, names)
  const automation = await automate(crm, names, deals.contact.id)
  const webhook = await sendOut(crm, receiver, deals.contact.id)
  const { contact, deal, lost } = deals
  return {
    pipeline: names.pipeline.id,
    deal: deal.id,
    lost: lost.id,
    contact: contact.id,
    invitation: names.invitation,
    ...automation,
    ...webhook,
    ...(await letProgramsIn(crm)),
  } satisfies Ids
}

async function nameThings(crm: Crm) {
  const { v3, locationId } = crm
  const { companyId } = ok(await v3.get(`/locations/${locationId}`)).location
  ok(await v3.put(`/locations/${locationId}`, { companyId, name: strange('business') }))
  const stages = ['stage', 'second stage', 'third stage'].map((name) => ({ name: strange(name) }))
  const pipeline = ok(
    await v3.put(`/opportunities/pipelines/${crm.pipeline.id}`, { name: strange('pipeline'), stages }),
  )
  const { lostReason } = ok(await v3.post('/opportunities/lost-reason', { locationId, name: strange('reason') }))
  const person = { firstName: strange('first name'), lastName: strange('last name'), role: 'admin', type: 'account' }
  const user = { ...person, email: 'strange@example.com', password, companyId, locationIds: [locationId] }
  const { id: userId } = ok(await v3.post('/users/', user))
  const invited = ok(await v3.post('/users/', { ...user, email: 'invited@example.com' }))
  const { url: invitation } = ok(await crm.ask('POST', `/console/users/${invited.id}/invite`))
  for (const page of ['board', 'list']) {
    ok(await crm.ask('POST', '/console/views', { body: { page, name: strange('view'), isShared: true } }))
  }
  return { pipeline, reasonId: lostReason.id, userId, invitation, fields: await nameFields(crm) }
}

/** A value for each custom field of both models. */
async function nameFields({ v3, locationId }: Crm) {
  const values = { contact: [] as object[], opportunity: [] as object[] }
  for (const model of ['contact', 'opportunity'] as const) {
    for (const [dataType, field_value] of [
      ['TEXT', strange('field value')],
      ['MULTIPLE_OPTIONS', [strange('option')]],
    ] as const) {
      const options = dataType === 'TEXT' ? {} : { options: ['option', 'other option'].map(strange) }
      const body = { name: strange(`field of ${model}`), dataType, model, placeholder: strange('hint'), ...options }
      const { customField } = ok(await v3.post(`/locations/${locationId}/customFields`, body))
      values[model].push({ id: customField.id, field_value })
    }
  }
  return values
}

type Names = Awaited<ReturnType<typeof nameThings>>

async function makeDeals(crm: Crm, { pipeline, reasonId, userId, fields }: Names) {
  const contact = await crm.given.contact({
    firstName: strange('first name of contact'),
    lastName: strange('last name of contact'),
    companyName: strange('company'),
    source: strange('source of contact'),
    address1: strange('street'),
    city: strange('city'),
    tags: [strange('tag')],
    assignedTo: userId,
    customFields: fields.contact,
  })
  const deal = await crm.given.opportunity({
    name: strange('deal'),
    contactId: contact.id,
    pipelineId: pipeline.id,
    source: strange('source of deal'),
    assignedTo: userId,
    monetaryValue: 123_456_789.5,
    customFields: fields.opportunity,
  })
  ok(await crm.v2.post(`/opportunities/${deal.id}/followers`, { followers: [userId] }))
  const note = { body: strange('note'), title: strange('title of note'), userId }
  ok(await crm.v2.post(`/contacts/${contact.id}/notes`, note))
  const task = { title: strange('task'), body: strange('about task'), dueDate: '2030-01-01T00:00:00Z' }
  ok(await crm.v2.post(`/contacts/${contact.id}/tasks`, { ...task, completed: false, assignedTo: userId }))
  const others = { contactId: contact.id, pipelineId: pipeline.id, assignedTo: userId, monetaryValue: 1000 }
  const lost = await crm.given.opportunity({ ...others, name: strange('lost deal') })
  ok(await crm.v2.put(`/opportunities/${lost.id}`, { pipelineStageId: pipeline.stages[1]?.id }))
  ok(await crm.v3.put(`/opportunities/${lost.id}/status`, { status: 'lost', lostReasonId: reasonId }))
  await crm.given.opportunity({ ...others, name: strange('won deal'), status: 'won' })
  const gone = await crm.given.opportunity({ ...others, name: strange('deleted deal') })
  ok(await crm.v3.delete(`/opportunities/${gone.id}`))
  return { contact, deal, lost }
}

/** A workflow with two versions; its run has failed at the third step. */
async function automate(crm: Crm, { pipeline }: Names, contactId: string) {
  const flows = workflowsOf(crm)
  const update = { type: 'internal_update_opportunity', name: strange('step'), settings: { source: strange('source') } }
  const fails = { ...update, settings: { monetaryValue: `${strange('value')} {{contact.name}}` } }
  const workflow = await flows.running({
    name: strange('workflow'),
    trigger: { type: 'opportunity_status_changed', filters: { pipelineId: pipeline.id, to: 'abandoned' } },
    steps: [addTag(strange('tag of workflow')), update],
  })
  const steps = [addTag(strange('tag of workflow')), update, fails]
  ok(await crm.v2.put(`/console/workflows/${workflow.id}`, { steps }))
  await flows.publish(workflow.id)
  const wanted = { name: strange('abandoned deal'), contactId, pipelineId: pipeline.id }
  const { id } = await crm.given.opportunity(wanted)
  ok(await crm.v2.put(`/opportunities/${id}`, { status: 'abandoned' }))
  await crm.settle()
  const [run] = await flows.runs(workflow.id)
  return { workflow: workflow.id as string, run: run.id as string }
}

/** A webhook whose receiver answers nonsense, and what was sent to it. */
async function sendOut(crm: Crm, receiver: Receiver, contactId: string) {
  receiver.say(500, {}, strange('answer'))
  const url = `${receiver.url}/hooks?${markup}`
  const hook = await subscribe(crm, receiver, { name: strange('webhook'), types: ['NoteCreate'], url })
  ok(await crm.v2.post(`/contacts/${contactId}/notes`, { body: strange('sent note') }))
  await crm.settle()
  const [delivery] = await hook.log()
  return { webhook: hook.id, delivery: delivery.id as string }
}

async function letProgramsIn(crm: Crm) {
  const keeper = { token: await crm.given.token(allScopes) }
  const token = { name: strange('token'), description: strange('purpose'), scopes: ['opportunities.write'] }
  const { secret } = ok(await crm.v3.post('/console/tokens', token, keeper))
  const redirectUris = ['https://app.example.com/callback']
  const { app } = ok(await crm.v3.post('/console/apps', { name: strange('app'), redirectUris }, keeper))
  const asked = `/opportunities/${encodeURIComponent(markup)}`
  const refused = await crm.v3.put(asked, { name: strange('wish') }, { token: secret })
  return { app: app.clientId as string, request: refused.body.traceId as string }
}
