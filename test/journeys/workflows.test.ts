import { beforeAll, describe, expect, test } from 'vitest'
import { createLostReason } from '../../src/domain/pipelines/lostReasons.ts'
import { onEveryStore } from '../harness.ts'
import { addTag, workflowsOf } from '../support/workflows.ts'

onEveryStore('what starts a workflow', (crm) => {
  let flows: ReturnType<typeof workflowsOf>
  beforeAll(() => {
    flows = workflowsOf(crm)
  })

  test('the walk of the status manager: moving, winning, losing and reopening', async () => {
    const [, , stage] = crm.stages
    const moved = await flows.running({ trigger: { type: 'pipeline_stage_updated' }, steps: [addTag('moved')] })
    const closed = await flows.running({
      trigger: { type: 'opportunity_status_changed', filters: { to: ['won', 'lost'] } },
      steps: [addTag('closed')],
    })
    const reopened = await flows.running({
      trigger: { type: 'opportunity_status_changed', filters: { from: 'lost', to: 'open' } },
      steps: [addTag('reopened')],
    })
    const draft = await flows.create({ trigger: { type: 'opportunity_status_changed' }, steps: [addTag('never')] })
    const { id, contactId } = await crm.given.opportunity()

    await crm.v2.put(`/opportunities/${id}`, { pipelineStageId: stage?.id })
    for (const status of ['won', 'lost', 'open']) await crm.v2.put(`/opportunities/${id}/status`, { status })
    await crm.v2.put(`/opportunities/${id}/status`, { status: 'open' })
    await crm.v2.put(`/opportunities/${id}`, { pipelineStageId: stage?.id, name: 'Another name' })
    await crm.settle()

    expect(await flows.runs(moved.id)).toHaveLength(1)
    expect(await flows.runs(closed.id)).toHaveLength(2)
    expect(await flows.runs(reopened.id)).toHaveLength(1)
    expect(await flows.runs(draft.id)).toEqual([])
    expect((await flows.tags(contactId)).sort()).toEqual(['closed', 'moved', 'reopened'])
    for (const { id } of [moved, closed, reopened]) await flows.act(`workflows/${id}/unpublish`)
  })

  test('one call that changes stage and status starts each of the two once', async () => {
    const [, , , last] = crm.stages
    const moved = await flows.running({ trigger: { type: 'pipeline_stage_updated' }, steps: [addTag('moved')] })
    const closed = await flows.running({ trigger: { type: 'opportunity_status_changed' }, steps: [addTag('closed')] })
    const { id } = await crm.given.opportunity()

    await crm.v2.put(`/opportunities/${id}`, { pipelineStageId: last?.id, status: 'won' })
    await crm.settle()

    for (const workflow of [moved, closed]) {
      expect(await flows.runs(workflow.id)).toMatchObject([{ state: 'done', opportunityId: id }])
      await flows.act(`workflows/${workflow.id}/unpublish`)
    }
  })

  describe('narrowed by a filter', () => {
    const changes: [name: string, filters: () => object, isMeant: boolean][] = [
      ['the stage it moved to', () => ({ to: crm.stages[1]?.id }), true],
      ['another stage it moved to', () => ({ to: crm.stages[2]?.id }), false],
      ['the stage it came from', () => ({ from: crm.stages[0]?.id }), true],
      ['another stage it came from', () => ({ from: crm.stages[3]?.id }), false],
      ['its pipeline', () => ({ pipelineId: crm.pipeline.id }), true],
      ['its stage', () => ({ pipelineStageId: [crm.stages[1]?.id, crm.stages[2]?.id] }), true],
      ['another stage', () => ({ pipelineStageId: crm.stages[2]?.id }), false],
      ['its status', () => ({ status: 'open' }), true],
      ['another status', () => ({ status: ['won', 'lost'] }), false],
      ['its value', () => ({ monetaryValue: { min: 500, max: 500 } }), true],
      ['more than its value', () => ({ monetaryValue: { min: 500.01 } }), false],
      ['a tag of its contact', () => ({ tag: 'VIP' }), true],
      ['a tag that its contact does not have', () => ({ tag: 'nobody' }), false],
      ['a tag that it must not have', () => ({ withoutTag: 'vip' }), false],
      ['nobody being assigned', () => ({ unassigned: true }), true],
      ['somebody being assigned', () => ({ unassigned: false }), false],
      ['the expected day', () => ({ expectedCloseDate: { from: '2027-01-31', to: '2027-01-31' } }), true],
      ['a later day', () => ({ expectedCloseDate: { from: '2027-02-01' } }), false],
      ['its probability', () => ({ forecastProbability: { max: 40 } }), true],
      ['a higher probability', () => ({ forecastProbability: { min: 41 } }), false],
    ]

    test.each(changes)('by %s', async (_name, filters, isMeant) => {
      const workflow = await flows.running({
        trigger: { type: 'pipeline_stage_updated', filters: filters() },
        steps: [addTag('fitting')],
      })
      const contact = await crm.given.contact({ tags: ['VIP'] })
      const { id } = await crm.given.opportunity({ contactId: contact.id, monetaryValue: 500 })
      const forecast = { forecastExpectedCloseDate: '2027-01-31', forecastProbability: 40 }
      await crm.v3.put(`/opportunities/${id}`, forecast)

      await crm.v2.put(`/opportunities/${id}`, { pipelineStageId: crm.stages[1]?.id })
      await crm.settle()

      expect(await flows.runs(workflow.id)).toHaveLength(isMeant ? 1 : 0)
      await flows.act(`workflows/${workflow.id}/unpublish`)
    })
  })

  test('a lost reason, and an assignee', async () => {
    const user = await crm.given.user()
    const { id: lostReasonId } = await createLostReason(crm.as(crm.locationId), 'Too dear')
    const workflow = await flows.running({
      trigger: { type: 'opportunity_status_changed', filters: { to: 'lost', lostReasonId, assignedTo: user.id } },
      steps: [addTag('lost')],
    })
    const meant = await crm.given.opportunity({ assignedTo: user.id })
    const other = await crm.given.opportunity({ assignedTo: user.id })

    await crm.v2.put(`/opportunities/${meant.id}/status`, { status: 'lost', lostReasonId })
    await crm.v2.put(`/opportunities/${other.id}/status`, { status: 'lost' })
    await crm.settle()

    expect(await flows.runs(workflow.id)).toMatchObject([{ opportunityId: meant.id }])
    await flows.act(`workflows/${workflow.id}/unpublish`)
  })

  test('created and changed opportunities; a creation is no change', async () => {
    const created = await flows.running({ trigger: { type: 'opportunity_created' }, steps: [addTag('created')] })
    const changed = await flows.running({ trigger: { type: 'opportunity_changed' }, steps: [addTag('changed')] })
    const { id } = await crm.given.opportunity()
    await crm.settle()
    expect(await flows.runs(created.id)).toHaveLength(1)
    expect(await flows.runs(changed.id)).toHaveLength(0)

    await crm.v2.put(`/opportunities/${id}`, { monetaryValue: 7 })
    await crm.settle()

    expect(await flows.runs(created.id)).toHaveLength(1)
    expect(await flows.runs(changed.id)).toHaveLength(1)
    for (const one of [created, changed]) await flows.act(`workflows/${one.id}/unpublish`)
  })

  test('created contacts, and tags that are added or removed', async () => {
    const steps = [{ type: 'add_notes', settings: { body: 'Seen' } }]
    const created = await flows.running({ trigger: { type: 'contact_created', filters: { tag: 'lead' } }, steps })
    const added = await flows.running({ trigger: { type: 'contact_tag', filters: { tag: 'lead' } }, steps })
    const removed = await flows.running({ trigger: { type: 'contact_tag', filters: { change: 'removed' } }, steps })
    const one = await crm.given.contact({ tags: ['Lead'] })
    const other = await crm.given.contact()
    await crm.v2.post(`/contacts/${other.id}/tags`, { tags: ['lead', 'more'] })
    await crm.v2.post(`/contacts/${other.id}/tags`, { tags: ['more'] })
    await crm.v2.delete(`/contacts/${other.id}/tags`, { tags: ['more'] })
    await crm.settle()

    expect(await flows.runs(created.id)).toMatchObject([{ contactId: one.id, opportunityId: null }])
    expect((await flows.runs(added.id)).map(({ contactId }) => contactId).sort()).toEqual([one.id, other.id].sort())
    expect(await flows.runs(removed.id)).toMatchObject([{ contactId: other.id }])
    for (const { id } of [created, added, removed]) await flows.act(`workflows/${id}/unpublish`)
  })

  test('a chain of runs that cause each other ends at ten, and says so', async () => {
    const stage = (at: number) => ({
      type: 'internal_update_opportunity',
      settings: { pipelineStageId: crm.stages[at]?.id, allowBackward: true },
    })
    const there = { type: 'pipeline_stage_updated', filters: { to: crm.stages[1]?.id } }
    const back = { type: 'pipeline_stage_updated', filters: { to: crm.stages[0]?.id } }
    const ping = await flows.running({ trigger: there, steps: [stage(0)] })
    const pong = await flows.running({ trigger: back, steps: [stage(1)] })
    const { id } = await crm.given.opportunity()

    await crm.v2.put(`/opportunities/${id}`, { pipelineStageId: crm.stages[1]?.id })
    await crm.settle()

    const all = [...(await flows.runs(ping.id)), ...(await flows.runs(pong.id))].sort((a, b) => a.depth - b.depth)
    expect(all.map(({ depth, state }) => [depth, state])).toEqual([
      ...Array.from({ length: 10 }, (_, depth) => [depth, 'done']),
      [10, 'stopped'],
    ])
    expect(all[10]).toMatchObject({
      error: 'Stopped by the loop guard: it was begun by 10 runs, one through the other',
    })
    for (const one of [ping, pong]) await flows.act(`workflows/${one.id}/unpublish`)
  })

  test('a chain of runs that each cause several ends at a hundred more, and says so', async () => {
    const trigger = { type: 'opportunity_changed', filters: { status: 'won' } }
    const rename = (sign: string) => [
      { type: 'internal_update_opportunity', settings: { name: `{{opportunity.name}}${sign}` } },
    ]
    const all = [
      await flows.running({ trigger, steps: rename('a') }),
      await flows.running({ trigger, steps: rename('b') }),
    ]
    const { id } = await crm.given.opportunity()

    await crm.v2.put(`/opportunities/${id}/status`, { status: 'won' })
    await crm.settle()

    // Each of the first two runs has its own chain.
    const counts = await Promise.all(all.map(async (one) => (await flows.get(one.id)).runs))
    expect(counts.reduce((sum, { done }) => sum + done, 0)).toBe(2 * (1 + 100))
    for (const one of all) {
      const stopped = { state: 'stopped', error: 'Stopped by the loop guard: one run caused 100 others' }
      expect(await flows.runs(one.id, '&state=stopped')).toMatchObject([stopped, stopped])
    }
    expect((await crm.v2.get(`/opportunities/${id}`)).body.opportunity.name).toMatch(/^A deal[ab]+$/)
    for (const one of all) await flows.act(`workflows/${one.id}/unpublish`)
  })

  describe('whether one may enter again', () => {
    const entries: [settings: object, runs: number][] = [
      [{}, 4],
      [{ allowMultiple: false }, 2],
      [{ allowMultiple: false, allowMultipleOpportunity: false }, 1],
    ]

    test.each(entries)(
      'with %j, two opportunities of a contact that are won twice enter %i times',
      async (settings, times) => {
        const trigger = { type: 'opportunity_status_changed', filters: { to: 'won' } }
        const workflow = await flows.running({ trigger, steps: [addTag('won')], settings })
        const contact = await crm.given.contact()
        const first = await crm.given.opportunity({ contactId: contact.id })
        const second = await crm.given.opportunity({ contactId: contact.id })

        for (const { id } of [first, second]) {
          for (const status of ['won', 'open', 'won']) await crm.v2.put(`/opportunities/${id}/status`, { status })
        }
        await crm.settle()

        expect(await flows.runs(workflow.id)).toHaveLength(times)
        await flows.act(`workflows/${workflow.id}/unpublish`)
      },
    )
  })
})
