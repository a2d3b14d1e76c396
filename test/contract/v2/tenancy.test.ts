import { beforeAll, describe, expect, test } from 'vitest'
import { onEveryStore } from '../../harness.ts'
import { foreign, missing, refused, unprocessable } from '../../support/refused.ts'

onEveryStore('the wall between locations', (crm) => {
  let theirs: Awaited<ReturnType<typeof furnish>>
  let own: { opportunity: string; contact: string }

  /** Another location with one of everything. */
  async function furnish() {
    const { id: locationId, token, pipeline } = await crm.given.location()
    const make = async (path: string, body: object) => {
      const reply = await crm.v2.post(path, body, { token })
      if (reply.status > 201) throw new Error(reply.text)
      return reply.body
    }
    const { contact } = await make('/contacts/', { locationId, firstName: 'Zoe', email: 'zoe@example.com' })
    const deal = { locationId, pipelineId: pipeline.id, name: 'Secret', status: 'open', contactId: contact.id }
    const field = { name: 'Size', dataType: 'TEXT', model: 'opportunity' }
    const user = { firstName: 'Grace', lastName: 'H', email: 'grace@example.com', role: 'user' }
    const task = { title: 'Call', dueDate: '2030-01-01T00:00:00Z', completed: false }
    return {
      locationId,
      token,
      contact: contact.id,
      pipeline: pipeline.id,
      stage: pipeline.stages[0]?.id as string,
      opportunity: (await make('/opportunities/', deal)).opportunity.id,
      lostReason: (await make('/opportunities/lost-reason', { name: 'Price' })).lostReason.id,
      customField: (await make(`/locations/${locationId}/customFields`, field)).customField.id,
      customValue: (await make(`/locations/${locationId}/customValues`, { name: 'A', value: 'B' })).customValue.id,
      tag: (await make(`/locations/${locationId}/tags`, { name: 'vip' })).tag.id,
      user: (await make('/users/', user)).id,
      note: (await make(`/contacts/${contact.id}/notes`, { body: 'Hush' })).note.id,
      task: (await make(`/contacts/${contact.id}/tasks`, task)).task.id,
    }
  }

  /** Everything the other location can see of itself. */
  async function look() {
    const { locationId, contact, token } = theirs
    const paths = [
      `/locations/${locationId}`,
      `/opportunities/search?location_id=${locationId}&getNotes=true&getTasks=true`,
      `/opportunities/pipelines?locationId=${locationId}`,
      `/opportunities/lost-reason?locationId=${locationId}`,
      `/contacts/?locationId=${locationId}`,
      `/contacts/${contact}/notes`,
      `/contacts/${contact}/tasks`,
      `/locations/${locationId}/customFields?model=all`,
      `/locations/${locationId}/customValues`,
      `/locations/${locationId}/tags`,
      `/users/?locationId=${locationId}`,
    ]
    const replies = await Promise.all(paths.map((path) => crm.v2.get(path, { token })))
    return replies.map(({ status, body: { traceId: _, ...body } }) => ({ status, ...body }))
  }

  beforeAll(async () => {
    theirs = await furnish()
    const { id, contactId } = await crm.given.opportunity()
    own = { opportunity: id, contact: contactId }
  })

  test("another location's record is not found, whatever is asked of it, and stays as it is", async () => {
    const before = await look()
    const { opportunity, pipeline, lostReason, contact, note, task, user, customField, customValue, tag } = theirs
    const status = { status: 'won' }
    const asked: [noun: string, method: string, path: string, body?: object][] = [
      ['Opportunity', 'GET', `/opportunities/${opportunity}`],
      ['Opportunity', 'PUT', `/opportunities/${opportunity}`, { name: 'Mine' }],
      ['Opportunity', 'PUT', `/opportunities/${opportunity}/status`, status],
      ['Opportunity', 'DELETE', `/opportunities/${opportunity}`],
      ['Opportunity', 'POST', `/opportunities/${opportunity}/followers`, { followers: [] }],
      ['Opportunity', 'DELETE', `/opportunities/${opportunity}/followers`, { followers: [] }],
      ['Opportunity', 'POST', '/opportunities/upsert', { pipelineId: crm.pipeline.id, id: opportunity }],
      ['Pipeline', 'GET', `/opportunities/pipelines/${pipeline}`],
      ['Pipeline', 'PUT', `/opportunities/pipelines/${pipeline}`, { name: 'Mine' }],
      ['Pipeline', 'DELETE', `/opportunities/pipelines/${pipeline}`],
      ['Lost reason', 'PUT', `/opportunities/lost-reason/${lostReason}`, { name: 'Mine' }],
      ['Lost reason', 'DELETE', `/opportunities/lost-reason/${lostReason}`],
      ['Contact', 'GET', `/contacts/${contact}`],
      ['Contact', 'PUT', `/contacts/${contact}`, { firstName: 'Mine' }],
      ['Contact', 'DELETE', `/contacts/${contact}`],
      ['Contact', 'POST', `/contacts/${contact}/tags`, { tags: ['mine'] }],
      ['Contact', 'DELETE', `/contacts/${contact}/tags`, { tags: ['vip'] }],
      ['Contact', 'POST', `/contacts/${contact}/followers`, { followers: [] }],
      ['Contact', 'DELETE', `/contacts/${contact}/followers`, { followers: [] }],
      ['Contact', 'GET', `/contacts/${contact}/notes/${note}`],
      ['Contact', 'GET', `/contacts/${contact}/tasks/${task}`],
      ['Contact', 'POST', `/contacts/${contact}/workflow/w`, {}],
      ['Note', 'GET', `/contacts/${own.contact}/notes/${note}`],
      ['Note', 'PUT', `/contacts/${own.contact}/notes/${note}`, { body: 'Mine' }],
      ['Note', 'DELETE', `/contacts/${own.contact}/notes/${note}`],
      ['Task', 'GET', `/contacts/${own.contact}/tasks/${task}`],
      ['Task', 'PUT', `/contacts/${own.contact}/tasks/${task}`, { title: 'Mine' }],
      ['Task', 'PUT', `/contacts/${own.contact}/tasks/${task}/completed`, { completed: true }],
      ['Task', 'DELETE', `/contacts/${own.contact}/tasks/${task}`],
      ['User', 'GET', `/users/${user}`],
      ['User', 'PUT', `/users/${user}`, { firstName: 'Mine' }],
      ['User', 'DELETE', `/users/${user}`],
      ['Custom field', 'GET', `/locations/${crm.locationId}/customFields/${customField}`],
      ['Custom field', 'PUT', `/locations/${crm.locationId}/customFields/${customField}`, { name: 'Mine' }],
      ['Custom field', 'DELETE', `/locations/${crm.locationId}/customFields/${customField}`],
      ['Custom value', 'GET', `/locations/${crm.locationId}/customValues/${customValue}`],
      ['Custom value', 'PUT', `/locations/${crm.locationId}/customValues/${customValue}`, { name: 'M', value: '' }],
      ['Custom value', 'DELETE', `/locations/${crm.locationId}/customValues/${customValue}`],
      ['Tag', 'GET', `/locations/${crm.locationId}/tags/${tag}`],
      ['Tag', 'PUT', `/locations/${crm.locationId}/tags/${tag}`, { name: 'mine' }],
      ['Tag', 'DELETE', `/locations/${crm.locationId}/tags/${tag}`],
    ]

    for (const [noun, method, path, body] of asked) {
      expect(refused(await crm.ask(method, path, { body })), `${method} ${path}`).toEqual(missing(noun))
    }

    expect(await look()).toEqual(before)
  })

  test("another location's record cannot be named in a body", async () => {
    const { contact, pipeline, stage, user, customField, lostReason } = theirs
    const path = `/opportunities/${own.opportunity}`
    const pipelineInvalid = {
      statusCode: 400,
      error: 'Bad Request',
      message: 'The pipeline id is invalid.',
      code: 'PIPELINE_NOT_FOUND',
    }
    const stageInvalid = {
      ...pipelineInvalid,
      message: 'The pipeline stage id is invalid.',
      code: 'PIPELINE_STAGE_NOT_FOUND',
    }

    expect(refused(await crm.v2.put(path, { contactId: contact }))).toEqual(missing('Contact'))
    expect(refused(await crm.v2.put(path, { pipelineId: pipeline }))).toEqual([400, pipelineInvalid])
    expect(refused(await crm.v2.put(path, { pipelineStageId: stage }))).toEqual([400, stageInvalid])
    expect(refused(await crm.v2.put(path, { assignedTo: user }))).toEqual(unprocessable('assignedTo is invalid'))
    expect(refused(await crm.v2.put(path, { status: 'lost', lostReasonId: lostReason }))).toEqual(
      missing('Lost reason'),
    )
    expect(refused(await crm.v2.put(path, { customFields: [{ id: customField, value: 'x' }] }))).toEqual(
      unprocessable('customFields.0.id is invalid'),
    )
    expect(refused(await crm.v2.post(`${path}/followers`, { followers: [user] }))).toEqual(
      unprocessable('followers.0 is invalid'),
    )
    expect(refused(await crm.v2.put(`/contacts/${own.contact}`, { assignedTo: user }))).toEqual(
      unprocessable('assignedTo is invalid'),
    )
  })

  test("a bulk change passes over another location's contacts", async () => {
    const body = { locationId: crm.locationId, contacts: [theirs.contact, own.contact], tags: ['bulk'] }

    const reply = await crm.v2.post('/contacts/bulk/tags/update/add', body)

    expect(reply.body).toMatchObject({
      errorCount: 1,
      responses: [
        { contactId: theirs.contact, type: 'error', message: 'contact does not belong to location' },
        { contactId: own.contact, type: 'success' },
      ],
    })
    expect((await crm.v2.get(`/contacts/${theirs.contact}`, { token: theirs.token })).body.contact.tags).toEqual([])
  })

  test("a search finds nothing of another location's, by no filter and no text", async () => {
    const { locationId } = crm
    const filters = [{ field: 'id', operator: 'eq', value: theirs.opportunity }]

    const found = [
      await crm.v2.get(`/opportunities/search?location_id=${locationId}&q=Secret`),
      await crm.v2.get(`/opportunities/search?location_id=${locationId}&contact_id=${theirs.contact}`),
      await crm.v2.get(`/opportunities/search?location_id=${locationId}&pipeline_id=${theirs.pipeline}`),
      await crm.v2.post('/opportunities/search', { locationId, filters }),
    ].map(({ body }) => body.opportunities)
    const contacts = await crm.v2.post('/contacts/search', { locationId, query: 'zoe@example.com' })
    const duplicate = await crm.v2.get(`/contacts/search/duplicate?locationId=${locationId}&email=zoe@example.com`)

    expect(found).toEqual([[], [], [], []])
    expect(contacts.body).toMatchObject({ contacts: [], total: 0 })
    expect(duplicate.body.contact).toBeNull()
  })

  describe('naming another location', () => {
    test.each(['Location-Id', 'locationId', 'x-location-id', 'LOCATION-ID'])(
      'in the header %s is forbidden',
      async (name) => {
        const headers = { [name]: theirs.locationId }

        expect(refused(await crm.v2.get(`/opportunities/${own.opportunity}`, { headers }))).toEqual(foreign)
        expect(refused(await crm.v2.put(`/opportunities/${own.opportunity}`, {}, { headers }))).toEqual(foreign)
      },
    )

    test.each(['locationId', 'location_id'])('in the query as %s is forbidden', async (name) => {
      const query = `${name}=${theirs.locationId}`

      expect(refused(await crm.v2.get(`/opportunities/search?${query}`))).toEqual(foreign)
      expect(refused(await crm.v2.get(`/opportunities/pipelines?${query}`))).toEqual(foreign)
      expect(refused(await crm.v2.get(`/opportunities/${own.opportunity}?${query}`))).toEqual(foreign)
      expect(refused(await crm.v2.get(`/opportunities/${own.opportunity}?${query}&${query}`))).toEqual(foreign)
    })

    test('in the body is forbidden, where the operation knows the property and where it does not', async () => {
      const body = { locationId: theirs.locationId }

      expect(refused(await crm.v2.post('/opportunities/', body))).toEqual(foreign)
      expect(refused(await crm.v2.post('/opportunities/search', body))).toEqual(foreign)
      expect(refused(await crm.v2.post('/contacts/', body))).toEqual(foreign)
      expect(refused(await crm.v2.put(`/contacts/${own.contact}`, body))).toEqual(foreign)
      expect(refused(await crm.v2.put(`/opportunities/${own.opportunity}`, body))).toEqual(foreign)
    })

    test('in the path is forbidden', async () => {
      const place = `/locations/${theirs.locationId}`

      expect(refused(await crm.v2.get(place))).toEqual(foreign)
      expect(refused(await crm.v2.put(place, { name: 'Mine' }))).toEqual(foreign)
      expect(refused(await crm.v2.get(`${place}/tags`))).toEqual(foreign)
      expect(refused(await crm.v2.get(`${place}/customFields/${theirs.customField}`))).toEqual(foreign)
      expect(refused(await crm.v2.delete(`${place}/tags/${theirs.tag}`))).toEqual(foreign)
    })

    test('is forbidden even beside the right one', async () => {
      const headers = { 'location-id': theirs.locationId }

      const reply = await crm.v2.get(`/opportunities/pipelines?locationId=${crm.locationId}`, { headers })

      expect(refused(reply)).toEqual(foreign)
    })

    test('is told before anything is said about the body or the record', async () => {
      const reply = await crm.v2.put('/opportunities/nobody', { locationId: theirs.locationId, foo: 1 })

      expect(refused(reply)).toEqual(foreign)
    })

    test('in any place is fine when it is the own one', async () => {
      const { locationId } = crm

      for (const name of ['Location-Id', 'locationId', 'x-location-id']) {
        const reply = await crm.v2.get('/opportunities/pipelines', { headers: { [name]: locationId } })
        expect(reply.status, name).toBe(200)
      }
      expect((await crm.v2.get(`/opportunities/${own.opportunity}?location_id=${locationId}`)).status).toBe(200)
      expect((await crm.v2.put(`/opportunities/${own.opportunity}`, { locationId })).status).toBe(200)
    })
  })

  describe('a location that nobody names, where it is documented as required', () => {
    const undefinedAs = (name: string) => [
      422,
      { statusCode: 422, message: `${name} can't be undefined`, code: 'COMMON_LOCATION_ID_UNDEFINED' },
    ]

    test.each([
      '/opportunities/pipelines',
      '/opportunities/lost-reason',
      '/contacts/',
      '/contacts/search/duplicate',
      '/users/',
      '/workflows/',
      '/campaigns/',
    ])('is missed in the query of %s', async (path) => {
      expect(refused(await crm.v2.get(path))).toEqual(undefinedAs('locationId'))
    })

    test('is missed by its snake_case name in the search', async () => {
      expect(refused(await crm.v2.get('/opportunities/search'))).toEqual(undefinedAs('location_id'))
      expect(refused(await crm.v2.get('/opportunities/search?limit=5'))).toEqual(undefinedAs('location_id'))
      expect(refused(await crm.v2.get('/opportunities/search?startAfter=5'))).toEqual(undefinedAs('location_id'))
    })

    test('is missed under the other spelling', async () => {
      const reply = await crm.v2.get(`/opportunities/pipelines?location_id=${crm.locationId}`)

      expect(refused(reply)).toEqual(undefinedAs('locationId'))
    })

    test('is refused by name under the camelCase spelling in the search', async () => {
      const reply = await crm.v2.get(`/opportunities/search?locationId=${crm.locationId}&pipelineId=p`)

      expect(refused(reply)).toEqual(
        unprocessable(
          'property locationId should not exist',
          'property pipelineId should not exist',
          'location_id should not be empty',
          'location_id must be a string',
        ),
      )
    })

    test.each([
      '/opportunities/',
      '/opportunities/search',
      '/opportunities/pipelines',
      '/contacts/',
      '/contacts/upsert',
      '/contacts/search',
      '/contacts/bulk/tags/update/add',
    ])('is missed in the body of %s, before its other fields', async (path) => {
      expect(refused(await crm.v2.post(path, {}))).toEqual(undefinedAs('locationId'))
      expect(refused(await crm.v2.post(path))).toEqual(undefinedAs('locationId'))
    })

    test('is filled in from a header', async () => {
      const headers = { 'Location-Id': crm.locationId }

      const body = { pipelineId: crm.pipeline.id, name: 'A deal', status: 'open', contactId: own.contact }

      expect((await crm.v2.post('/opportunities/', body, { headers })).status).toBe(201)
      expect((await crm.v2.get('/opportunities/search', { headers })).status).toBe(200)
    })
  })
})
