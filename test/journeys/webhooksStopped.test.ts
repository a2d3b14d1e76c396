import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { base, startCrm } from '../harness.ts'
import { auditLines } from '../support/auditLines.ts'
import type { Place } from '../support/postgres.ts'
import { lasting } from '../support/program.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { subscribe } from '../support/webhooks.ts'

const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10))
}

describe.each(lasting)('a server that is asked to end while it sends ($name)', ({ open }) => {
  let place: Place
  let receiver: Receiver
  beforeAll(async () => {
    place = await open()
    receiver = await startReceiver()
  })
  afterAll(async () => {
    await receiver.close()
    await place.discard()
  })

  test('does not wait for a slow receiver; whoever comes next sends at once', { timeout: 30_000 }, async () => {
    receiver.answer(() => {})
    const crm = await startCrm({ db: place.db })
    const hook = await subscribe(crm, receiver, { types: ['OpportunityCreate'] })
    const { id } = await crm.given.opportunity()
    await until(() => receiver.received.length === 1)
    const began = performance.now()
    await crm.stop()
    const took = performance.now() - began

    receiver.say(200)
    const next = await createApp({ ...base, db: place.db })
    await next.listen()
    await until(() => receiver.received.length === 2)
    const again = performance.now() - began - took
    await next.settle()
    const wrong = await auditLines(next.store)
    await next.close()

    expect(took).toBeLessThan(5000)
    expect(again).toBeLessThan(10_000)
    expect(hook.told().map((body) => body.id)).toEqual([id, id])
    expect(hook.told()[0]).toEqual(hook.told()[1])
    expect(wrong).toEqual([])
  })
})
