import { contactFields } from '../../../src/domain/contacts/search/fields.ts'
import type { CustomField } from '../../../src/domain/customFields/customField.ts'
import { findDefinitions } from '../../../src/domain/customFields/table.ts'
import { opportunityFields } from '../../../src/domain/opportunities/searchFields.ts'
import { sortFields } from '../../../src/domain/opportunities/searchOrder.ts'
import type { Fields } from '../../../src/domain/search/filter.ts'
import type { Crm } from '../../harness.ts'
import { type Call, givenFields } from './call.ts'

interface Filter {
  field: string
  operator: string
  value?: unknown
}

/** A search for each field with each of its operators, each order with a page behind it, and each way to give text. */
export async function searchEverything(crm: Crm, call: Call): Promise<void> {
  const known = await givenFindable(crm, call)
  for (const model of ['contact', 'opportunity'] as const) {
    for (const filter of await filtersOf(crm, model, known)) await search(crm, call, model, { filters: [filter] })
    await searchInOrders(crm, call, model)
    for (const query of ['ac', 'active']) await search(crm, call, model, { query })
  }
  await listOpportunities(crm, call)
  await listContacts(crm, call)
}

type Known = Record<string, unknown>

/** A contact and its opportunity that most filters find, and what is to be asked for where that is not 'active'. */
async function givenFindable(crm: Crm, call: Call): Promise<Known> {
  const { id: user } = await crm.given.user()
  const text = 'active'
  const words = { firstName: text, address1: text, city: text, state: text, postalCode: text, website: text }
  const more = { companyName: text, source: text, tags: [text], assignedTo: user, timezone: 'Europe/Berlin' }
  const person = { ...words, ...more, name: text, email: 'active@example.com', phone: '+14155550199', country: 'US' }
  const customFields = await givenFields(crm, call, 'contact')
  const contact = await crm.given.contact({ ...person, lastName: '', customFields })
  await call('add-followers-contact', { params: { contactId: contact.id }, body: { followers: [user] } })
  const deal = {
    name: text,
    contactId: contact.id,
    monetaryValue: 5,
    assignedTo: user,
    source: text,
    followers: [user],
  }
  const values = await givenFields(crm, call, 'opportunity')
  const opportunity = await crm.given.opportunity({ ...deal, customFields: values })
  const { pipelineId, pipelineStageId } = opportunity
  const stages = { pipeline_stage_id: pipelineStageId, reached_stage_id: pipelineStageId }
  const ids = { pipeline_id: pipelineId, ...stages, contact_id: contact.id }
  const people = { assigned_to: user, assignedTo: user, followers: user }
  return { ...ids, ...people, dnd: false, status: 'open', phone: person.phone, email: person.email, country: 'US' }
}

const operation = { contact: 'search-contacts-advanced', opportunity: 'search-opportunities-advanced' }

const search = ({ locationId }: Crm, call: Call, model: 'contact' | 'opportunity', by: object) =>
  call(operation[model], { body: { locationId, ...by } })

/** Every field and operator that the searches know, custom fields among them. */
async function filtersOf({ app: { store }, locationId }: Crm, model: 'contact' | 'opportunity', known: Known) {
  const customFields = await findDefinitions(store, locationId, model)
  const by = { db: store, locationId, customFields }
  const fields = model === 'contact' ? contactFields(by) : opportunityFields(by)
  const own = customNamesOf(customFields)
  return [...fields.names, ...own].flatMap((field) => filtersBy(fields, field, known))
}

const customNamesOf = (customFields: Map<string, CustomField>) =>
  [...customFields.keys()].map((id) => `custom_fields.${id}`)

function filtersBy(fields: Fields, field: string, known: Known): Filter[] {
  const { operators } = fields.find(field, 'filters.0') ?? { operators: [] }
  const isNumber = operators.includes('range') && operators.includes('eq')
  return operators.map((operator) => ({ field, operator, ...valueFor(known[field], operator, isNumber) }))
}

function valueFor(known: unknown, operator: string, isNumber: boolean): { value?: unknown } {
  if (operator.endsWith('exists')) return {}
  if (operator === 'range') return { value: isNumber ? { gt: 4 } : { gte: '2026-01-01T00:00:00Z' } }
  const value = known ?? (isNumber ? 5 : 'active')
  // A part of it, three letters and more, as the text index wants.
  return {
    value: operator.endsWith('contains') && typeof value === 'string' && value.length < 20 ? value.slice(1) : value,
  }
}

async function searchInOrders(crm: Crm, call: Call, model: 'contact' | 'opportunity') {
  const fields = model === 'contact' ? contactSorts : sortFields
  for (const field of fields) {
    for (const direction of ['asc', 'desc']) {
      const by = { sort: [{ field, direction }], [model === 'contact' ? 'pageLimit' : 'limit']: 1 }
      const found = await search(crm, call, model, by)
      const [row] = found.contacts ?? found.opportunities
      await search(crm, call, model, { ...by, searchAfter: row.sort })
      await search(crm, call, model, { ...by, query: 'active' })
    }
  }
}

const contactSorts = [
  ...['dateAdded', 'dateUpdated', 'firstNameLowerCase', 'lastNameLowerCase', 'businessName', 'email', 'source', 'dnd'],
]

async function listOpportunities(crm: Crm, call: Call) {
  const [stage] = crm.stages
  const by = { pipeline_id: crm.pipeline.id, pipeline_stage_id: stage?.id, status: 'open', assigned_to: 'nobody' }
  const lists: Record<string, unknown>[] = [
    {},
    ...Object.entries(by).map(([name, value]) => ({ [name]: value })),
    ...[
      { contact_id: 'c' },
      { id: 'o' },
      { q: 'active' },
      { country: 'US' },
      { date: '01-01-2026', endDate: '12-31-2026' },
    ],
    ...['added_asc', 'name_asc', 'name_desc', 'updated_desc'].map((order) => ({ order })),
    { getNotes: true, getTasks: true },
  ]
  for (const list of lists) {
    const query = { location_id: crm.locationId, limit: 1, ...list }
    const { meta } = await call('search-opportunity', { query })
    if (!meta.startAfterId) continue
    await call('search-opportunity', {
      query: { ...query, startAfter: meta.startAfter, startAfterId: meta.startAfterId },
    })
  }
}

async function listContacts({ locationId }: Crm, call: Call) {
  const { meta } = await call('get-contacts', { query: { locationId, limit: 1 } })
  await call('get-contacts', { query: { locationId, startAfter: meta.startAfter, startAfterId: meta.startAfterId } })
  await call('get-contacts', { query: { locationId, query: 'active' } })
}
