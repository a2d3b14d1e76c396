import { afterAll, beforeAll, expect, test } from 'vitest'
import { bare, onEveryStore, type Reply } from '../../harness.ts'
import { type Receiver, startReceiver } from '../../support/receiver.ts'
import { type Hooked, subscribe } from '../../support/webhooks.ts'

const noScope = { statusCode: 401, message: 'The token is not authorized for this scope.' }

onEveryStore('a webhook that tells what a token may not see', (crm) => {
  let receiver: Receiver
  beforeAll(async () => {
    receiver = await startReceiver()
  })
  afterAll(() => receiver.close())

  const path = '/console/webhooks'
  const elsewhere = 'https://elsewhere.example.com'
  const token = async (...scopes: string[]) => ({ token: await crm.given.token(['webhooks.write', ...scopes]) })
  const told = async (hook: Hooked) => {
    await crm.given.contact()
    await crm.settle()
    return (await hook.log()).find(({ type }) => type === 'ContactCreate').id
  }
  const refused = (replies: Reply[]) => expect(replies.map(bare)).toEqual(replies.map(() => noScope))

  test('is not touched by it, in any way', async () => {
    const hook = await subscribe(crm, receiver, { name: 'All' })
    const delivery = await told(hook)
    const before = await hook.webhook()
    const limited = [await token(), await token('opportunities.readonly', 'users.readonly', 'locations.readonly')]

    for (const by of limited) {
      const one = `${path}/${hook.id}`
      refused([
        await crm.v2.put(one, { types: ['OpportunityCreate'], url: elsewhere }, by),
        await crm.v2.put(one, { types: ['OpportunityCreate'] }, by),
        await crm.v2.put(one, { name: 'Mine' }, by),
        await crm.v2.post(`${one}/pause`, undefined, by),
        await crm.v2.post(`${one}/resume`, undefined, by),
        await crm.v2.post(`${one}/rotate-secret`, { now: true }, by),
        await crm.v2.post(`${one}/deliveries/${delivery}/redeliver`, undefined, by),
        await crm.v2.post(`${one}/redeliver`, { from: '2020-01-01', states: ['delivered'] }, by),
        await crm.v2.delete(one, undefined, by),
      ])
    }
    await crm.settle()

    expect(await hook.webhook()).toEqual(before)
    expect(receiver.received).toHaveLength(1)
  })

  test('any more keeps what it told before from being sent elsewhere, or again', async () => {
    const hook = await subscribe(crm, receiver)
    const delivery = await told(hook)
    await hook.ask('pause')
    await crm.given.contact()
    await crm.settle()
    await crm.v2.put(`${path}/${hook.id}`, { types: ['OpportunityCreate'] })
    const by = await token('opportunities.readonly')

    const renamed = await crm.v2.put(`${path}/${hook.id}`, { name: 'Ours' }, by)
    refused([
      await crm.v2.put(`${path}/${hook.id}`, { url: elsewhere }, by),
      await crm.v2.put(`${path}/${hook.id}`, { types: ['*'] }, by),
      await crm.v2.post(`${path}/${hook.id}/deliveries/${delivery}/redeliver`, undefined, by),
      await crm.v2.post(`${path}/${hook.id}/redeliver`, { from: '2020-01-01', states: ['delivered'] }, by),
    ])

    expect(renamed.status).toBe(200)
    expect(await hook.webhook()).toMatchObject({ name: 'Ours', url: hook.url, types: ['OpportunityCreate'] })
  })

  test('is its own where it may see all of it', async () => {
    const by = await token('contacts.readonly')
    const hook = await subscribe(crm, receiver, { types: ['ContactCreate'] })
    const delivery = await told(hook)
    const one = `${path}/${hook.id}`

    const replies = [
      await crm.v2.put(one, { url: `${receiver.url}/moved`, types: ['ContactCreate', 'NoteCreate'] }, by),
      await crm.v2.post(`${one}/rotate-secret`, {}, by),
      await crm.v2.post(`${one}/deliveries/${delivery}/redeliver`, undefined, by),
      await crm.v2.post(`${one}/redeliver`, { from: '2020-01-01', states: ['delivered'] }, by),
      await crm.v2.post(`${one}/pause`, undefined, by),
      await crm.v2.post(`${one}/resume`, undefined, by),
      await crm.v2.delete(one, undefined, by),
    ]

    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 200])
  })
})
