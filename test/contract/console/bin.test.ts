import { describe, expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'
import { onlyAssigned, visitOf } from '../../support/people.ts'
import { startReceiver } from '../../support/receiver.ts'
import { subscribe } from '../../support/webhooks.ts'
import { workflowsOf } from '../../support/workflows.ts'
import { customField } from '../v2/expected.ts'

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const day = 24 * 60 * 60 * 1000

onEveryStore('the bin', (crm) => {
  const bin = async (query = '') => (await crm.ask('GET', `/console/bin${query}`)).body
  const restore = (id: string, options = {}) => crm.ask('POST', `/console/bin/${id}/restore`, options)
  const given = async (fields: Record<string, unknown> = {}) => {
    const deal = await crm.given.opportunity(fields)
    await crm.v2.delete(`/opportunities/${deal.id}`)
    return deal
  }

  test('lists what was deleted, the last first, with who did it', async () => {
    const first = await given({ name: 'First', monetaryValue: 12.5, status: 'won' })
    const visit = await visitOf(crm, { firstName: 'Ruth', lastName: 'Ost' })
    const second = await crm.given.opportunity({ name: 'Second' })
    crm.advance(1)
    await visit.ask('DELETE', `/opportunities/${second.id}`)

    const reply = await crm.ask('GET', '/console/bin')

    expect(reply.status).toBe(200)
    const entry = {
      monetaryValue: null,
      status: 'open',
      pipelineId: crm.pipeline.id,
      pipelineStageId: crm.stages[0]?.id,
      deletedAt: time,
      forgottenAt: time,
    }
    expect(bare(reply)).toEqual({
      opportunities: [
        {
          ...entry,
          id: second.id,
          name: 'Second',
          contact: { id: second.contactId, name: second.contact.name },
          deletedBy: { kind: 'user', id: visit.user.id, name: 'Ruth Ost' },
        },
        {
          ...entry,
          id: first.id,
          name: 'First',
          monetaryValue: 12.5,
          status: 'won',
          contact: { id: first.contactId, name: first.contact.name },
          deletedBy: { kind: 'token', id: expect.any(String), name: expect.any(String) },
        },
      ],
      nextCursor: null,
    })
    const [{ deletedAt, forgottenAt }] = reply.body.opportunities
    expect(Date.parse(forgottenAt) - Date.parse(deletedAt)).toBe(60 * day)
    const { opportunities, nextCursor } = await bin('?limit=1')
    expect(opportunities).toEqual([reply.body.opportunities[0]])
    expect(await bin(`?limit=1&cursor=${nextCursor}`)).toMatchObject({
      opportunities: [reply.body.opportunities[1]],
      nextCursor: null,
    })
  })

  describe('restore', () => {
    test('brings a deal back by its id, as it was, to every reader and total', async () => {
      const user = await crm.given.user()
      const field = await customField(crm, 'Budget', 'NUMERICAL')
      const deal = await crm.given.opportunity({ monetaryValue: 40, pipelineStageId: crm.stages[1]?.id })
      await crm.v2.put(`/opportunities/${deal.id}`, { customFields: [{ id: field.id, field_value: 3 }] })
      await crm.v2.post(`/opportunities/${deal.id}/followers`, { followers: [user.id] })
      const before = (await crm.v3.get(`/opportunities/${deal.id}`)).body.opportunity
      const board = async () => bare(await crm.ask('GET', `/console/board?pipelineId=${crm.pipeline.id}`))
      const sums = await board()
      await crm.v2.delete(`/opportunities/${deal.id}`)

      const reply = await restore(deal.id)

      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({
        opportunity: { ...before, indexVersion: before.indexVersion + 2, updatedAt: time, lastActionDate: time },
      })
      expect((await crm.v3.get(`/opportunities/${deal.id}`)).body.opportunity).toEqual(reply.body.opportunity)
      expect(await board()).toEqual(sums)
      expect((await bin()).opportunities.map(({ id }: { id: string }) => id)).not.toContain(deal.id)
      for (const [of, value] of [
        ['followers', user.id],
        [`custom_fields.${field.id}`, 3],
      ] as const) {
        const filters = [{ field: of, operator: 'eq', value }]
        const found = await crm.v2.post('/opportunities/search', { locationId: crm.locationId, filters })
        expect(found.body.opportunities).toHaveLength(1)
      }
    })

    test('is told to webhooks as a creation, and begins no workflow that greets what is new', async () => {
      const receiver = await startReceiver()
      await subscribe(crm, receiver, { types: ['*'] })
      const workflow = await workflowsOf(crm).running({
        trigger: { type: 'opportunity_created', filters: {} },
        steps: [{ type: 'internal_update_opportunity', settings: { source: 'greeted' } }],
      })
      const deal = await crm.given.opportunity()
      await crm.settle()
      await crm.v2.put(`/opportunities/${deal.id}`, { source: 'mine' })
      await crm.v2.delete(`/opportunities/${deal.id}`)
      await crm.settle()
      receiver.received.splice(0)

      await restore(deal.id)
      await crm.settle()

      const told = receiver.received.map(({ body }) => [body.type, body.id, body.changes])
      expect(told).toEqual([
        ['OpportunityCreate', deal.id, {}],
        ['OpportunityUpdate', deal.id, {}],
      ])
      expect((await crm.v2.get(`/opportunities/${deal.id}`)).body.opportunity.source).toBe('mine')
      const [event] = (await crm.events(deal.id)).slice(-1)
      expect(event).toMatchObject({ types: ['OpportunityCreate', 'OpportunityUpdate'], before: null })
      await crm.ask('POST', `/console/workflows/${workflow.id}/unpublish`)
      await receiver.close()
    })

    test('puts it into the first stage where its own is gone', async () => {
      const pipeline = await crm.given.pipeline('Shrinks', ['First', 'Second'])
      const deal = await given({ pipelineId: pipeline.id, pipelineStageId: pipeline.stages[1]?.id })
      await crm.v3.put(`/opportunities/pipelines/${pipeline.id}`, { stages: pipeline.stages.slice(0, 1) })

      const { opportunity } = (await restore(deal.id)).body

      expect(opportunity).toMatchObject({ pipelineId: pipeline.id, pipelineStageId: pipeline.stages[0]?.id })
      expect(opportunity.lastStageChangeAt).toBe(opportunity.updatedAt)
    })

    test('puts it into the first pipeline where its own is gone', async () => {
      const pipeline = await crm.given.pipeline('Goes')
      const deal = await crm.given.opportunity({ pipelineId: pipeline.id })
      expect((await crm.v3.delete(`/opportunities/pipelines/${pipeline.id}`)).status).toBe(200)

      expect((await restore(deal.id)).body.opportunity).toMatchObject({
        pipelineId: crm.pipeline.id,
        pipelineStageId: crm.stages[0]?.id,
      })
    })

    test('leaves behind the values of fields that are gone', async () => {
      const field = await customField(crm, 'Passing', 'TEXT')
      const deal = await given({ customFields: [{ id: field.id, field_value: 'x' }] })
      await crm.v2.delete(`/locations/${crm.locationId}/customFields/${field.id}`)

      expect((await restore(deal.id)).body.opportunity.customFields).toEqual([])
    })

    test('of a deal whose contact is gone is refused', async () => {
      const deal = await crm.given.opportunity()
      await crm.v2.delete(`/contacts/${deal.contactId}`)

      const reply = await restore(deal.id)

      expect(reply.status).toBe(422)
      expect(reply.body.message).toEqual([
        'contactId is that of a contact that was deleted, without which the opportunity cannot be restored',
      ])
      const entry = (await bin()).opportunities.find(({ id }: { id: string }) => id === deal.id)
      expect(entry.contact).toEqual({ id: deal.contactId, name: null })
    })

    test('is refused where the contact has another deal and may have one only', async () => {
      const other = await crm.given.location({ allowDuplicateOpportunity: false })
      const options = { token: other.token }
      const { contact } = (await crm.v2.post('/contacts/', { locationId: other.id, firstName: 'Eva' }, options)).body
      const body = {
        locationId: other.id,
        pipelineId: other.pipeline.id,
        name: 'One',
        status: 'open',
        contactId: contact.id,
      }
      const first = (await crm.v2.post('/opportunities/', body, options)).body.opportunity
      await crm.v2.delete(`/opportunities/${first.id}`, undefined, options)
      const second = (await crm.v2.post('/opportunities/', body, options)).body.opportunity

      const reply = await restore(first.id, options)

      expect(reply.status).toBe(400)
      expect(reply.body).toMatchObject({ code: 'OPPORTUNITY_NO_DUPLICATE', meta: { existingId: second.id } })
    })

    test('asked for many times at once happens once', async () => {
      const deal = await given()

      const replies = await Promise.all(Array.from({ length: 8 }, () => restore(deal.id)))

      expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(404)])
      expect(bare(replies.find(({ status }) => status === 404) as never)).toEqual({
        ...{ statusCode: 404, error: 'Not Found', message: 'Opportunity not found', code: 'OPPORTUNITY_NOT_FOUND' },
      })
    })

    test('needs the scope to write', async () => {
      const deal = await given()
      const token = await crm.given.token(['opportunities.readonly'])

      expect((await restore(deal.id, { token })).status).toBe(401)
    })
  })

  test('shows who sees only their own what was theirs, and lets them restore that alone', async () => {
    const visit = await visitOf(crm, onlyAssigned)
    const other = await given()
    const theirs = await given({ assignedTo: visit.user.id })
    const followed = await given({ followers: [visit.user.id] })

    const { body } = await visit.ask('GET', '/console/bin')

    expect(body.opportunities.map(({ id }: { id: string }) => id).sort()).toEqual([theirs.id, followed.id].sort())
    expect((await visit.ask('POST', `/console/bin/${other.id}/restore`)).status).toBe(404)
    expect((await visit.ask('POST', `/console/bin/${theirs.id}/restore`)).status).toBe(200)
  })

  test('of another location is not there', async () => {
    const other = await crm.given.location()
    const deal = await given()

    expect((await crm.ask('GET', '/console/bin', { token: other.token })).body.opportunities).toEqual([])
    expect((await restore(deal.id, { token: other.token })).status).toBe(404)
  })

  test.each(['limit=0', 'cursor=x'])('refuses %s', async (query) => {
    expect((await crm.ask('GET', `/console/bin?${query}`)).status).toBe(422)
  })

  test('forgets after sixty days', async () => {
    const deal = await given()
    crm.advance(59 * day)
    const later = await given()
    await crm.settle()
    const ids = async () => (await bin()).opportunities.map(({ id }: { id: string }) => id)
    expect(await ids()).toContain(deal.id)

    crm.advance(day + 3_600_000)
    await crm.settle()

    expect(await ids()).toEqual([later.id])
    expect((await restore(deal.id)).status).toBe(404)
  })
})
