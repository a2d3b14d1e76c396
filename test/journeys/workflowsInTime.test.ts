import sql from 'sql-template-tag'
import { beforeAll, describe, expect, test } from 'vitest'
import { onEveryStore } from '../harness.ts'
import { subscribe, withReceiver } from '../support/webhooks.ts'
import { addTag, type Written, workflowsOf } from '../support/workflows.ts'

const created = { trigger: { type: 'contact_created' }, steps: [addTag('entered')] }

onEveryStore('what happens is judged by what was so when it happened:', (crm) => {
  let flows: ReturnType<typeof workflowsOf>
  beforeAll(() => {
    flows = workflowsOf(crm)
  })
  const act = (workflow: { id: string }, move: string) => flows.act(`workflows/${workflow.id}/${move}`)
  /** More than the server has come to when the next request arrives. */
  const several = (): Promise<{ id: string }[]> => Promise.all(Array.from({ length: 8 }, () => crm.given.contact()))
  const idsOf = (contacts: { id: string }[]) => contacts.map(({ id }) => id).sort()
  const whoEntered = async ({ id }: { id: string }) => (await flows.runs(id)).map(({ contactId }) => contactId)

  test('who was there before a workflow was published does not enter, who comes behind it does', async () => {
    // So that events are kept already.
    const another = await flows.running({ ...created, steps: [{ type: 'stop' }] })
    const workflow = await flows.create(created)
    await several()
    await flows.publish(workflow.id)
    const behind = await crm.given.contact()
    await crm.settle()

    expect(await whoEntered(workflow)).toEqual([behind.id])
    for (const one of [another, workflow]) await act(one, 'unpublish')
  })

  test('of several versions, each enters the one that was published then', async () => {
    const workflow = await flows.running(created)
    await crm.v2.put(`/console/workflows/${workflow.id}`, { steps: [addTag('second version')] })
    const first = await several()
    await flows.publish(workflow.id)
    const second = await crm.given.contact()
    await crm.settle()

    for (const { id } of first) expect(await flows.tags(id)).toEqual(['entered'])
    expect(await flows.tags(second.id)).toEqual(['second version'])
    await act(workflow, 'unpublish')
  })

  test.each(['pause', 'drain'])('who came just before a %s enters, who comes behind it does not', async (move) => {
    const workflow = await flows.running(created)
    const before = await several()
    await act(workflow, move)
    await crm.given.contact()
    await crm.settle()
    expect((await whoEntered(workflow)).sort()).toEqual(idsOf(before))

    await act(workflow, 'resume')
    const later = await crm.given.contact()
    await crm.settle()

    expect((await whoEntered(workflow)).sort()).toEqual(idsOf([...before, later]))
    for (const { id } of [...before, later]) expect(await flows.tags(id)).toEqual(['entered'])
    await act(workflow, 'unpublish')
  })

  test('a tag that comes or goes behind the change of a deal decides nothing about it', async () => {
    const steps = [{ type: 'add_notes', settings: { body: 'Seen' } }]
    const about = (filters: object): Written => ({ trigger: { type: 'opportunity_changed', filters }, steps })
    const withIt = await flows.running(about({ tag: 'vip' }))
    const withoutIt = await flows.running(about({ withoutTag: 'vip' }))
    const had = await crm.given.opportunity({ contactId: (await crm.given.contact({ tags: ['vip'] })).id })
    const got = await crm.given.opportunity()
    await crm.settle()

    await crm.v2.put(`/opportunities/${had.id}`, { name: 'Changed' })
    await crm.v2.delete(`/contacts/${had.contactId}/tags`, { tags: ['vip'] })
    await crm.v2.put(`/opportunities/${got.id}`, { name: 'Changed' })
    await crm.v2.post(`/contacts/${got.contactId}/tags`, { tags: ['vip'] })
    await crm.settle()

    expect(await flows.runs(withIt.id)).toMatchObject([{ opportunityId: had.id }])
    expect(await flows.runs(withoutIt.id)).toMatchObject([{ opportunityId: got.id }])
    for (const one of [withIt, withoutIt]) await act(one, 'unpublish')
  })

  test('an event that comes to be looked at again begins no second run, and is told once', async () => {
    await withReceiver(async (receiver) => {
      const hooked = await subscribe(crm, receiver, { types: ['ContactCreate'] })
      const workflow = await flows.running(created)
      const { id } = await crm.given.contact()
      await crm.settle()
      const ofContact = sql`location_id = ${crm.locationId} and record_id = ${id}`

      await crm.app.store.transaction((tx) => tx.run(sql`update events set pending = 1 where ${ofContact}`))
      await crm.settle()

      const states = sql`select distinct pending from events where ${ofContact}`
      expect(await crm.app.store.all(states)).toEqual([{ pending: 0 }])
      expect(await whoEntered(workflow)).toEqual([id])
      expect(hooked.told()).toMatchObject([{ type: 'ContactCreate', id }])
      await act(workflow, 'unpublish')
      await crm.v2.delete(`/console/webhooks/${hooked.id}`)
    })
  })

  describe('a webhook', () => {
    test('hears of nothing that is older than itself, and of all that comes behind it', async () => {
      await withReceiver(async (receiver) => {
        const another = await subscribe(crm, receiver, { types: ['ContactDelete'] })
        await several()
        const hooked = await subscribe(crm, receiver, { types: ['ContactCreate'] })
        const { id } = await crm.given.contact()
        await crm.settle()

        expect(hooked.told()).toMatchObject([{ type: 'ContactCreate', id }])
        for (const one of [another, hooked]) await crm.v2.delete(`/console/webhooks/${one.id}`)
      })
    })

    test('is told what it had asked for at the time, though it asks for something else at once', async () => {
      await withReceiver(async (receiver) => {
        const hooked = await subscribe(crm, receiver, { types: ['ContactCreate'] })
        const before = await several()
        await crm.v2.put(`/console/webhooks/${hooked.id}`, { types: ['ContactDelete'] })
        await crm.given.contact()
        const [first] = before
        await crm.v2.delete(`/contacts/${first?.id}`)
        await crm.settle()

        const told = (type: string) => hooked.told().filter((one) => one.type === type)
        expect(idsOf(told('ContactCreate'))).toEqual(idsOf(before))
        expect(idsOf(told('ContactDelete'))).toEqual([first?.id])
        expect(hooked.told()).toHaveLength(before.length + 1)
        await crm.v2.delete(`/console/webhooks/${hooked.id}`)
      })
    })
  })
})
