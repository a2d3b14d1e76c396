import type { Crm } from '../../harness.ts'
import { cookieIn, givenPerson, onlyAssigned, password, signIn, stranger, visitBy, visitOf } from '../people.ts'

const day = 24 * 60 * 60 * 1000

/** People who come and go, and one who sees only what is theirs. */
export async function comeAndGo(crm: Crm): Promise<void> {
  const user = await givenPerson(crm)
  const visit = await signIn(crm, user)
  crm.advance(2 * day)
  await visit.ask('GET', '/console/session')
  const change = { currentPassword: password, newPassword: 'another long one' }
  const next = visitBy(crm, await visit.ask('PUT', '/console/session/password', change))
  await next.ask('DELETE', '/console/session')
  await (await visitOf(crm)).ask('DELETE', '/console/sessions')
  await join(crm)
  await seeTheirs(crm)
}

async function join(crm: Crm) {
  const { id } = await crm.given.user()
  const { body } = await crm.v3.post(`/console/users/${id}/invite`)
  const secret = body.url.split('#')[1]
  await crm.ask('POST', '/console/join/look', { ...stranger, body: { secret } })
  const reply = await crm.ask('POST', '/console/join', { ...stranger, body: { secret, password } })
  if (!cookieIn(reply)) throw new Error(reply.text)
}

async function seeTheirs(crm: Crm) {
  const { user, ask } = await visitOf(crm, onlyAssigned)
  const { locationId } = crm
  const { id: contactId } = await crm.given.contact()
  const pipelineId = crm.pipeline.id
  const deal = await crm.given.opportunity({ contactId, assignedTo: user.id })
  await crm.given.opportunity({ contactId })
  await ask('GET', `/contacts/${contactId}`)
  await ask('GET', `/contacts/?locationId=${locationId}`)
  await ask('GET', `/contacts/?locationId=${locationId}&query=ada`)
  await ask('POST', `/locations/${locationId}/tasks/search`, {})
  await ask('GET', `/opportunities/${deal.id}`)
  await ask('GET', `/opportunities/search?locationId=${locationId}`)
  const filters = [{ field: 'pipeline_id', operator: 'eq', value: [pipelineId] }]
  await ask('POST', '/opportunities/search', { locationId, filters })
  await ask('POST', '/opportunities/upsert', { locationId, pipelineId, contactId, name: 'Renamed' })
  await ask('POST', '/contacts/bulk/tags/update/add', { locationId, contacts: [contactId], tags: ['seen'] })
}
