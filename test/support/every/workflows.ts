import type { Crm } from '../../harness.ts'
import { startReceiver } from '../receiver.ts'
import { addTag, workflowsOf } from '../workflows.ts'

const day = 86_400_000
const wait = { type: 'wait', settings: { for: { days: 1 } } }

/** Workflows through all their states, and runs through all theirs: what begins them, what they do, what becomes of them. */
export async function workWithWorkflows(crm: Crm): Promise<void> {
  const flows = workflowsOf(crm)
  await begin(crm, flows)
  await takeIn(crm, flows)
  await seeTo(crm, flows)
  await letTimePass(crm, flows)
}

type Flows = ReturnType<typeof workflowsOf>

async function begin(crm: Crm, flows: Flows) {
  const receiver = await startReceiver()
  const user = await crm.given.user()
  const other = await flows.running({
    trigger: { type: 'contact_tag', filters: { tag: 'none' } },
    steps: [wait, addTag('x')],
  })
  const condition = { conditions: [{ field: 'contact.tags', is: 'contains', value: 'paid' }], timeout: { days: 1 } }
  const { id } = await flows.create({
    trigger: { type: 'opportunity_status_changed', filters: { to: 'won', withoutTag: 'none' } },
    steps: [
      addTag('{{contact.source}} won'),
      { type: 'internal-add-opportunity-owner', settings: { users: [user.id, user.id] } },
      { type: 'add_to_workflow', settings: { workflowId: other.id } },
      { type: 'webhook', settings: { url: receiver.url } },
      { type: 'wait', settings: { condition } },
      { type: 'remove_from_workflow', settings: { workflowId: other.id } },
    ],
  })
  await crm.v2.put(`/console/workflows/${id}`, { name: 'Renamed' })
  await flows.publish(id)
  const opportunity = await crm.given.opportunity()
  await crm.v2.put(`/opportunities/${opportunity.id}/status`, { status: 'won' })
  await crm.settle()
  await crm.v2.put(`/opportunities/${opportunity.id}`, { name: 'Another name' })
  await crm.v2.post(`/contacts/${opportunity.contactId}/tags`, { tags: ['paid'] })
  await crm.settle()
  await flows.act(`workflows/${id}/test`, { opportunityId: opportunity.id })
  await flows.runs(id)
  const { steps } = (await crm.v2.get(`/console/workflows/${id}/steps`)).body
  for (const query of ['', `?cursor=9999999999999-z`]) {
    await crm.v2.get(`/console/workflows/${id}/steps/${steps[0].id}/runs${query}`)
  }
  await receiver.close()
  for (const path of ['pause', 'resume', 'drain', 'unpublish']) await flows.act(`workflows/${id}/${path}`)
  const { id: unneeded } = await flows.create({})
  await crm.v2.delete(`/console/workflows/${unneeded}`)
}

async function takeIn(crm: Crm, flows: Flows) {
  const { workflow } = (await crm.v2.post('/console/workflows/templates', { template: 'payment' })).body
  const { signature: _, ...filters } = workflow.draft.trigger.filters
  await crm.v2.put(`/console/workflows/${workflow.id}`, { trigger: { type: 'inbound_webhook', filters } })
  await flows.publish(workflow.id)
  const payload = { id: 'evt', type: 'charge.succeeded', data: { object: { receipt_email: 'payer@example.com' } } }
  await crm.given.opportunity({ contactId: (await crm.given.contact({ email: 'payer@example.com' })).id })
  for (let sent = 0; sent < 2; sent++) {
    await fetch(workflow.hookUrl, { method: 'POST', body: JSON.stringify(payload) })
  }
  await crm.settle()
  await crm.v2.get(`/console/workflows/${workflow.id}/samples`)
  await flows.act(`workflows/${workflow.id}/rotate-address`)
}

async function seeTo(crm: Crm, flows: Flows) {
  const update = { type: 'internal_update_opportunity', settings: { monetaryValue: '{{contact.name}}' } }
  const { id } = await flows.running({ trigger: { type: 'contact_created' }, steps: [update] })
  const contact = await crm.given.contact()
  await crm.v2.post(`/contacts/${contact.id}/workflow/${id}`, {})
  for (const delay of [0, 10_001, 60_001, 300_001]) {
    crm.advance(delay)
    await crm.settle()
  }
  const [first, second] = await flows.runs(id, `&contactId=${contact.id}&state=failed&limit=2`)
  await flows.runs(id, `&cursor=${first.id.length}-${first.id}`)
  await flows.run(first.id)
  for (const [run, path] of [
    [first, 'retry'],
    [first, 'stop'],
    [second, 'skip'],
  ] as const) {
    await flows.act(`runs/${run.id}/${path}`)
  }
  await crm.v2.delete(`/contacts/${contact.id}/workflow/${id}`)
  for (const what of [
    'workflows',
    'workflows/triggers',
    'workflows/actions',
    'workflows/templates',
    `workflows/${id}/versions`,
  ]) {
    await crm.v2.get(`/console/${what}`)
  }
  await flows.get(id)
}

async function letTimePass(crm: Crm, flows: Flows) {
  const long = Array.from({ length: 55 }, () => addTag('long'))
  const { id } = await flows.running({ trigger: { type: 'contact_tag', filters: { tag: 'start' } }, steps: long })
  await crm.given.contact({ tags: ['start'] })
  await crm.settle()
  await flows.act(`workflows/${id}/unpublish`)
  await flows.running({
    trigger: { type: 'opportunity_decay', filters: { days: 2, tag: 'none' } },
    steps: [addTag('stale')],
  })
  for (const days of [3, 40]) {
    crm.advance(days * day)
    await crm.settle()
  }
}
