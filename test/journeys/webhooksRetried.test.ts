import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { onEveryStore } from '../harness.ts'
import { auditLines } from '../support/auditLines.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { type Hooked, subscribe, withReceiver } from '../support/webhooks.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const gaps = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  day,
]
/** What comes back a little late comes back by then. */
const late = 1.11

onEveryStore('deliveries that fail', (crm) => {
  let receiver: Receiver
  beforeAll(async () => {
    receiver = await startReceiver()
  })
  afterAll(() => receiver.close())
  afterEach(async () => {
    expect(await auditLines(crm.app.store)).toEqual([])
    receiver.say(200)
    for (const { id } of (await crm.v2.get('/console/webhooks')).body.webhooks) {
      await crm.v2.delete(`/console/webhooks/${id}`)
    }
  })

  const change = (id: string, wanted: object) => crm.v2.put(`/opportunities/${id}`, wanted)
  /** A webhook that hears of new deals only, with one on its way. */
  async function one(fields: object = {}): Promise<Hooked> {
    const hook = await subscribe(crm, receiver, { types: ['OpportunityCreate'], ...fields })
    await crm.given.opportunity()
    await crm.settle()
    return hook
  }
  async function pass(ms: number) {
    crm.advance(ms)
    await crm.settle()
  }
  const states = async (hook: Hooked) => (await hook.log()).map(({ state }) => state)

  describe('in the standard way', () => {
    test('are tried again for three days, later and later, with the same webhookId, then given up', async () => {
      receiver.say(503, {}, 'Busy')
      const hook = await one()

      for (const [at, gap] of gaps.entries()) {
        await pass(gap * 0.99)
        expect(hook.told(), `early, after ${at + 1}`).toHaveLength(at + 1)
        await pass(gap * (late - 0.99))
        expect(hook.told(), `after ${at + 1}`).toHaveLength(at + 2)
      }
      await pass(30 * hour)

      expect(new Set(hook.told().map((body) => JSON.stringify(body))).size).toBe(1)
      expect(gaps.reduce((sum, gap) => sum + gap) / day).toBeGreaterThan(2.9)
      const [delivery] = await hook.log()
      expect(delivery).toMatchObject({ state: 'failed', attempts: 12, nextAttemptAt: null })
      expect(delivery.attemptLog).toHaveLength(12)
      expect(delivery.attemptLog[0]).toMatchObject({ status: 503, error: 'It answered 503', response: 'Busy' })
      expect(await hook.webhook()).toMatchObject({
        state: 'active',
        deliveries: { waiting: 0, delivered: 0, failed: 1 },
        failuresInARow: 12,
      })
    })

    test.each([[302], [303], [400], [401], [404], [429], [500]])('whatever the answer but 2xx: %i', async (status) => {
      receiver.say(status)
      const hook = await one()

      receiver.say(200)
      await pass(6 * second)

      expect(hook.told()).toHaveLength(2)
      expect(await states(hook)).toEqual(['delivered'])
      expect(await hook.webhook()).toMatchObject({ failuresInARow: 0, failingSince: null })
    })

    test('also where the connection breaks, or nobody is there', async () => {
      receiver.answer((_one, response) => response.destroy())
      const broken = await one()
      const nobody = await withReceiver((other) => subscribe(crm, other, { types: ['OpportunityCreate'] }))
      await crm.given.opportunity()
      await crm.settle()

      expect((await broken.log())[0].attemptLog[0]).toMatchObject({
        status: null,
        error: 'The connection was broken off before an answer',
        response: null,
      })
      expect((await nobody.log())[0].attemptLog[0].error).toBe('Nobody listens there: the connection was refused')
      await nobody.ask('pause')
    })

    test.each([
      ['120', 119 * second],
      ['in ten minutes', 9.9 * minute],
      ['99999999', 0.99 * day],
      ['0', 4.9 * second],
      ['nonsense', 4.9 * second],
    ])('not before the receiver wants them again, within a day: %s', async (header, wait) => {
      const date = new Date(crm.as(crm.locationId).now() + 10 * minute).toUTCString()
      receiver.say(429, { 'retry-after': header.startsWith('in') ? date : header })
      const hook = await one()
      receiver.say(200)

      await pass(wait * 0.98)
      expect(hook.told()).toHaveLength(1)
      await pass(wait * 0.2)
      expect(hook.told()).toHaveLength(2)
    })
  })

  describe('in the way of HighLevel', () => {
    test('are tried again on 429 only, every ten minutes, six times', async () => {
      receiver.say(429)
      const hook = await one({ retryMode: 'highlevel' })

      for (let more = 0; more < 6; more++) {
        await pass(9.9 * minute)
        expect(hook.told()).toHaveLength(more + 1)
        await pass(1.2 * minute)
        expect(hook.told()).toHaveLength(more + 2)
      }
      await pass(day)

      expect(hook.told()).toHaveLength(7)
      expect(await states(hook)).toEqual(['failed'])
    })

    test('are given up after any other failure', async () => {
      receiver.say(500)
      const hook = await one({ retryMode: 'highlevel' })

      await pass(day)

      expect(hook.told()).toHaveLength(1)
      expect(await states(hook)).toEqual(['failed'])
    })
  })

  describe('are an end', () => {
    test('410 disables the webhook, with the reason', async () => {
      receiver.say(410)
      const hook = await one()
      receiver.say(200)
      await crm.given.opportunity()
      await pass(day)

      expect(hook.told()).toHaveLength(1)
      expect(await states(hook)).toEqual(['failed'])
      expect(await hook.webhook()).toMatchObject({
        state: 'disabled',
        stateReason: 'The receiver answered 410 Gone: it wants nothing more',
      })
    })

    test('five days of nothing but failures disable it; what waits goes out when it is resumed', async () => {
      receiver.say(500)
      const hook = await one()
      for (let passed = 0; passed < 4; passed++) {
        await pass(1.2 * day)
        await crm.given.opportunity()
        await crm.settle()
      }
      expect(await hook.webhook()).toMatchObject({ state: 'active' })
      await pass(0.4 * day)

      const disabled = await hook.webhook()
      await crm.given.opportunity()
      await crm.settle()
      const waiting = (await states(hook)).filter((state) => state === 'waiting').length
      receiver.say(200)
      const before = hook.told().length
      await hook.ask('resume')
      await crm.settle()

      expect(disabled).toMatchObject({
        state: 'disabled',
        stateReason: 'Nothing but failures for five days, the last one: It answered 500',
        stateAt: expect.stringMatching(/Z$/),
      })
      expect(waiting).toBeGreaterThan(0)
      await pass(2 * day)
      expect(hook.told().length).toBe(before + waiting)
      expect(await hook.webhook()).toMatchObject({ state: 'active', stateReason: null, failuresInARow: 0 })
    })

    test('a success in between begins the five days anew', async () => {
      receiver.say(500)
      const hook = await one()
      await pass(3 * day)
      receiver.say(200)
      await crm.given.opportunity()
      await pass(day)
      receiver.say(500)
      await crm.given.opportunity()
      await pass(3 * day)

      expect(await hook.webhook()).toMatchObject({ state: 'active' })
    })
  })

  describe('and what else waits', () => {
    test('what happened to one deal arrives in its order, whatever fails; other deals do not wait for it', async () => {
      const hook = await subscribe(crm, receiver, { types: ['OpportunityUpdate', 'OpportunityStatusUpdate'] })
      const [slow, other] = [await crm.given.opportunity(), await crm.given.opportunity()]
      await crm.settle()
      const before = hook.told().length
      receiver.answer(({ body }, response) => void response.writeHead(body.id === slow.id ? 500 : 200).end())
      for (const status of ['won', 'lost', 'open']) {
        await change(slow.id, { status })
        await change(other.id, { status })
      }
      await crm.settle()
      const first = hook.told().slice(before)
      receiver.say(200)
      await pass(6 * second)

      const of = (id: string) =>
        hook
          .told()
          .slice(before)
          .filter((body) => body.id === id)
      const story = ['won', 'won', 'lost', 'lost', 'open', 'open']
      expect(first.filter(({ id }) => id === slow.id)).toHaveLength(1)
      expect(of(other.id).map(({ status }) => status)).toEqual(story)
      expect(
        of(slow.id)
          .slice(1)
          .map(({ status, type }) => [status, type]),
      ).toEqual(story.map((status, at) => [status, at % 2 === 0 ? 'OpportunityUpdate' : 'OpportunityStatusUpdate']))
    })

    test('a receiver that never answers is given ten seconds, and holds up nobody else', {
      timeout: 60_000,
    }, async () => {
      receiver.say(200)
      const good = await subscribe(crm, receiver, { types: ['OpportunityCreate'] })
      await withReceiver(async (dead) => {
        dead.answer(() => {})
        const hooks = await Promise.all(
          Array.from({ length: 5 }, () => subscribe(crm, dead, { types: ['OpportunityCreate'] })),
        )
        for (let made = 0; made < 5; made++) await crm.given.opportunity()
        const began = performance.now()
        const settled = crm.settle()
        while (good.told().length < 5) await new Promise((resolve) => setTimeout(resolve, 20))
        const took = performance.now() - began
        await settled

        expect(took).toBeLessThan(5000)
        for (const hook of hooks) {
          const [{ attemptLog }] = await hook.log()
          expect(attemptLog[0]).toMatchObject({ status: null, error: 'No answer within 10 seconds' })
          expect(attemptLog[0].milliseconds).toBeGreaterThan(9900)
          expect(attemptLog[0].milliseconds).toBeLessThan(15_000)
          await hook.ask('pause')
        }
      })
    })

    test('many slow receivers of a location do not keep out another one of it', { timeout: 60_000 }, async () => {
      await withReceiver(async (slow) => {
        slow.answer((_one, response) => void setTimeout(() => response.writeHead(200).end(), 5000))
        const types = ['OpportunityCreate']
        const hooks = await Promise.all(Array.from({ length: 16 }, () => subscribe(crm, slow, { types })))
        for (let made = 0; made < 112; made++) await crm.given.opportunity()
        while (slow.received.length < 16) await new Promise((resolve) => setTimeout(resolve, 20))
        const good = await subscribe(crm, receiver, { types })
        const began = performance.now()
        await crm.given.opportunity()
        while (good.told().length < 1) await new Promise((resolve) => setTimeout(resolve, 20))
        const took = performance.now() - began
        const { waiting } = (await (hooks[0] as Hooked).webhook()).deliveries as { waiting: number }
        for (const { id } of hooks) await crm.v2.delete(`/console/webhooks/${id}`)

        expect(took).toBeLessThan(25_000)
        expect(waiting).toBeGreaterThan(16)
      })
    })

    test('a receiver that fails is asked one thing at a time, and more and more seldom', async () => {
      await withReceiver(async (failing) => {
        const hook = await subscribe(crm, failing, { types: ['OpportunityCreate'] })
        failing.say(500)
        await crm.given.opportunity()
        await crm.settle()
        for (let made = 0; made < 20; made++) await crm.given.opportunity()
        const before = failing.most()
        await crm.settle()
        const asked = [hook.told().length]
        for (let minutes = 0; minutes < 4; minutes++) {
          await pass(1.1 * minute)
          asked.push(hook.told().length)
        }
        failing.say(200)
        await pass(1.1 * minute)
        await pass(hour)

        expect(before).toBe(1)
        expect(asked).toEqual([5, 6, 7, 8, 9])
        expect((await hook.webhook()).deliveries).toEqual({ waiting: 0, delivered: 21, failed: 0 })
      })
    })

    test('a receiver that was moved is not taken for the one that failed', async () => {
      receiver.say(500)
      const hook = await one()
      for (let more = 0; more < 9; more++) await crm.given.opportunity()
      await crm.settle()
      const failed = await hook.webhook()
      receiver.say(200)
      await crm.v2.put(`/console/webhooks/${hook.id}`, { url: `${hook.url}/moved` })
      await crm.settle()

      expect(failed).toMatchObject({ failuresInARow: 5, deliveries: { waiting: 10 } })
      expect(await hook.webhook()).toMatchObject({ failuresInARow: 0, deliveries: { waiting: 5, delivered: 5 } })
      await pass(minute)
      expect(await hook.webhook()).toMatchObject({ deliveries: { waiting: 0, delivered: 10 } })
    })

    test('a good receiver is asked many things at once, but not more than sixteen', async () => {
      await withReceiver(async (quick) => {
        quick.answer((_one, response) => void setTimeout(() => response.end(), 30))
        const hook = await subscribe(crm, quick, { types: ['OpportunityCreate'] })
        await hook.ask('pause')
        for (let made = 0; made < 40; made++) await crm.given.opportunity()
        await crm.settle()
        await hook.ask('resume')
        await crm.settle()

        expect(hook.told()).toHaveLength(40)
        expect(quick.most()).toBeGreaterThan(4)
        expect(quick.most()).toBeLessThanOrEqual(16)
      })
    })
  })

  describe('paused', () => {
    test('nothing is sent; what happened meanwhile follows, in its order', async () => {
      receiver.say(200)
      const hook = await subscribe(crm, receiver, { types: ['OpportunityStatusUpdate'] })
      const { id } = await crm.given.opportunity()
      await hook.ask('pause')
      for (const status of ['won', 'lost', 'open']) await change(id, { status })
      await pass(day)

      expect(hook.told()).toEqual([])
      expect(await states(hook)).toEqual(['waiting', 'waiting', 'waiting'])
      await hook.ask('resume')
      await crm.settle()
      expect(hook.told().map(({ status }) => status)).toEqual(['won', 'lost', 'open'])
    })
  })

  describe('sent again', () => {
    test('one arrives with the same webhookId and body', async () => {
      receiver.say(200)
      const hook = await one()
      const [{ id }] = await hook.log()

      const reply = await hook.ask(`deliveries/${id}/redeliver`)
      await crm.settle()

      expect(reply.body.delivery).toMatchObject({ id, state: 'waiting', attempts: 1 })
      expect(hook.told()).toHaveLength(2)
      expect(hook.told()[1]).toEqual(hook.told()[0])
      expect(await hook.log()).toMatchObject([{ state: 'delivered', attempts: 2 }])
      expect((await hook.webhook()).deliveries).toEqual({ waiting: 0, delivered: 1, failed: 0 })
    })

    test('one that waits for its next try goes at once, and has all its tries before it again', async () => {
      receiver.say(500)
      const hook = await one()
      await pass(6 * second)
      const [{ id }] = await hook.log()
      await hook.ask(`deliveries/${id}/redeliver`)
      await crm.settle()
      await pass(6 * second)

      expect(hook.told()).toHaveLength(4)
    })

    test('a range arrives in the order in which it happened; what failed, unless all of it is asked for', async () => {
      const hook = await subscribe(crm, receiver, { types: ['OpportunityStatusUpdate'], retryMode: 'highlevel' })
      const { id } = await crm.given.opportunity()
      const go = async (status: string, answer: number) => {
        receiver.say(answer)
        await change(id, { status })
        await pass(minute)
      }
      await go('won', 200)
      const from = new Date(crm.as(crm.locationId).now()).toISOString()
      await go('lost', 500)
      await go('open', 200)
      await go('abandoned', 500)
      const to = new Date(crm.as(crm.locationId).now()).toISOString()
      await go('won', 500)
      receiver.say(200)
      const again = async (body: object) => {
        const before = hook.told().length
        const { count } = (await hook.ask('redeliver', body)).body
        await pass(minute)
        return [
          count,
          hook
            .told()
            .slice(before)
            .map(({ status }) => status),
        ]
      }

      expect(await again({ from, to })).toEqual([2, ['lost', 'abandoned']])
      expect(await again({ from, to, states: ['delivered', 'failed'] })).toEqual([3, ['lost', 'open', 'abandoned']])
      expect(await again({ from })).toEqual([1, ['won']])
      expect((await hook.webhook()).deliveries).toEqual({ waiting: 0, delivered: 5, failed: 0 })
    })
  })

  describe('kept', () => {
    test('the log goes back thirty days, and what has waited for so long is given up', async () => {
      receiver.say(200)
      const hook = await one()
      const sleeping = await subscribe(crm, receiver, { types: ['OpportunityCreate'] })
      await sleeping.ask('pause')
      await crm.given.opportunity()
      await crm.settle()
      await pass(29 * day)
      expect([await states(hook), await states(sleeping)]).toEqual([['delivered', 'delivered'], ['waiting']])

      await pass(1.1 * day)
      await pass(2 * hour)

      expect([await states(hook), await states(sleeping)]).toEqual([[], []])
      const nothing = { waiting: 0, delivered: 0, failed: 0 }
      expect([(await hook.webhook()).deliveries, (await sleeping.webhook()).deliveries]).toEqual([nothing, nothing])
    })
  })
})
