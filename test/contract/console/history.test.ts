import { beforeAll, describe, expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'
import { onlyAssigned, visitOf } from '../../support/people.ts'
import { workflowsOf } from '../../support/workflows.ts'
import { customField } from '../v2/expected.ts'

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const seq = expect.any(Number)

interface Stage {
  id: string
  name: string
}

onEveryStore('the history', (crm) => {
  const history = (query: Record<string, string>, token?: string) =>
    crm.ask('GET', `/console/history?${new URLSearchParams(query)}`, { ...(token && { token }) })
  const of = async (record: string, recordId: string) => (await history({ record, recordId })).body.events
  const changesOf = async (record: string, recordId: string) =>
    (await of(record, recordId)).map((event: { changes: unknown }) => event.changes)
  const theToken = { kind: 'token', id: expect.any(String), name: expect.stringMatching(/\w/) }

  describe('of an opportunity', () => {
    test('tells who changed what, newest first, with the names of stages and people', async () => {
      const ana = await crm.given.user('Ana')
      const deal = await crm.given.opportunity({ name: 'Roof', monetaryValue: 5 })
      await crm.v2.put(`/opportunities/${deal.id}`, {
        pipelineStageId: crm.stages[1]?.id,
        assignedTo: ana.id,
        monetaryValue: 7.5,
        forecastExpectedCloseDate: '2030-01-02',
      })

      const reply = await history({ record: 'opportunity', recordId: deal.id })

      expect(reply.status).toBe(200)
      const at = (place: number) => ({ id: crm.stages[place]?.id, name: crm.stages[place]?.name })
      const contact = { id: deal.contactId, name: deal.contact.name }
      const pipeline = { id: crm.pipeline.id, name: crm.pipeline.name }
      expect(bare(reply)).toEqual({
        events: [
          {
            seq,
            at: time,
            types: [
              ...['OpportunityUpdate', 'OpportunityStageUpdate', 'OpportunityMonetaryValueUpdate'],
              'OpportunityAssignedToUpdate',
            ],
            record: 'opportunity',
            recordId: deal.id,
            caller: theToken,
            changes: [
              { field: 'pipelineStageId', before: at(0), after: at(1) },
              { field: 'monetaryValue', before: 5, after: 7.5 },
              { field: 'assignedTo', before: null, after: { id: ana.id, name: 'Ana Hopper' } },
              { field: 'forecastExpectedCloseDate', before: null, after: '2030-01-02T00:00:00.000Z' },
            ],
          },
          {
            seq,
            at: time,
            types: ['OpportunityCreate', 'OpportunityUpdate'],
            record: 'opportunity',
            recordId: deal.id,
            caller: theToken,
            changes: [
              { field: 'name', before: null, after: 'Roof' },
              { field: 'pipelineId', before: null, after: pipeline },
              { field: 'pipelineStageId', before: null, after: at(0) },
              { field: 'status', before: null, after: 'open' },
              { field: 'monetaryValue', before: null, after: 5 },
              { field: 'contactId', before: null, after: contact },
            ],
          },
        ],
        nextCursor: null,
      })
    })

    test('names lost reasons that are gone, people who left, and custom fields', async () => {
      const bob = await crm.given.user('Bob')
      const deal = await crm.given.opportunity()
      const field = await customField(crm, 'Budget', 'NUMERICAL')
      const reason = (await crm.v2.post('/opportunities/lost-reason', { locationId: crm.locationId, name: 'Too dear' }))
        .body.lostReason
      await crm.v2.put(`/opportunities/${deal.id}/status`, { status: 'lost', lostReasonId: reason.id })
      await crm.v2.put(`/opportunities/${deal.id}`, { customFields: [{ id: field.id, field_value: 12 }] })
      await crm.v2.post(`/opportunities/${deal.id}/followers`, { followers: [bob.id] })
      await crm.v2.delete(`/opportunities/lost-reason/${reason.id}?locationId=${crm.locationId}`)
      await crm.v2.delete(`/users/${bob.id}`)

      expect((await changesOf('opportunity', deal.id)).slice(0, 3)).toEqual([
        [{ field: 'followers', before: null, after: [{ id: bob.id, name: 'Bob Hopper' }] }],
        [{ field: `customFields.${field.id}`, label: 'Budget', before: null, after: 12 }],
        [
          { field: 'status', before: 'open', after: 'lost' },
          { field: 'lostReasonId', before: null, after: { id: reason.id, name: 'Too dear' } },
        ],
      ])
    })

    test('names custom fields that are gone as they were last called', async () => {
      const field = await customField(crm, 'Budget', 'NUMERICAL')
      const deal = await crm.given.opportunity()
      await crm.v2.put(`/opportunities/${deal.id}`, { customFields: [{ id: field.id, field_value: 12 }] })
      const path = `/locations/${crm.locationId}/customFields/${field.id}`
      await crm.v2.put(path, { name: 'Means' })
      expect((await crm.v2.delete(path)).status).toBe(200)

      expect((await changesOf('opportunity', deal.id))[0]).toEqual([
        { field: `customFields.${field.id}`, label: 'Means', before: null, after: 12 },
      ])
    })

    test('names stages and pipelines that are gone as they were last called', async () => {
      const { id: pipelineId, stages } = await crm.given.pipeline('Passing')
      const [first, second, third] = stages.map(({ id, name }) => ({ id, name })) as [Stage, Stage, Stage]
      const deal = await crm.given.opportunity({ pipelineId, pipelineStageId: second.id })
      const path = `/opportunities/pipelines/${pipelineId}`
      await crm.v2.put(`/opportunities/${deal.id}`, { pipelineStageId: first.id })
      await crm.v3.put(path, { stages: [first, { ...second, name: 'Renamed' }, third] })
      expect((await crm.v3.put(path, { stages: [first, third] })).status).toBe(200)
      await crm.v3.put(path, { name: 'Past', stages: [{ ...first, name: 'Still there' }, third] })
      const moved = { after: { id: first.id, name: 'Still there' }, before: { id: second.id, name: 'Renamed' } }

      expect((await changesOf('opportunity', deal.id))[0]).toEqual([{ field: 'pipelineStageId', ...moved }])

      await crm.v2.put(`/opportunities/${deal.id}`, { pipelineId: crm.pipeline.id, pipelineStageId: crm.stages[0]?.id })
      expect((await crm.v3.delete(path)).status).toBe(200)

      const [away, within, created] = await changesOf('opportunity', deal.id)
      const [pipeline, stage] = [crm.pipeline, crm.stages[0]].map((one) => ({ id: one?.id, name: one?.name }))
      expect(away).toEqual([
        { field: 'pipelineId', before: { id: pipelineId, name: 'Past' }, after: pipeline },
        { field: 'pipelineStageId', before: moved.after, after: stage },
      ])
      expect(within).toEqual([{ field: 'pipelineStageId', ...moved }])
      expect(created).toContainEqual({ field: 'pipelineId', before: null, after: { id: pipelineId, name: 'Past' } })
    })

    test("tells of its contact's notes and tasks, also once they are gone", async () => {
      const deal = await crm.given.opportunity()
      const path = `/contacts/${deal.contactId}`
      const note = (await crm.v2.post(`${path}/notes`, { body: '<p>Called &lt;<b>twice</b>&gt;</p>' })).body.note
      const task = (
        await crm.v2.post(`${path}/tasks`, { title: 'Call', dueDate: '2030-01-01T00:00:00Z', completed: false })
      ).body.task
      await crm.v2.delete(`${path}/notes/${note.id}`)

      const events = await of('opportunity', deal.id)

      expect(events.map(({ types, recordId }: { types: string[]; recordId: string }) => [types[0], recordId])).toEqual([
        ['NoteDelete', note.id],
        ['TaskCreate', task.id],
        ['NoteCreate', note.id],
        ['OpportunityCreate', deal.id],
      ])
      expect(events[1].changes).toContainEqual({ field: 'dueDate', before: null, after: '2030-01-01T00:00:00.000Z' })
      expect(events[0].changes).toContainEqual({ field: 'body', before: 'Called <twice>', after: null })
      const ofContact = await of('contact', deal.contactId)
      expect(ofContact.map(({ types }: { types: string[] }) => types[0])).toEqual([
        ...['NoteDelete', 'TaskCreate', 'NoteCreate', 'ContactCreate'],
      ])
    })

    test('is there after it was deleted', async () => {
      const deal = await crm.given.opportunity()
      await crm.v2.delete(`/opportunities/${deal.id}`)

      const [gone] = await of('opportunity', deal.id)

      expect(gone).toMatchObject({ types: ['OpportunityDelete'] })
      expect(gone.changes).toContainEqual({ field: 'status', before: 'open', after: null })
    })

    test('goes on where it ended when it is restored', async () => {
      const deal = await crm.given.opportunity()
      await crm.v2.put(`/opportunities/${deal.id}`, { monetaryValue: 1 })
      await crm.v2.delete(`/opportunities/${deal.id}`)
      await crm.ask('POST', `/console/bin/${deal.id}/restore`)
      await crm.v2.put(`/opportunities/${deal.id}`, { monetaryValue: 2 })
      const told = ['MonetaryValueUpdate', 'Create', 'Delete', 'MonetaryValueUpdate', 'Create']

      const types = (await of('opportunity', deal.id)).map((event: { types: string[] }) => event.types)

      expect(types).toHaveLength(told.length)
      for (const [place, type] of told.entries()) expect(types[place]).toContain(`Opportunity${type}`)
    })

    test('comes in pages', async () => {
      const deal = await crm.given.opportunity()
      for (const monetaryValue of [1, 2, 3]) await crm.v2.put(`/opportunities/${deal.id}`, { monetaryValue })
      await crm.v2.post(`/contacts/${deal.contactId}/notes`, { body: 'Between' })
      await crm.v2.put(`/opportunities/${deal.id}`, { monetaryValue: 4 })
      const asked = { record: 'opportunity', recordId: deal.id, limit: '2' }

      const all = await of('opportunity', deal.id)
      const seen: unknown[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const { body } = await history({ ...asked, ...(cursor && { cursor }) })
        expect(body.events).toHaveLength(2)
        seen.push(...body.events)
        cursor = body.nextCursor
      }

      expect(all).toHaveLength(6)
      expect(seen).toEqual(all)
    })
  })

  test('names the workflow behind a run, and the user behind a session', async () => {
    const visit = await visitOf(crm, { firstName: 'Ruth', lastName: 'Ost' })
    await workflowsOf(crm).running({
      name: 'Tidy up',
      trigger: { type: 'opportunity_status_changed', filters: { to: 'won' } },
      steps: [{ type: 'internal_update_opportunity', settings: { source: 'won by workflow' } }],
    })
    const deal = await crm.given.opportunity()
    await visit.ask('PUT', `/opportunities/${deal.id}/status`, { status: 'won' })
    await crm.settle()

    const [byRun, byUser] = await of('opportunity', deal.id)

    expect(byRun.caller).toEqual({ kind: 'run', id: expect.any(String), name: 'Tidy up' })
    expect(byRun.changes).toEqual([{ field: 'source', before: null, after: 'won by workflow' }])
    expect(byUser.caller).toEqual({ kind: 'user', id: visit.user.id, name: 'Ruth Ost' })
  })

  test('of what others see is hidden from who sees only their own', async () => {
    const visit = await visitOf(crm, onlyAssigned)
    const [theirs, other] = [await crm.given.opportunity({ assignedTo: visit.user.id }), await crm.given.opportunity()]
    const status = async (record: string, recordId: string) =>
      (await visit.ask('GET', `/console/history?record=${record}&recordId=${recordId}`)).status

    expect(await status('opportunity', theirs.id)).toBe(200)
    expect(await status('contact', theirs.contactId)).toBe(200)
    expect(await status('opportunity', other.id)).toBe(404)
    expect(await status('contact', other.contactId)).toBe(404)
  })

  describe('is refused', () => {
    let dealId: string
    let contactId: string
    beforeAll(async () => {
      const deal = await crm.given.opportunity()
      dealId = deal.id
      contactId = deal.contactId
    })

    test('of what is not there, or is another kind of thing', async () => {
      for (const [record, recordId] of [
        ['opportunity', 'nobody'],
        ['opportunity', contactId],
      ] as const) {
        const reply = await history({ record, recordId })
        expect(reply.status).toBe(404)
        expect(bare(reply)).toMatchObject({ message: 'Opportunity not found', code: 'OPPORTUNITY_NOT_FOUND' })
      }
      expect(bare(await history({ record: 'contact', recordId: dealId }))).toMatchObject({
        message: 'Contact not found',
      })
    })

    test('of another location', async () => {
      const other = await crm.given.location()

      expect((await history({ record: 'opportunity', recordId: dealId }, other.token)).status).toBe(404)
    })

    test('without the scope that shows the record', async () => {
      const token = await crm.given.token(['opportunities.readonly'])
      await crm.v2.post(`/contacts/${contactId}/notes`, { body: 'Secret' })

      const reply = await history({ record: 'contact', recordId: contactId }, token)

      expect(reply.status).toBe(401)
      expect(bare(reply)).toEqual({ statusCode: 401, message: 'The token is not authorized for this scope.' })
      const { body } = await history({ record: 'opportunity', recordId: dealId }, token)
      expect(body.events.map(({ record }: { record: string }) => record)).toEqual(['opportunity'])
    })

    test.each([
      [{}, 'record'],
      [{ record: 'token', recordId: 'x' }, 'record'],
      [{ record: 'opportunity' }, 'recordId'],
      [{ record: 'opportunity', recordId: 'x', limit: '101' }, 'limit'],
      [{ record: 'opportunity', recordId: 'x', cursor: 'y' }, 'cursor must be the nextCursor of a page before'],
    ])('when asked for %j', async (query, message) => {
      const reply = await history(query as Record<string, string>)

      expect(reply.status).toBe(422)
      expect(reply.body.message[0]).toContain(message)
    })
  })
})
