import { afterEach, describe, expect, test } from 'vitest'
import { bare, type Crm, onEveryStore, startCrm } from '../harness.ts'

/** What docs/compatibility.md decides where sources contradict each other: a test for each. */
onEveryStore('where sources disagree', (crm) => {
  const flags = { succeded: true, success: true, succeeded: true }

  describe('writing', () => {
    test('a status answers success, the opportunity, and its scalars beside it', async () => {
      const { id } = await crm.given.opportunity()

      const { body } = await crm.v2.put(`/opportunities/${id}/status`, { status: 'won' })

      expect(body).toMatchObject({ ...flags, id, status: 'won', opportunity: { id, status: 'won' } })
    })

    test('answers success in all three spellings', async () => {
      const [deal, contact] = [await crm.given.opportunity(), await crm.given.contact()]

      const replies = [await crm.v2.delete(`/opportunities/${deal.id}`), await crm.v2.delete(`/contacts/${contact.id}`)]

      expect(replies.map(bare)).toEqual([flags, flags])
    })

    test('with PATCH does what PUT does', async () => {
      const { id } = await crm.given.opportunity()

      const renamed = await crm.v2.patch(`/opportunities/${id}`, { name: 'Renamed' })
      const closed = await crm.v2.patch(`/opportunities/${id}/status`, { status: 'abandoned' })

      expect(renamed.body.opportunity).toMatchObject({ id, name: 'Renamed' })
      expect(closed.body.opportunity).toMatchObject({ id, name: 'Renamed', status: 'abandoned' })
    })

    test('refuses the status "all", which a search takes', async () => {
      const { id, contactId } = await crm.given.opportunity()
      const deal = { locationId: crm.locationId, pipelineId: crm.pipeline.id, name: 'Deal', contactId, status: 'all' }

      const refused = [
        await crm.v2.post('/opportunities/', deal),
        await crm.v2.post('/opportunities/upsert', deal),
        await crm.v2.put(`/opportunities/${id}`, { status: 'all' }),
        await crm.v2.put(`/opportunities/${id}/status`, { status: 'all' }),
      ]

      expect(refused.map(({ status }) => status)).toEqual([422, 422, 422, 422])
      expect((await search({ id, status: 'all' })).body.meta.total).toBe(1)
    })

    test('needs a status to create, but not to upsert', async () => {
      const { id: contactId } = await crm.given.contact({ firstName: 'Ada', lastName: 'King' })
      const body = { locationId: crm.locationId, pipelineId: crm.pipeline.id, contactId }

      const created = await crm.v2.post('/opportunities/', { ...body, name: 'Deal' })
      const upserted = await crm.v2.post('/opportunities/upsert', body)

      expect(created.status).toBe(422)
      expect(upserted.body).toMatchObject({ new: true, opportunity: { status: 'open', name: 'Ada King' } })
      expect(upserted.body.opportunity.pipelineStageId).toBe(crm.stages[0]?.id)
    })

    test('upserts by contact, open deals first, or by id, and asks for neither followers nor flags', async () => {
      const { id, contactId } = await crm.given.opportunity()
      await crm.given.opportunity({ contactId, status: 'won' })
      const body = { locationId: crm.locationId, pipelineId: crm.pipeline.id }

      const byContact = await crm.v2.post('/opportunities/upsert', { ...body, contactId, monetaryValue: 5 })
      const byId = await crm.v2.post('/opportunities/upsert', { ...body, id, monetaryValue: 6 })
      const byNothing = await crm.v2.post('/opportunities/upsert', body)

      expect(byContact.body).toMatchObject({ new: false, opportunity: { id, monetaryValue: 5 } })
      expect(byId.body).toMatchObject({ new: false, opportunity: { id, monetaryValue: 6 } })
      expect(byNothing.body.message).toEqual(['contactId should not be empty', 'contactId must be a string'])
    })

    test('answers 201 to a create, 200 to an upsert and to a search by POST', async () => {
      const { id: contactId } = await crm.given.contact()
      const body = { locationId: crm.locationId, pipelineId: crm.pipeline.id, contactId }
      const pipeline = { locationId: crm.locationId, name: 'Hiring', stages: [{ name: 'Applied' }] }

      const replies = [
        await crm.v2.post('/opportunities/', { ...body, name: 'Deal', status: 'open' }),
        await crm.v2.post('/opportunities/pipelines', pipeline),
        await crm.v2.post('/opportunities/upsert', body),
        await crm.v2.post('/opportunities/search', { locationId: crm.locationId }),
      ]

      expect(replies.map(({ status }) => status)).toEqual([201, 201, 200, 200])
    })

    test('refuses a stage of another pipeline with 400, wherever it is named', async () => {
      const [{ id, contactId }, other] = [await crm.given.opportunity(), await crm.given.pipeline('Elsewhere')]
      const pipelineStageId = other.stages[0]?.id
      const deal = { locationId: crm.locationId, pipelineId: crm.pipeline.id, name: 'Deal', status: 'open', contactId }

      const refused = [
        await crm.v2.post('/opportunities/', { ...deal, pipelineStageId }),
        await crm.v2.post('/opportunities/upsert', { ...deal, pipelineStageId }),
        await crm.v2.put(`/opportunities/${id}`, { pipelineStageId }),
        await crm.v2.put(`/opportunities/${id}/status`, { status: 'won', pipelineStageId }),
      ]

      for (const { body } of refused) expect(body).toMatchObject({ statusCode: 400, code: 'PIPELINE_STAGE_NOT_FOUND' })
      expect((await crm.v2.get(`/opportunities/${id}`)).body.opportunity.status).toBe('open')
    })

    test('of another pipeline alone moves to its first stage; of the same one changes nothing', async () => {
      const { id } = await crm.given.opportunity({ pipelineStageId: crm.stages[1]?.id })
      const other = await crm.given.pipeline('Further')

      const stayed = await crm.v2.put(`/opportunities/${id}`, { pipelineId: crm.pipeline.id })
      const moved = await crm.v2.put(`/opportunities/${id}`, { pipelineId: other.id })

      expect(stayed.body.opportunity).toMatchObject({ pipelineStageId: crm.stages[1]?.id, indexVersion: 1 })
      expect(moved.body.opportunity).toMatchObject({ pipelineId: other.id, pipelineStageId: other.stages[0]?.id })
    })

    test('nothing new changes nothing and makes no event', async () => {
      const { id, updatedAt } = await crm.given.opportunity()
      const known = (await crm.events(id)).length

      const replies = [
        await crm.v2.put(`/opportunities/${id}`, {}),
        await crm.v2.put(`/opportunities/${id}/status`, { status: 'open' }),
      ]

      for (const { body } of replies) expect(body.opportunity).toMatchObject({ indexVersion: 1, updatedAt })
      expect(await crm.events(id)).toHaveLength(known)
    })

    test('takes the assignee away with null or nothing, and gives a new deal the owner of its contact', async () => {
      const user = await crm.given.user()
      const { id: contactId } = await crm.given.contact({ assignedTo: user.id })
      const { id, assignedTo } = await crm.given.opportunity({ contactId })

      const cleared = await crm.v2.put(`/opportunities/${id}`, { assignedTo: '' })
      await crm.v2.put(`/opportunities/${id}`, { assignedTo: user.id })
      const again = await crm.v2.put(`/opportunities/${id}`, { assignedTo: null })

      expect(assignedTo).toBe(user.id)
      expect([cleared, again].map(({ body }) => body.opportunity.assignedTo)).toEqual([null, null])
    })

    test('a lost reason needs a lost deal, is cleared when it reopens, and can be kept by the API', async () => {
      const { id } = await crm.given.opportunity()
      const { lostReason } = (await crm.v2.post('/opportunities/lost-reason', { name: 'Price' })).body
      const wish = { lostReasonId: lostReason.id }

      const refused = await crm.v2.put(`/opportunities/${id}`, wish)
      const lost = await crm.v2.put(`/opportunities/${id}`, { ...wish, status: 'lost' })
      const reopened = await crm.v2.put(`/opportunities/${id}/status`, { status: 'open' })
      const renamed = await crm.v2.put(`/opportunities/lost-reason/${lostReason.id}`, { name: 'Too expensive' })
      const deleted = await crm.v2.delete(`/opportunities/lost-reason/${lostReason.id}`)

      expect(refused.body.message).toEqual(['lostReasonId is only allowed when status is lost'])
      expect([lost, reopened].map(({ body }) => body.opportunity.lostReasonId)).toEqual([lostReason.id, null])
      expect(renamed.body.lostReason).toMatchObject({ id: lostReason.id, name: 'Too expensive' })
      expect(bare(deleted)).toEqual(flags)
    })

    test('two deals for one contact in a pipeline is fine until the location says otherwise; then any status blocks', async () => {
      const { id, contactId } = await crm.given.opportunity({ status: 'lost' })
      const second = await crm.given.opportunity({ contactId })
      await crm.v2.delete(`/opportunities/${second.id}`)
      const deal = { locationId: crm.locationId, pipelineId: crm.pipeline.id, name: 'Third', status: 'open', contactId }
      const setting = (allowDuplicateOpportunity: boolean) =>
        crm.v2.put(`/locations/${crm.locationId}`, { settings: { allowDuplicateOpportunity } })

      await setting(false)
      const third = await crm.v2.post('/opportunities/', deal)
      const elsewhere = await crm.v2.post('/opportunities/', {
        ...deal,
        pipelineId: (await crm.given.pipeline('2')).id,
      })
      await setting(true)

      expect(bare(third)).toEqual({
        statusCode: 400,
        message: 'Can not create duplicate opportunity for the contact.',
        code: 'OPPORTUNITY_NO_DUPLICATE',
        meta: { existingId: id },
        error: 'Bad Request',
      })
      expect(elsewhere.status).toBe(201)
    })

    test('a deleted deal leaves its contact with notes; a deleted contact takes its deals along', async () => {
      const { id: contactId } = await crm.given.contact()
      await crm.v2.post(`/contacts/${contactId}/notes`, { body: 'Kept' })
      const [one, other] = [await crm.given.opportunity({ contactId }), await crm.given.opportunity({ contactId })]

      await crm.v2.delete(`/opportunities/${one.id}`)
      const { notes } = (await crm.v2.get(`/contacts/${contactId}/notes`)).body
      await crm.v2.delete(`/contacts/${contactId}`)

      expect(notes).toMatchObject([{ body: 'Kept' }])
      expect((await crm.v2.get(`/opportunities/${other.id}`)).body.code).toBe('OPPORTUNITY_NOT_FOUND')
    })
  })

  describe('a contact that is refused', () => {
    test('for its phone number is not made', async () => {
      const body = { locationId: crm.locationId, email: 'halfway@example.com', phone: '+120255501071234567890' }

      const refused = [await crm.v2.post('/contacts/', body), await crm.v2.post('/contacts/upsert', body)]
      const { total } = (await crm.v2.post('/contacts/search', { locationId: crm.locationId, query: body.email })).body

      expect(refused.map(({ status }) => status)).toEqual([400, 400])
      expect(total).toBe(0)
    })

    test('because another has its phone number is not changed by half', async () => {
      const phone = '+12025550107'
      const [one, other] = [await crm.given.contact(), await crm.given.contact({ phone })]
      const body = { locationId: crm.locationId, email: one.email, phone, firstName: 'Changed' }

      const reply = await crm.v2.post('/contacts/upsert', body)
      const { contact } = (await crm.v2.get(`/contacts/${one.id}`)).body

      expect(reply.body).toMatchObject({ statusCode: 400, meta: { contactId: other.id, matchingField: 'phone' } })
      expect(contact).toMatchObject({ firstName: 'Ada', phone: null })
    })
  })

  describe('reading', () => {
    test('one opportunity always carries notes, tasks and calendar events', async () => {
      const { id } = await crm.given.opportunity()

      const { opportunity } = (await crm.v2.get(`/opportunities/${id}`)).body

      expect(opportunity).toMatchObject({ notes: [], tasks: [], calendarEvents: [], followers: [], customFields: [] })
    })

    test('custom values go in under any spelling and come out under all of them', async () => {
      const wanted = { name: 'Deal size', dataType: 'NUMERICAL', model: 'opportunity' }
      const { customField } = (await crm.v2.post(`/locations/${crm.locationId}/customFields`, wanted)).body
      const { id } = await crm.given.opportunity()
      const { id: fieldId, fieldKey } = customField

      const seen: unknown[] = []
      for (const value of [
        { id: fieldId, field_value: 1 },
        { key: 'deal_size', fieldValue: 2 },
        { key: 'opportunity.deal_size', value: '3' },
      ]) {
        const reply = await crm.v2.put(`/opportunities/${id}`, { customFields: [value] })
        seen.push(reply.body.opportunity.customFields[0].fieldValue)
      }
      const { opportunity } = (await crm.v2.get(`/opportunities/${id}`)).body
      const [row] = (await search({ id })).body.opportunities
      const filters = [{ field: `custom_fields.${fieldId}`, operator: 'range', value: { gte: 3 } }]
      const [advanced] = (await advancedSearch({ filters })).body.opportunities

      const whole = { id: fieldId, key: 'deal_size', fieldKey, fieldValue: 3, fieldValueNumber: 3, type: 'NUMERICAL' }
      expect(seen).toEqual([1, 2, 3])
      for (const { customFields } of [opportunity, row, advanced]) expect(customFields).toMatchObject([whole])
      expect(advanced.custom_fields).toEqual(advanced.customFields)
    })

    test('a custom value of a field that does not exist is refused', async () => {
      const { id } = await crm.given.opportunity()

      const reply = await crm.v2.put(`/opportunities/${id}`, { customFields: [{ id: 'x', field_value: 'any' }] })

      expect(reply.body.message).toEqual(['customFields.0.id is invalid'])
    })

    test('custom fields are those of contacts unless the model says otherwise', async () => {
      const path = `/locations/${crm.locationId}/customFields`
      for (const model of ['contact', 'opportunity']) await crm.v2.post(path, { name: model, dataType: 'TEXT', model })

      const { customFields } = (await crm.v2.get(path)).body

      expect(new Set(customFields.map(({ model }: { model: string }) => model))).toEqual(new Set(['contact']))
    })

    test('a duplicate that is not there is null', async () => {
      const path = `/contacts/search/duplicate?locationId=${crm.locationId}&email=nobody@example.com`

      expect(bare(await crm.v2.get(path))).toEqual({ contact: null })
    })

    test('stages are numbered from 1 in the order of the list, which a number sent along only sorts', async () => {
      const stages = [
        { name: 'Last', position: 40 },
        { name: 'First', position: 0 },
        { name: 'Middle', position: 7 },
      ]

      const { body } = await crm.v2.post('/opportunities/pipelines', {
        locationId: crm.locationId,
        name: 'Sorted',
        stages,
      })

      expect(body.stages.map(({ name, position }: { name: string; position: number }) => [position, name])).toEqual([
        [1, 'First'],
        [2, 'Middle'],
        [3, 'Last'],
      ])
    })

    test.each(['2021-07-28', '2021-04-15', '2023-02-21', 'legacy'])('Version: %s means v2', async (version) => {
      const reply = await crm.v2.get(`/opportunities/pipelines?locationId=${crm.locationId}`, { headers: { version } })

      expect(reply.status).toBe(200)
    })

    test('two pipelines may have one name', async () => {
      const body = { locationId: crm.locationId, name: 'Twins', stages: [{ name: 'One' }] }

      const replies = [
        await crm.v2.post('/opportunities/pipelines', body),
        await crm.v3.post('/opportunities/pipelines', body),
      ]

      expect(replies.map(({ status, body: { name } }) => [status, name])).toEqual([
        [201, 'Twins'],
        [201, 'Twins'],
      ])
    })

    test('any other version but v3 is 401', async () => {
      for (const version of ['v4', 'v2', '2024-01-01']) {
        const reply = await crm.v2.get(`/opportunities/x`, { headers: { version } })

        expect(bare(reply)).toEqual({ statusCode: 401, message: 'version header is invalid' })
      }
    })

    test('a missing scope is 401, another location 403, and what lives there 404', async () => {
      const { id } = await crm.given.opportunity()
      const other = await crm.given.location()
      const scoped = await crm.given.token(['contacts.readonly'])

      const replies = [
        await crm.v2.get(`/opportunities/${id}`, { token: scoped }),
        await crm.v2.get(`/opportunities/pipelines?locationId=${crm.locationId}`, { token: other.token }),
        await crm.v2.get(`/opportunities/${id}`, { token: other.token }),
      ]

      expect(replies.map(({ status }) => status)).toEqual([401, 403, 404])
    })

    test('an API key of v1 is no token of v2', async () => {
      const reply = await crm.v2.get(`/opportunities/x`, { token: crm.first.apiKey })

      expect(reply.status).toBe(401)
    })

    test('every object carries its traceId, and a header says it too', async () => {
      for (const path of ['/opportunities/x', `/opportunities/pipelines?locationId=${crm.locationId}`, '/nowhere']) {
        const { body, headers } = await crm.v2.get(path)

        expect(body.traceId).toBe(headers.get('x-trace-id'))
      }
    })
  })

  describe('searching', () => {
    test('refuses the other spelling and unknown names', async () => {
      const reply = await search({ pipelineId: 'x', sortBy: 'name' })

      expect(reply.body.message).toEqual(['property pipelineId should not exist', 'property sortBy should not exist'])
    })

    test('sees what was written the moment before, and counts nothing as 0', async () => {
      const { id } = await crm.given.opportunity({ name: 'Brand new' })

      expect((await search({ q: 'brand new' })).body.opportunities).toMatchObject([{ id }])
      expect((await search({ q: 'nobody wrote this' })).body.meta.total).toBe(0)
    })

    test('takes six orders, newest first unless asked, and no other', async () => {
      const { id: contact_id } = await crm.given.contact()
      const deals = []
      for (const name of ['B', 'A', 'C']) deals.push(await crm.given.opportunity({ name, contactId: contact_id }))
      crm.advance(1000)
      await crm.v2.put(`/opportunities/${deals[1].id}`, { monetaryValue: 1 })

      const seen: Record<string, string> = {}
      for (const order of ['', 'added_asc', 'added_desc', 'name_asc', 'name_desc', 'updated_asc', 'updated_desc']) {
        const { opportunities } = (await search({ contact_id, ...(order && { order }) })).body
        seen[order] = opportunities.map(({ name }: { name: string }) => name).join('')
      }

      expect(seen).toMatchObject({ '': 'CAB', added_asc: 'BAC', added_desc: 'CAB', name_asc: 'ABC', name_desc: 'CBA' })
      expect([seen.updated_asc?.at(-1), seen.updated_desc?.at(0)]).toEqual(['A', 'A'])
      expect((await search({ order: 'value_asc' })).status).toBe(422)
    })

    test('by POST counts pages from 1, takes 0 for the first, and lets searchAfter win', async () => {
      const { id: contactId } = await crm.given.contact()
      for (const name of ['Third', 'Second', 'First']) await crm.given.opportunity({ contactId, name })
      const filters = [{ field: 'contact_id', operator: 'eq', value: contactId }]
      const page = async (more: object) => (await advancedSearch({ filters, limit: 1, ...more })).body.opportunities[0]

      const first = await page({ page: 1 })

      expect(first.name).toBe('First')
      expect((await page({ page: 0 })).name).toBe('First')
      expect((await page({ page: 2 })).name).toBe('Second')
      expect((await page({ page: 1, searchAfter: first.sort.map(String) })).name).toBe('Second')
    })

    test('by POST takes one value or a list for any field, one group or a list of filters, and refuses the rest', async () => {
      const { id } = await crm.given.opportunity({ source: 'fair' })
      const filter = { field: 'source', operator: 'eq', value: 'fair' }

      for (const filters of [
        [filter],
        [{ ...filter, value: ['fair', 'web'] }],
        { group: 'OR', filters: [filter, { field: 'id', operator: 'eq', value: 'x' }] },
      ]) {
        expect((await advancedSearch({ filters })).body.opportunities).toMatchObject([{ id }])
      }
      for (const wrong of [
        { ...filter, value: { gte: 1 } },
        { ...filter, operator: 'gt' },
        { ...filter, field: 'colour' },
      ]) {
        expect((await advancedSearch({ filters: [wrong] })).status).toBe(422)
      }
    })
  })

  const search = (query: Record<string, string>) =>
    crm.v2.get(`/opportunities/search?${new URLSearchParams({ location_id: crm.locationId, ...query })}`)

  const advancedSearch = (body: object) => crm.v2.post('/opportunities/search', { locationId: crm.locationId, ...body })
})

describe('where the operator chooses', () => {
  let crm: Crm
  afterEach(() => crm.stop())

  test('a new deal must name its stage', async () => {
    crm = await startCrm({ requireStage: true })
    const { id: contactId } = await crm.given.contact()
    const deal = { locationId: crm.locationId, pipelineId: crm.pipeline.id, name: 'Deal', status: 'open', contactId }

    const refused = await crm.v2.post('/opportunities', deal)
    const made = await crm.v2.post('/opportunities', { ...deal, pipelineStageId: crm.stages[0]?.id })

    expect(refused.body.message).toEqual(['pipelineStageId should not be empty', 'pipelineStageId must be a string'])
    expect(made.status).toBe(201)
  })

  describe('where links lead:', () => {
    const links = async (headers: Record<string, string> = {}) => {
      const { id: contactId } = await crm.given.contact()
      for (let count = 0; count < 2; count++) await crm.given.opportunity({ contactId })
      await crm.given.contact()
      const deals = await crm.v2.get(`/opportunities/search?location_id=${crm.locationId}&limit=1`, { headers })
      const contacts = await crm.v2.get(`/contacts/?locationId=${crm.locationId}&limit=1`, { headers })
      return [deals, contacts].map(({ body }) => body.meta.nextPageUrl as string)
    }

    test('to where the client called, unless something else is said', async () => {
      crm = await startCrm()

      for (const link of await links()) expect(link).toMatch(`${crm.url}/`)
    })

    test('to the public address, whatever the client called', async () => {
      crm = await startCrm({ publicUrl: 'https://crm.example.com/api' })
      const [deals, contacts] = await links({ 'x-forwarded-host': 'other.example.com' })

      expect(deals).toMatch(/^https:\/\/crm\.example\.com\/api\/opportunities\/search\?/)
      expect(contacts).toMatch(/^https:\/\/crm\.example\.com\/api\/contacts\/\?/)
    })

    test('to where a proxy on the same machine was called', async () => {
      crm = await startCrm()
      const [deals, contacts] = await links({ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'crm.example.com' })

      expect(deals).toMatch(/^https:\/\/crm\.example\.com\/opportunities\/search\?/)
      expect(contacts).toMatch(/^https:\/\/crm\.example\.com\/contacts\/\?/)
    })
  })

  test('a search takes both spellings, and passes over what it does not know', async () => {
    crm = await startCrm({ relaxedSearch: true })
    const { id } = await crm.given.opportunity({ pipelineStageId: crm.stages[1]?.id })
    await crm.given.opportunity()
    const query = { locationId: crm.locationId, pipelineStageId: crm.stages[1]?.id as string, sortBy: 'name' }

    const { body } = await crm.v2.get(`/opportunities/search?${new URLSearchParams(query)}`)

    expect(body).toMatchObject({ opportunities: [{ id }], meta: { total: 1 } })
  })
})
