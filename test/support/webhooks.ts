import type { Crm, Reply } from '../harness.ts'
import { type Receiver, startReceiver } from './receiver.ts'

/** A webhook that a test has, with what it reads of it. */
export interface Hooked {
  id: string
  secret: string
  url: string
  /** Payloads that arrived at its address, in their order. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire carries
  told: () => any[]
  webhook: () => Promise<Record<string, unknown>>
  /** The log, the oldest first. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire carries
  log: () => Promise<any[]>
  ask: (action: string, body?: object) => Promise<Reply>
}

let places = 0

/** Subscribes an address of the receiver, or any other. */
export async function subscribe(crm: Crm, receiver: Receiver, fields: object = {}): Promise<Hooked> {
  const place = `/hooks/${++places}`
  const reply = await crm.v2.post('/console/webhooks', { url: receiver.url + place, types: ['*'], ...fields })
  if (reply.status !== 201) throw new Error(reply.text)
  const { secret, webhook } = reply.body
  const path = `/console/webhooks/${webhook.id}`
  return {
    id: webhook.id,
    secret,
    url: webhook.url,
    told: () => receiver.received.filter((one) => one.path === place).map(({ body }) => body),
    webhook: async () => (await crm.v2.get(path)).body.webhook,
    async log() {
      const { deliveries } = (await crm.v2.get(`${path}/deliveries?limit=100`)).body
      const stories = deliveries.map(({ id }: { id: string }) => crm.v2.get(`${path}/deliveries/${id}`))
      return (await Promise.all(stories)).map(({ body }) => body.delivery).reverse()
    },
    ask: (action, body) => crm.v2.post(`${path}/${action}`, body),
  }
}

/** Does something with a receiver of its own, which is gone afterwards. */
export async function withReceiver<T>(work: (receiver: Receiver) => Promise<T>): Promise<T> {
  const receiver = await startReceiver()
  try {
    return await work(receiver)
  } finally {
    await receiver.close()
  }
}
