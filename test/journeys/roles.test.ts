import { describe, expect, test } from 'vitest'
import { consoleRoutes } from '../../src/api/console/routes.ts'
import type { Endpoint } from '../../src/api/endpoint.ts'
import { v3 } from '../../src/api/v3/routes.ts'
import { allScopes } from '../../src/domain/tokens/scopes.ts'
import { bare, onEveryStore, type Reply } from '../harness.ts'
import { onlyAssigned, visitOf } from '../support/people.ts'

const notAllowed = { statusCode: 403, message: 'Your role does not allow this.' }
const lastAdmin = {
  statusCode: 409,
  message: 'This is the last admin of the location: make somebody else an admin first.',
  error: 'Conflict',
}

const forUsers = [
  'opportunities.readonly',
  'opportunities.write',
  'contacts.readonly',
  'contacts.write',
  'locations.readonly',
  'locations/customFields.readonly',
  'locations/customValues.readonly',
  'locations/tags.readonly',
  'locations/tags.write',
  'locations/tasks.readonly',
  'users.readonly',
  'workflows.readonly',
  'campaigns.readonly',
]
const withinSight = forUsers.filter((scope) => scope !== 'locations/tags.write' && scope !== 'workflows.readonly')

/** Every row that a page of the web app can call. */
const rows: Record<string, Endpoint> = { ...v3, ...consoleRoutes }
const methodOf = ({ method }: Endpoint) => [method].flat()[0] as string

onEveryStore('roles', (crm) => {
  test.each([
    ['an admin', { role: 'admin' as const }, allScopes],
    ['an admin, whatever is ticked besides', { role: 'admin' as const, ...onlyAssigned }, allScopes],
    ['a user', {}, forUsers],
    ['a user who sees only what is theirs', onlyAssigned, withinSight],
  ])('allow %s what stands here', async (_, fields, scopes) => {
    const { session } = await visitOf(crm, fields)

    expect([...(session.scopes as string[])].sort()).toEqual([...scopes].sort())
    expect(session.user).toMatchObject({ onlyAssigned: scopes === withinSight })
  })

  test('keep users from every row beyond that, and from no other', async () => {
    const { ask, session } = await visitOf(crm)
    const allowed = new Set(session.scopes as string[])
    const guarded = Object.entries(rows).filter(([, { scope }]) => typeof scope === 'string')

    const wrong: string[] = []
    for (const [id, row] of guarded) {
      const reply = await ask(methodOf(row), row.path.replace(':locationId', crm.locationId).replace(/:\w+/g, 'none'))
      const isRefused = reply.status === 403 && reply.body.message === notAllowed.message
      if (isRefused === (allowed.has(row.scope as string) && row.callers !== 'agency')) wrong.push(id)
    }

    expect(guarded.length).toBeGreaterThan(100)
    expect(wrong).toEqual([])
  })

  test('keep a user from making themselves more', async () => {
    const { user, ask } = await visitOf(crm, onlyAssigned)

    const replies = [
      await ask('PUT', `/users/${user.id}`, { role: 'admin' }),
      await ask('PUT', `/users/${user.id}`, { permissions: {} }),
      await ask('POST', '/users/', { firstName: 'A', lastName: 'B', email: 'more@example.com', role: 'admin' }),
      await ask('POST', `/console/users/${user.id}/invite`),
    ]

    expect(replies.map(bare)).toEqual(Array(4).fill(notAllowed))
    expect((await crm.v2.get(`/users/${user.id}`)).body).toMatchObject({
      roles: { role: 'user' },
      permissions: { assignedDataOnly: true },
    })
  })
})

onEveryStore('the last admin', (crm) => {
  const admins = async () =>
    (await crm.v2.get(`/users/search?companyId=x&role=admin&limit=100`)).body.users as { id: string }[]
  const remove = (id: string) => crm.v2.delete(`/users/${id}`)
  const demote = (id: string) => crm.v3.put(`/users/${id}`, { role: 'user' })

  test('is neither deleted nor made a user, until somebody else is an admin', async () => {
    const [first] = await admins()
    const id = first?.id as string

    for (const reply of [await remove(id), await demote(id)]) {
      expect([reply.status, bare(reply)]).toEqual([409, lastAdmin])
    }
    expect(await admins()).toMatchObject([{ id }])

    const next = await visitOf(crm, { role: 'admin' })
    expect((await demote(id)).status).toBe(200)
    expect(await admins()).toMatchObject([{ id: next.user.id }])
    expect(bare(await next.ask('DELETE', `/users/${next.user.id}`))).toEqual(lastAdmin)
  })

  test('is left where two go at the same moment', async () => {
    const before = await admins()
    const more = await Promise.all([visitOf(crm, { role: 'admin' }), visitOf(crm, { role: 'admin' })])
    for (const { id } of before) await remove(id)
    expect(await admins()).toHaveLength(2)

    const replies = await Promise.all([remove(more[0].user.id), demote(more[1].user.id)])

    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await admins()).toHaveLength(1)
  })
})

onEveryStore('who sees only what is theirs', (crm) => {
  type Visit = Awaited<ReturnType<typeof visitOf>>
  const visit = () => visitOf(crm, onlyAssigned)

  /** A deal with its contact, a note and a task; nobody's unless said. */
  async function given(fields: Record<string, unknown> = {}) {
    const { id: contactId } = await crm.given.contact()
    const deal = await crm.given.opportunity({ contactId, ...fields })
    const { note } = (await crm.v2.post(`/contacts/${contactId}/notes`, { body: 'A note' })).body
    const due = { title: 'A task', dueDate: '2030-01-01T00:00:00Z', completed: false }
    const { task } = (await crm.v2.post(`/contacts/${contactId}/tasks`, due)).body
    return { id: deal.id as string, contactId, noteId: note.id as string, taskId: task.id as string }
  }
  type Given = Awaited<ReturnType<typeof given>>

  describe('is answered as if the rest was not there', () => {
    const ofOne = /\/(opportunities|bin)\/:|:contactId|:opportunityId/
    const driven = Object.entries(rows).filter(([, { path }]) => ofOne.test(path))
    const user = () => crm.given.user()
    const task = { title: 'Another', dueDate: '2030-01-01T00:00:00Z', completed: true }
    /** What makes a call of the row a good one. A new row that names a deal or a contact has to stand here. */
    const bodies: Record<string, () => Promise<object | undefined> | object | undefined> = {
      'get-opportunity': () => undefined,
      'update-opportunity': () => ({ name: 'Taken' }),
      'update-opportunity-status': () => ({ status: 'won' }),
      'delete-opportunity': () => undefined,
      'add-followers-opportunity': async () => ({ followers: [(await user()).id] }),
      'remove-followers-opportunity': async () => ({ followers: [(await user()).id] }),
      'get-contact': () => undefined,
      'update-contact': () => ({ firstName: 'Taken' }),
      'delete-contact': () => undefined,
      'add-tags': () => ({ tags: ['taken'] }),
      'remove-tags': () => ({ tags: ['taken'] }),
      'add-followers-contact': async () => ({ followers: [(await user()).id] }),
      'remove-followers-contact': async () => ({ followers: [(await user()).id] }),
      'get-all-notes': () => undefined,
      'create-note': () => ({ body: 'Taken' }),
      'get-note': () => undefined,
      'update-note': () => ({ body: 'Taken' }),
      'delete-note': () => undefined,
      'get-all-tasks': () => undefined,
      'create-task': () => task,
      'get-task': () => undefined,
      'update-task': () => ({ title: 'Taken' }),
      'update-task-completed': () => ({ completed: true }),
      'delete-task': () => undefined,
      'add-contact-to-workflow': () => ({}),
      'delete-contact-to-workflow': () => ({}),
      'add-contact-to-campaign': () => undefined,
      'remove-contact-from-campaign': () => undefined,
      'remove-contact-from-every-campaign': () => undefined,
      'remove-contact-from-every-campaign-v2': () => undefined,
      'restore-opportunity': () => undefined,
    }

    async function call({ ask }: Visit, row: Endpoint, body: object | undefined, of: Given): Promise<Reply> {
      const inNote = row.path.includes('/notes/') ? of.noteId : of.id
      const names: Record<string, string> = { ...of, id: inNote, opportunityId: of.id }
      return ask(
        methodOf(row),
        row.path.replace(/:(\w+)/g, (_, name) => names[name] ?? 'none'),
        body,
      )
    }

    /** A deal in the bin is what can be taken out of it. */
    async function prepare(row: Endpoint, fields: object): Promise<Given> {
      const made = await given({ ...fields })
      if (row.path.includes('/bin/')) await crm.v2.delete(`/opportunities/${made.id}`)
      return made
    }

    const look = async ({ id, contactId }: Given) => [
      bare(await crm.v3.get(`/opportunities/${id}`)),
      bare(await crm.v3.get(`/contacts/${contactId}`)),
    ]

    test('by every row that names a deal or a contact, and nothing of it changes', async () => {
      const [me, { id: assignedTo }] = [await visit(), await user()]

      expect(driven.length).toBeGreaterThan(25)
      expect(driven.map(([id]) => id).filter((id) => !bodies[id])).toEqual([])
      for (const [id, row] of driven) {
        const other = await prepare(row, { assignedTo })
        const before = await look(other)
        const { status, body } = await call(me, row, await bodies[id]?.(), other)
        const noun = row.path.includes(':contactId') ? 'Contact' : 'Opportunity'
        expect([id, status, body.message]).toEqual([id, 404, `${noun} not found`])
        expect([id, await look(other)]).toEqual([id, before])
      }
    })

    test('while the same calls reach what is theirs', async () => {
      const me = await visit()

      for (const [id, row] of driven) {
        const mine = await prepare(row, { assignedTo: me.user.id })
        const { status, body } = await call(me, row, await bodies[id]?.(), mine)
        // There is no workflow and no campaign of that name: which is told only of a contact that is there.
        const isFound = status < 300 || (status === 404 && /^(Workflow|Campaign) not found$/.test(body.message))
        expect([id, isFound, body.message]).toEqual([id, true, body.message])
      }
    })
  })

  test('sees what they follow, and the contacts of that, and what they are put in charge of', async () => {
    const me = await visit()
    const followed = await given({ followers: [me.user.id] })
    const nobodys = await given()
    await crm.v2.put(`/contacts/${nobodys.contactId}`, { assignedTo: me.user.id })
    const { id: watched } = await crm.given.contact()
    await crm.v2.post(`/contacts/${watched}/followers`, { followers: [me.user.id] })
    const get = async (path: string) => (await me.ask('GET', path)).status

    expect(await get(`/opportunities/${followed.id}`)).toBe(200)
    expect(await get(`/contacts/${followed.contactId}`)).toBe(200)
    expect(await get(`/contacts/${nobodys.contactId}`)).toBe(200)
    expect(await get(`/contacts/${watched}`)).toBe(200)
    expect(await get(`/opportunities/${nobodys.id}`)).toBe(404)

    await crm.v2.delete(`/opportunities/${followed.id}/followers?isRemoveAllFollowers=true`)
    expect(await get(`/opportunities/${followed.id}`)).toBe(404)
    expect(await get(`/contacts/${followed.contactId}`)).toBe(404)
  })

  describe('finds and counts', () => {
    const found = ({ body }: Reply) => ({
      ids: body.opportunities.map(({ id }: { id: string }) => id).sort(),
      total: body.total ?? body.meta.total,
    })

    test('among deals no others, in pages, totals and sums', async () => {
      const me = await visit()
      const mine = await given({ assignedTo: me.user.id, monetaryValue: 100, name: 'Shared name' })
      const followed = await given({ followers: [me.user.id], monetaryValue: 20, name: 'Shared name' })
      const theirs = { assignedTo: (await crm.given.user()).id, monetaryValue: 3, name: 'Shared name' }
      await given(theirs)
      const ids = [followed.id, mine.id].sort()

      for (const query of ['', '&status=open', `&pipelineId=${crm.pipeline.id}`, '&q=shared']) {
        const reply = await me.ask('GET', `/opportunities/search?locationId=${crm.locationId}${query}`)
        expect([query, found(reply)]).toEqual([query, { ids, total: 2 }])
      }
      const filters = [{ field: 'pipeline_id', operator: 'eq', value: [crm.pipeline.id] }]
      const reply = await me.ask('POST', '/opportunities/search', { locationId: crm.locationId, filters })
      expect(found(reply)).toEqual({ ids, total: 2 })
      expect(reply.body.stageAggregations).toMatchObject([{ totalCount: 2, totalValue: 120, openValue: 120 }])
      const asked = `assignedTo=${theirs.assignedTo}`
      const none = await me.ask('GET', `/opportunities/search?locationId=${crm.locationId}&${asked}`)
      expect(found(none)).toEqual({ ids: [], total: 0 })
    })

    test('among contacts and their tasks no others', async () => {
      const me = await visit()
      const mine = await given({ assignedTo: me.user.id })
      const other = await given({ assignedTo: (await crm.given.user()).id })
      const { email } = (await crm.v2.get(`/contacts/${other.contactId}`)).body.contact
      const { locationId } = crm
      const contacts = ({ body }: Reply) => [
        body.contacts.map(({ id }: { id: string }) => id),
        body.total ?? body.meta.total,
      ]
      const tasks = async (body: object) =>
        (await me.ask('POST', `/locations/${locationId}/tasks/search`, body)).body.tasks.map(
          ({ id }: { id: string }) => id,
        )

      expect(contacts(await me.ask('GET', `/contacts/?locationId=${locationId}`))).toEqual([[mine.contactId], 1])
      expect(contacts(await me.ask('GET', `/contacts/?locationId=${locationId}&query=${email}`))).toEqual([[], 0])
      const search = { locationId, pageLimit: 20, query: 'Ada' }
      expect(contacts(await me.ask('POST', '/contacts/search', search))).toEqual([[mine.contactId], 1])
      const twin = await me.ask('GET', `/contacts/search/duplicate?locationId=${locationId}&email=${email}`)
      expect(bare(twin)).toEqual({ contact: null })
      expect(await tasks({})).toEqual([mine.taskId])
      expect(await tasks({ contactId: [other.contactId] })).toEqual([])
    })
  })

  describe('makes', () => {
    const newDeal = (contactId: string, fields: object = {}) => ({
      locationId: crm.locationId,
      pipelineId: crm.pipeline.id,
      name: 'Made',
      status: 'open',
      contactId,
      ...fields,
    })

    test('contacts and deals that are theirs, unless somebody else is named', async () => {
      const me = await visit()
      const { id: otherId } = await crm.given.user()
      const made = await me.ask('POST', '/contacts/', { locationId: crm.locationId, email: `m${otherId}@example.com` })
      const { id: contactId, assignedTo } = made.body.contact

      expect(assignedTo).toBe(me.user.id)
      for (const named of [{}, { assignedTo: null }]) {
        const deal = await me.ask('POST', '/opportunities/', newDeal(contactId, named))
        expect([deal.status, deal.body.opportunity.assignedTo]).toEqual([201, me.user.id])
      }
      const handed = await me.ask('POST', '/opportunities/', newDeal(contactId, { assignedTo: otherId }))
      expect([handed.status, handed.body.opportunity.assignedTo]).toEqual([201, otherId])
      expect((await me.ask('GET', `/opportunities/${handed.body.opportunity.id}`)).status).toBe(404)
    })

    test('no deal of a contact that they do not see, nor hangs one on it', async () => {
      const me = await visit()
      const [mine, other] = [await given({ assignedTo: me.user.id }), await given()]
      const place = { locationId: crm.locationId, pipelineId: crm.pipeline.id, contactId: other.contactId }

      const replies = [
        await me.ask('POST', '/opportunities/', newDeal(other.contactId)),
        await me.ask('POST', '/opportunities/upsert', place),
        await me.ask('POST', '/opportunities/upsert', { ...place, id: other.id, name: 'Taken' }),
        await me.ask('PUT', `/opportunities/${mine.id}`, { contactId: other.contactId }),
      ]

      expect(replies.map(({ status, body }) => [status, body.message])).toEqual([
        [404, 'Contact not found'],
        [404, 'Contact not found'],
        [404, 'Opportunity not found'],
        [404, 'Contact not found'],
      ])
      expect((await crm.v2.get(`/opportunities/${other.id}`)).body.opportunity.name).toBe('A deal')
    })

    test('of a contact that several look after an opportunity of their own by an upsert', async () => {
      const me = await visit()
      const other = await given({ assignedTo: (await crm.given.user()).id })
      await crm.v2.put(`/contacts/${other.contactId}`, { assignedTo: me.user.id })
      const place = { locationId: crm.locationId, pipelineId: crm.pipeline.id, contactId: other.contactId }

      const reply = await me.ask('POST', '/opportunities/upsert', { ...place, name: 'Mine' })

      expect(reply.body).toMatchObject({ new: true, opportunity: { name: 'Mine', assignedTo: me.user.id } })
      expect(reply.body.opportunity.id).not.toBe(other.id)
    })

    test('no twin of what they do not see, and do not hear which it is', async () => {
      const me = await visit()
      const other = await given({ assignedTo: (await crm.given.user()).id })
      const { email } = (await crm.v2.get(`/contacts/${other.contactId}`)).body.contact
      const { locationId } = crm
      const twin = { statusCode: 400, message: 'This location does not allow duplicated contacts.' }

      for (const path of ['/contacts/', '/contacts/upsert']) {
        const reply = await me.ask('POST', path, { locationId, email, firstName: 'Taken' })
        expect([reply.status, bare(reply)]).toEqual([400, { ...twin, meta: { matchingField: 'email' } }])
      }
      expect((await crm.v2.get(`/contacts/${other.contactId}`)).body.contact.firstName).toBe('Ada')
      const seen = await crm.v2.post('/contacts/', { locationId, email })
      expect(seen.body.meta).toMatchObject({ contactId: other.contactId, matchingField: 'email' })
    })

    test('no second deal where one is enough, and do not hear which one there is', async () => {
      const me = await visit()
      const other = await given({ assignedTo: (await crm.given.user()).id })
      await crm.v2.put(`/contacts/${other.contactId}`, { assignedTo: me.user.id })
      const settings = (allowDuplicateOpportunity: boolean) =>
        crm.v2.put(`/locations/${crm.locationId}`, { settings: { allowDuplicateOpportunity } })
      await settings(false)

      const reply = await me.ask('POST', '/opportunities/', newDeal(other.contactId))

      await settings(true)
      expect(bare(reply)).toEqual({
        statusCode: 400,
        message: 'Can not create duplicate opportunity for the contact.',
        code: 'OPPORTUNITY_NO_DUPLICATE',
        error: 'Bad Request',
      })
    })
  })

  test('deletes no contact with which deals of others would go', async () => {
    const me = await visit()
    const shared = await given({ assignedTo: me.user.id })
    await crm.given.opportunity({ contactId: shared.contactId, assignedTo: (await crm.given.user()).id })

    const reply = await me.ask('DELETE', `/contacts/${shared.contactId}`)

    const message = 'This contact has opportunities that are not yours: it stays.'
    expect([reply.status, bare(reply)]).toEqual([403, { statusCode: 403, message }])
    expect((await me.ask('GET', `/opportunities/${shared.id}`)).status).toBe(200)
  })

  test('tags many contacts, of which only theirs are there', async () => {
    const me = await visit()
    const [mine, other] = [await given({ assignedTo: me.user.id }), await given()]
    const body = { locationId: crm.locationId, contacts: [mine.contactId, other.contactId], tags: ['swept'] }

    const reply = await me.ask('POST', '/contacts/bulk/tags/update/add', body)

    expect(reply.body).toMatchObject({ succeded: true, errorCount: 1 })
    const tagsOf = async (id: string) => (await crm.v2.get(`/contacts/${id}`)).body.contact.tags
    expect([await tagsOf(mine.contactId), await tagsOf(other.contactId)]).toEqual([['swept'], []])
  })

  test('hands what is theirs to somebody else, and does not see it any more', async () => {
    const me = await visit()
    const mine = await given({ assignedTo: me.user.id })
    const { id: assignedTo } = await crm.given.user()

    expect((await me.ask('PUT', `/opportunities/${mine.id}`, { assignedTo })).status).toBe(200)

    expect((await me.ask('GET', `/opportunities/${mine.id}`)).status).toBe(404)
    expect((await me.ask('PUT', `/opportunities/${mine.id}`, { assignedTo: me.user.id })).status).toBe(404)
  })

  test('is somebody from the moment on that an admin says so', async () => {
    const me = await visitOf(crm)
    const other = await given()
    const get = async () => (await me.ask('GET', `/opportunities/${other.id}`)).status
    expect(await get()).toBe(200)

    await crm.v2.put(`/users/${me.user.id}`, { permissions: { assignedDataOnly: true } })

    expect(await get()).toBe(404)
  })
})
