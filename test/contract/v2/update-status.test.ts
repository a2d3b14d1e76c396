import { describe, expect, test } from 'vitest'
import { bare, onEveryStore, type Reply } from '../../harness.ts'
import { missing, refused, unprocessable } from '../../support/refused.ts'
import { lostReason, opportunityOf, read, stageMismatch, totalOf } from './expected.ts'

onEveryStore('updating the status of an opportunity', (crm) => {
  const put = (id: string, body: unknown): Promise<Reply> => crm.v2.put(`/opportunities/${id}/status`, body)
  const typesOf = async (id: string) => (await crm.events(id)).slice(1).map(({ types }) => types)

  test('answers success in all its spellings, the opportunity, and its scalars beside it', async () => {
    const contact = await crm.given.contact()
    const before = await crm.given.opportunity({ contactId: contact.id, monetaryValue: 10 })

    crm.advance(1000)
    const reply = await put(before.id, { status: 'won' })

    const opportunity = opportunityOf(crm, contact, {
      id: before.id,
      status: 'won',
      monetaryValue: 10,
      indexVersion: 2,
      createdAt: before.createdAt,
      lastStageChangeAt: before.lastStageChangeAt,
      lastStatusChangeAt: reply.body.opportunity.updatedAt,
    })
    const { contact: _, notes, tasks, calendarEvents, customFields, followers, ...scalars } = opportunity
    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual({ succeded: true, success: true, succeeded: true, ...scalars, opportunity })
    expect(Date.parse(reply.body.lastStatusChangeAt)).toBeGreaterThan(Date.parse(before.lastStatusChangeAt))
    expect(await read(crm, before.id)).toEqual(reply.body.opportunity)
    expect(await typesOf(before.id)).toEqual([['OpportunityUpdate', 'OpportunityStatusUpdate']])
  })

  test('works by PUT and PATCH, with and without the trailing slash', async () => {
    const { id } = await crm.given.opportunity()

    const replies = [
      await crm.v2.put(`/opportunities/${id}/status`, { status: 'won' }),
      await crm.v2.put(`/opportunities/${id}/status/`, { status: 'lost' }),
      await crm.v2.patch(`/opportunities/${id}/status`, { status: 'abandoned' }),
      await crm.v2.patch(`/opportunities/${id}/status/`, { status: 'open' }),
    ]

    expect(replies.map(({ status, body }) => [status, body.status])).toEqual([
      [200, 'won'],
      [200, 'lost'],
      [200, 'abandoned'],
      [200, 'open'],
    ])
  })

  test('leads from every status to every other', async () => {
    const statuses = ['open', 'won', 'lost', 'abandoned']

    for (const from of statuses) {
      for (const to of statuses.filter((status) => status !== from)) {
        const { id } = await crm.given.opportunity({ status: from })
        expect((await put(id, { status: to })).body).toMatchObject({ succeded: true, status: to })
        expect(await typesOf(id)).toEqual([['OpportunityUpdate', 'OpportunityStatusUpdate']])
      }
    }
  })

  test('to the one it has changes nothing and is no event', async () => {
    const before = await crm.given.opportunity({ status: 'won' })

    crm.advance(1000)
    const reply = await put(before.id, { status: 'won', pipelineStageId: before.pipelineStageId })

    expect(reply.body.opportunity).toEqual(before)
    expect(await typesOf(before.id)).toEqual([])
  })

  test('moves it in the same step where a stage is named', async () => {
    const { id } = await crm.given.opportunity()

    const reply = await put(id, { status: 'won', pipelineStageId: crm.stages[3]?.id })

    expect(reply.body).toMatchObject({ status: 'won', pipelineStageId: crm.stages[3]?.id })
    expect(await typesOf(id)).toEqual([['OpportunityUpdate', 'OpportunityStageUpdate', 'OpportunityStatusUpdate']])
  })

  test('is counted at once', async () => {
    const { id: pipeline_id } = await crm.given.pipeline()
    const { id } = await crm.given.opportunity({ pipelineId: pipeline_id })

    await put(id, { status: 'won' })

    expect(await totalOf(crm, { pipeline_id, status: 'open' })).toBe(0)
    expect(await totalOf(crm, { pipeline_id, status: 'won' })).toBe(1)
    expect(await totalOf(crm, { pipeline_id, status: 'all' })).toBe(1)
  })

  describe('to lost', () => {
    test('takes the reason, which goes once it is lost no longer', async () => {
      const reason = await lostReason(crm, 'Price')
      const { id } = await crm.given.opportunity()

      expect((await put(id, { status: 'lost', lostReasonId: reason.id })).body.lostReasonId).toBe(reason.id)
      expect((await put(id, { status: 'lost' })).body.lostReasonId).toBe(reason.id)
      expect((await put(id, { status: 'lost', lostReasonId: null })).body.lostReasonId).toBe(null)
      expect((await put(id, { status: 'lost', lostReasonId: reason.id })).body.lostReasonId).toBe(reason.id)
      expect((await put(id, { status: 'open' })).body.lostReasonId).toBe(null)
    })

    test('alone goes with a reason that exists', async () => {
      const reason = await lostReason(crm, 'Time')
      const { id } = await crm.given.opportunity()

      for (const status of ['open', 'won', 'abandoned']) {
        expect(refused(await put(id, { status, lostReasonId: reason.id }))).toEqual(
          unprocessable('lostReasonId is only allowed when status is lost'),
        )
      }
      expect(refused(await put(id, { status: 'lost', lostReasonId: 'unknown' }))).toEqual(missing('Lost reason'))
    })
  })

  describe('is refused', () => {
    test('without one of the four', async () => {
      const before = await crm.given.opportunity()
      const values = 'status must be one of the following values: open, won, lost, abandoned'

      for (const status of ['all', 'Won', 'closed']) {
        expect(refused(await put(before.id, { status }))).toEqual(unprocessable(values))
      }
      expect(refused(await put(before.id, {}))).toEqual(unprocessable('status should not be empty', values))
      expect((await put(before.id, { status: null })).status).toBe(422)
      expect((await put(before.id, { status: 5 })).status).toBe(422)
      expect(await read(crm, before.id)).toEqual(before)
    })

    test('with a stage of another pipeline', async () => {
      const before = await crm.given.opportunity()
      const other = await crm.given.pipeline()

      const reply = await put(before.id, { status: 'won', pipelineStageId: other.stages[0]?.id })

      expect(refused(reply)).toEqual(stageMismatch)
      expect(await read(crm, before.id)).toEqual(before)
    })

    test('with anything else beside it', async () => {
      const { id } = await crm.given.opportunity()

      expect(refused(await put(id, { status: 'won', name: 'x' }))).toEqual(
        unprocessable('property name should not exist'),
      )
    })

    test('where there is no such opportunity', async () => {
      const ours = await crm.given.opportunity()
      const { token } = await crm.given.location()

      expect(refused(await put('unknown', { status: 'won' }))).toEqual(missing('Opportunity'))
      expect(refused(await crm.v2.put(`/opportunities/${ours.id}/status`, { status: 'won' }, { token }))).toEqual(
        missing('Opportunity'),
      )
      await crm.v2.delete(`/opportunities/${ours.id}`)
      expect(refused(await put(ours.id, { status: 'won' }))).toEqual(missing('Opportunity'))
    })
  })
})
