import type { Crm } from '../../harness.ts'
import type { Call } from './call.ts'
import { workOnContacts } from './contacts.ts'
import { watchTheBoard } from './live.ts'
import { furnishLocation } from './location.ts'
import { letAppsIn } from './oauth.ts'
import { refuseTwins, workOnOpportunities } from './opportunities.ts'
import { askForReports } from './reports.ts'
import { comeAndGo } from './sessions.ts'
import { keepHouse } from './settings.ts'
import { workThroughV1 } from './v1.ts'
import { sumUpStages } from './v3.ts'
import { useWebhooks } from './webhooks.ts'
import { workWithWorkflows } from './workflows.ts'

/** Every operation, each in the ways that lead to different statements. */
export async function callEverything(crm: Crm, call: Call): Promise<void> {
  await furnishLocation(crm, call)
  await workOnContacts(crm, call)
  await workOnOpportunities(crm, call)
  await refuseTwins(crm)
  await workThroughV1(crm)
  await sumUpStages(crm)
  await letAppsIn(crm)
  await keepHouse(crm)
  await comeAndGo(crm)
  await workWithWorkflows(crm)
  await useWebhooks(crm)
  await askForReports(crm)
  await watchTheBoard(crm)
  await clearAway(crm, call)
}

/** Deletes what has been made, each thing while others hang on it. */
async function clearAway(crm: Crm, call: Call) {
  const { locationId } = crm
  const { contact } = await call('create-contact', { body: { locationId, email: 'last@example.com', tags: ['last'] } })
  const { id } = await crm.given.opportunity({ contactId: contact.id })
  await crm.given.opportunity({ contactId: contact.id, name: 'Goes with its contact' })
  await call('delete-opportunity', { params: { id } })
  const { tags } = await call('get-location-tags', { params: { locationId } })
  const tagId = tags.find(({ name }: { name: string }) => name === 'last').id
  await call('update-tag', { params: { locationId, tagId }, body: { name: 'very last' } })
  await call('delete-tag', { params: { locationId, tagId } })
  await call('delete-contact', { params: { contactId: contact.id } })
  const { customFields } = await call('get-custom-fields', { params: { locationId }, query: { model: 'all' } })
  // By name: fields made within one millisecond come in any order.
  const ofField = { locationId, id: customFields.find(({ name }: { name: string }) => name === 'TEXT 0 of contact').id }
  await call('get-custom-field', { params: ofField })
  await call('update-custom-field', { params: ofField, body: { name: 'Renamed field' } })
  await call('delete-custom-field', { params: ofField })
}
