import type { Crm } from '../../harness.ts'
import { type Call, givenFields, refusing } from './call.ts'

export async function workOnContacts(crm: Crm, call: Call) {
  const { locationId } = crm
  const users = [await crm.given.user(), await crm.given.user()].map(({ id }) => id)
  const customFields = await givenFields(crm, call, 'contact')
  const person = { firstName: 'Ada', email: 'ada@example.com', phone: '+14155550100', tags: ['vip', 'spring'] }
  const { contact } = await call('create-contact', { body: { ...person, locationId, customFields } })
  const here = { params: { contactId: contact.id } }
  await call('get-contact', here)
  const [first, ...others] = customFields
  const emptied = [{ id: first?.id, field_value: null }, ...others.map((field) => ({ ...field, field_value: null }))]
  await call('update-contact', {
    ...here,
    body: { firstName: 'Eve', assignedTo: users[0], tags: ['vip'], customFields: emptied },
  })
  await call('upsert-contact', { body: { ...person, locationId, companyName: 'Acme' } })
  await call('upsert-contact', { body: { email: 'new@example.com', locationId } })
  for (const by of [{ email: person.email }, { number: person.phone }]) {
    await call('get-duplicate-contact', { query: { locationId, ...by } })
  }
  await mark(locationId, contact.id, users, call)
  await workOnNotes(contact.id, users[0] as string, call)
  await workOnTasks(crm, contact.id, users[0] as string, call)
}

async function mark(locationId: string, contactId: string, users: string[], call: Call) {
  const here = { params: { contactId } }
  await call('add-tags', { ...here, body: { tags: ['a', 'b'] } })
  await call('remove-tags', { ...here, body: { tags: ['a'] } })
  for (const type of ['add', 'remove']) {
    await call('create-association', { params: { type }, body: { locationId, contacts: [contactId], tags: ['c'] } })
  }
  await call('add-followers-contact', { ...here, body: { followers: users } })
  await call('remove-followers-contact', { ...here, body: { followers: users.slice(1) } })
  const into = { contactId: contactId, workflowId: 'w', campaignId: 'c' }
  for (const id of refusing) await call(id, { params: into, body: {} })
}

async function workOnNotes(contactId: string, userId: string, call: Call) {
  const here = { params: { contactId } }
  const { note } = await call('create-note', { ...here, body: { body: 'Called', userId } })
  const one = { params: { contactId, id: note.id } }
  await call('get-note', one)
  await call('update-note', { ...one, body: { body: 'Called again' } })
  await call('get-all-notes', here)
  await call('delete-note', one)
  await call('create-note', { ...here, body: { body: 'Stays until the contact goes' } })
}

async function workOnTasks({ locationId }: Crm, contactId: string, assignedTo: string, call: Call) {
  const here = { params: { contactId } }
  const body = { title: 'Call', dueDate: '2030-01-01T00:00:00Z', completed: false, assignedTo }
  const { task } = await call('create-task', { ...here, body })
  const one = { params: { contactId, taskId: task.id } }
  await call('get-task', one)
  await call('update-task', { ...one, body: { title: 'Call again' } })
  await call('update-task-completed', { ...one, body: { completed: true } })
  await call('get-all-tasks', here)
  for (const by of [{}, { contactId: [contactId] }, { assignedTo: [assignedTo], completed: true }, { query: 'call' }]) {
    await call('task-search', { params: { locationId }, body: { ...by, limit: 10, skip: 0 } })
  }
  await call('delete-task', one)
  await call('create-task', { ...here, body: { ...body, title: 'Stays until the contact goes' } })
}
