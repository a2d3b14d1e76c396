import sql from 'sql-template-tag'
import { beforeAll, describe, expect, test } from 'vitest'
import { onEveryStore } from '../harness.ts'
import { addTag, workflowsOf } from '../support/workflows.ts'

const day = 86_400_000

onEveryStore('what the clock does', (crm) => {
  let flows: ReturnType<typeof workflowsOf>
  beforeAll(() => {
    flows = workflowsOf(crm)
  })
  const later = async (days: number) => {
    crm.advance(days * day)
    await crm.settle()
  }
  const end = (workflow: { id: string }) => flows.act(`workflows/${workflow.id}/unpublish`)

  describe('an opportunity that is left alone', () => {
    test('begins a workflow once it is stale, and again when it is stale anew', async () => {
      const workflow = await flows.running({
        trigger: { type: 'Stale Opportunities', filters: { days: 7, status: 'open' } },
        steps: [addTag('stale')],
      })
      const idle = await crm.given.opportunity()
      const won = await crm.given.opportunity({ status: 'won' })
      await later(6.9)
      expect(await flows.runs(workflow.id)).toEqual([])

      await later(0.2)
      await later(0.2)
      expect(await flows.runs(workflow.id)).toMatchObject([{ opportunityId: idle.id, state: 'done' }])
      expect(await flows.tags(idle.contactId)).toEqual(['stale'])
      await crm.v2.put(`/opportunities/${idle.id}`, { monetaryValue: 8 })
      await later(6.9)
      expect(await flows.runs(workflow.id)).toHaveLength(1)
      await later(0.2)

      expect(await flows.runs(workflow.id)).toHaveLength(2)
      expect(await flows.tags(won.contactId)).toEqual([])
      expect((await flows.run((await flows.runs(workflow.id))[1].id)).trigger).toMatchObject({
        type: 'opportunity_decay',
        idleSince: expect.stringMatching(/Z$/),
      })
      await end(workflow)
    })

    test('is not begun for twice by publishing anew, and many are begun for', async () => {
      const contact = await crm.given.contact({ tags: ['many'] })
      for (let made = 0; made < 120; made++) await crm.given.opportunity({ contactId: contact.id })
      const workflow = await flows.running({
        trigger: { type: 'opportunity_decay', filters: { days: 2, tag: 'many' } },
        steps: [{ type: 'stop' }],
      })
      await later(2.1)
      await crm.v2.put(`/console/workflows/${workflow.id}`, { name: 'Published anew' })
      expect(await flows.publish(workflow.id)).toMatchObject({ version: 2 })
      await later(0.1)

      const { runs } = await flows.get(workflow.id)
      expect(runs).toEqual({ done: 120 })
      await end(workflow)
    })
  })

  test('what is over is forgotten after thirty days, but not that an opportunity entered', async () => {
    const trigger = { type: 'opportunity_status_changed', filters: { to: 'won' } }
    const often = await flows.running({ trigger, steps: [addTag('x')] })
    const once = await flows.running({ trigger, steps: [addTag('y')], settings: { allowMultiple: false } })
    const waiting = await flows.running({
      trigger,
      steps: [{ type: 'wait', settings: { for: { days: 90 } } }, addTag('z')],
    })
    const { id } = await crm.given.opportunity()
    const win = async () => {
      for (const status of ['open', 'won']) await crm.v2.put(`/opportunities/${id}/status`, { status })
      await crm.settle()
    }
    await win()
    await later(29)
    expect((await flows.story(often.id)).steps).toHaveLength(1)
    await later(2)

    expect(await flows.runs(often.id)).toEqual([])
    expect((await flows.story(once.id)).steps).toEqual([])
    expect(await flows.runs(waiting.id)).toMatchObject([{ state: 'waiting' }])
    await win()
    expect(await flows.runs(once.id)).toHaveLength(1)
    const left = await crm.app.store.all(sql`
      select run_id from workflow_steps where location_id = ${crm.locationId}
        and run_id not in (select id from workflow_runs where location_id = ${crm.locationId})`)
    expect(left).toEqual([])
    for (const one of [often, once, waiting]) await end(one)
  })
})
