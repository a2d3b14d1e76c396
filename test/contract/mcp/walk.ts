/** One thing that is done: by a tool with its arguments, or by the request that means the same. */
export type Do = (
  tool: `ghl_${string}`,
  args: Record<string, unknown>,
  method: 'get' | 'post' | 'put' | 'delete',
  path: string,
  body?: object,
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire carries
) => Promise<any>

export interface Place {
  locationId: string
  pipeline: { id: string }
  stages: { id: string; name: string }[]
  /** Two users of the location. */
  users: string[]
}

/** A day with every tool: each step is the same thing said twice, once for a model and once for the wire. */
export async function walk(place: Place, act: Do): Promise<void> {
  const contact = await meet(place, act)
  const reason = await nameReasons(place, act)
  await sell(place, contact, reason, act)
  await arrange(place, contact, act)
  await write(contact, place, act)
  await label(place, contact, act)
  await lookAround(place, act)
  await act('ghl_delete_contact', { contactId: contact }, 'delete', `/contacts/${contact}`)
}

async function meet({ locationId, users }: Place, act: Do): Promise<string> {
  const person = {
    firstName: 'Ada',
    lastName: 'Lovelace',
    email: 'ada@example.com',
    phone: '+14155550100',
    tags: ['vip'],
  }
  const { contact } = await act('ghl_create_contact', person, 'post', '/contacts/', { locationId, ...person })
  const path = `/contacts/${contact.id}`
  const here = { contactId: contact.id }
  await act('ghl_get_contact', here, 'get', path)
  const change = { companyName: 'Engines', assignedTo: users[0], customFields: [] }
  await act('ghl_update_contact', { ...here, ...change }, 'put', path, change)
  const same = { email: 'ada@example.com', city: 'London' }
  await act('ghl_upsert_contact', same, 'post', '/contacts/upsert', { locationId, ...same })
  const twin = { email: 'ada@example.com' }
  await act(
    'ghl_find_duplicate_contact',
    twin,
    'get',
    `/contacts/search/duplicate?locationId=${locationId}&email=ada@example.com`,
  )
  await act(
    'ghl_list_contacts',
    { query: 'lovelace', limit: 5 },
    'get',
    `/contacts/?locationId=${locationId}&query=lovelace&limit=5`,
  )
  const filters = [{ field: 'email', operator: 'eq', value: 'ada@example.com' }]
  await act('ghl_search_contacts', { filters, pageLimit: 3 }, 'post', '/contacts/search', {
    locationId,
    filters,
    pageLimit: 3,
  })
  const followers = { followers: users }
  await act('ghl_add_contact_followers', { ...here, ...followers }, 'post', `${path}/followers`, followers)
  const gone = { followers: users.slice(1) }
  await act('ghl_remove_contact_followers', { ...here, ...gone }, 'delete', `${path}/followers`, gone)
  return contact.id
}

async function nameReasons({ locationId }: Place, act: Do): Promise<string> {
  const path = '/opportunities/lost-reason'
  const { lostReason } = await act('ghl_create_lost_reason', { name: 'Price' }, 'post', path, { name: 'Price' })
  const here = { lostReasonId: lostReason.id }
  await act('ghl_update_lost_reason', { ...here, name: 'Too dear' }, 'put', `${path}/${lostReason.id}`, {
    name: 'Too dear',
  })
  await act('ghl_list_lost_reasons', { query: 'dear' }, 'get', `${path}?locationId=${locationId}&query=dear`)
  const other = await act('ghl_create_lost_reason', { name: 'Rival' }, 'post', path, { name: 'Rival' })
  await act('ghl_delete_lost_reason', { lostReasonId: other.lostReason.id }, 'delete', `${path}/${other.lostReason.id}`)
  return lostReason.id
}

async function sell({ locationId, pipeline, stages, users }: Place, contactId: string, lostReasonId: string, act: Do) {
  const [, second, third] = stages.map(({ id }) => id)
  const deal = {
    name: 'Engine',
    pipelineId: pipeline.id,
    contactId,
    status: 'open',
    monetaryValue: 1200.5,
    source: 'fair',
  }
  const { opportunity } = await act('ghl_create_opportunity', deal, 'post', '/opportunities/', { locationId, ...deal })
  const path = `/opportunities/${opportunity.id}`
  const here = { opportunityId: opportunity.id }
  await act('ghl_get_opportunity', here, 'get', path)
  const change = { name: 'Engine No. 2', assignedTo: users[0], forecastExpectedCloseDate: '2027-01-31' }
  await act('ghl_update_opportunity', { ...here, ...change }, 'put', path, change)
  const move = { pipelineStageId: second }
  await act('ghl_update_opportunity_stage', { ...here, ...move }, 'put', path, move)
  const win = { pipelineStageId: third, status: 'won' }
  await act('ghl_update_opportunity_stage', { ...here, ...win }, 'put', path, win)
  const lose = { status: 'lost', lostReasonId }
  await act('ghl_update_opportunity_status', { ...here, ...lose }, 'put', `${path}/status`, lose)
  const again = { pipelineId: pipeline.id, contactId, monetaryValue: 7 }
  await act('ghl_upsert_opportunity', again, 'post', '/opportunities/upsert', { locationId, ...again })
  const known = { pipelineId: pipeline.id, name: 'Engine No. 3' }
  await act('ghl_upsert_opportunity', { ...here, ...known }, 'post', '/opportunities/upsert', {
    id: opportunity.id,
    ...known,
  })
  await act('ghl_add_opportunity_followers', { ...here, followers: users }, 'post', `${path}/followers`, {
    followers: users,
  })
  await act(
    'ghl_remove_opportunity_followers',
    { ...here, isRemoveAllFollowers: true },
    'delete',
    `${path}/followers?isRemoveAllFollowers=true`,
  )
  const by = { pipelineId: pipeline.id, status: 'lost', q: 'engine', limit: 1 }
  const query = new URLSearchParams({ locationId, ...by, limit: '1' })
  await act('ghl_search_opportunities', by, 'get', `/opportunities/search?${query}`)
  const filters = [{ field: 'monetary_value', operator: 'range', value: { gte: 5 } }]
  await act('ghl_filter_opportunities', { filters, limit: 2 }, 'post', '/opportunities/search', {
    locationId,
    filters,
    limit: 2,
  })
  await act('ghl_delete_opportunity', here, 'delete', path)
}

async function arrange({ locationId }: Place, contactId: string, act: Do) {
  const path = '/opportunities/pipelines'
  await act('ghl_list_pipelines', {}, 'get', `${path}?locationId=${locationId}`)
  const wanted = { name: 'Service', stages: [{ name: 'Asked' }, { name: 'Done' }] }
  const made = await act('ghl_create_pipeline', wanted, 'post', path, { locationId, ...wanted })
  const here = { pipelineId: made.id }
  await act('ghl_get_pipeline', here, 'get', `${path}/${made.id}`)
  const deal = { name: 'Repair', pipelineId: made.id, contactId, status: 'open' }
  await act('ghl_create_opportunity', deal, 'post', '/opportunities/', { locationId, ...deal })
  const change = { name: 'Services', stages: [{ id: made.stages[1].id, name: 'Finished' }, { name: 'Paid' }] }
  await act('ghl_update_pipeline', { ...here, ...change }, 'put', `${path}/${made.id}`, change)
  await act('ghl_delete_pipeline', here, 'delete', `${path}/${made.id}`)
}

async function write(contactId: string, { locationId, users }: Place, act: Do) {
  const notes = `/contacts/${contactId}/notes`
  const body = { body: 'Called', userId: users[0] }
  const { note } = await act('ghl_create_note', { contactId, ...body }, 'post', notes, body)
  const ofNote = { contactId, noteId: note.id }
  await act('ghl_get_note', ofNote, 'get', `${notes}/${note.id}`)
  await act('ghl_update_note', { ...ofNote, body: 'Called twice' }, 'put', `${notes}/${note.id}`, {
    body: 'Called twice',
  })
  await act('ghl_list_notes', { contactId }, 'get', notes)
  await act('ghl_delete_note', ofNote, 'delete', `${notes}/${note.id}`)

  const tasks = `/contacts/${contactId}/tasks`
  const wanted = { title: 'Send offer', dueDate: '2027-01-01T09:00:00Z', completed: false, assignedTo: users[1] }
  const { task } = await act('ghl_create_task', { contactId, ...wanted }, 'post', tasks, wanted)
  const ofTask = { contactId, taskId: task.id }
  await act('ghl_get_task', ofTask, 'get', `${tasks}/${task.id}`)
  await act('ghl_update_task', { ...ofTask, title: 'Send it' }, 'put', `${tasks}/${task.id}`, { title: 'Send it' })
  await act('ghl_complete_task', { ...ofTask, completed: true }, 'put', `${tasks}/${task.id}/completed`, {
    completed: true,
  })
  await act('ghl_list_tasks', { contactId }, 'get', tasks)
  const by = { completed: true, query: 'send' }
  await act('ghl_search_tasks', by, 'post', `/locations/${locationId}/tasks/search`, by)
  await act('ghl_delete_task', ofTask, 'delete', `${tasks}/${task.id}`)
}

async function label({ locationId }: Place, contactId: string, act: Do) {
  const ofContact = `/contacts/${contactId}/tags`
  await act('ghl_add_contact_tags', { contactId, tags: ['Spring', 'Fair'] }, 'post', ofContact, {
    tags: ['Spring', 'Fair'],
  })
  await act('ghl_remove_contact_tags', { contactId, tags: ['fair'] }, 'delete', ofContact, { tags: ['fair'] })
  const many = { contacts: [contactId, 'nobody'], tags: ['many'] }
  await act('ghl_update_contacts_tags', { type: 'add', ...many }, 'post', '/contacts/bulk/tags/update/add', {
    locationId,
    ...many,
  })

  const tags = `/locations/${locationId}/tags`
  const { tag } = await act('ghl_create_tag', { name: 'Autumn' }, 'post', tags, { name: 'Autumn' })
  await act('ghl_get_tag', { tagId: tag.id }, 'get', `${tags}/${tag.id}`)
  await act('ghl_update_tag', { tagId: tag.id, name: 'winter' }, 'put', `${tags}/${tag.id}`, { name: 'winter' })
  await act('ghl_list_tags', {}, 'get', tags)
  await act('ghl_delete_tag', { tagId: tag.id }, 'delete', `${tags}/${tag.id}`)
}

async function lookAround({ locationId }: Place, act: Do) {
  await act('ghl_get_location', {}, 'get', `/locations/${locationId}`)
  await act('ghl_list_users', {}, 'get', `/users/?locationId=${locationId}`)
  await act('ghl_list_custom_fields', { model: 'all' }, 'get', `/locations/${locationId}/customFields?model=all`)
}
