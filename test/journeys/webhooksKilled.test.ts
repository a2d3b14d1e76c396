import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import { auditLines } from '../support/auditLines.ts'
import type { Place } from '../support/postgres.ts'
import { lasting, type Running, serve } from '../support/program.ts'
import { type Random, randomFrom } from '../support/random.ts'
import { type Received, type Receiver, startReceiver } from '../support/receiver.ts'

/** Ten thousand take some minutes; `PIPEWRIGHT_KILLED_CHANGES` says how many. */
const changes = Number(process.env.PIPEWRIGHT_KILLED_CHANGES ?? 2000)
const callers = 16
const dealsEach = 20
const options = ['--rate-limit', 'off', '--allow-private-webhooks', '127.0.0.1/32']

/** A deal, and every value that it has had, in order. */
interface Deal {
  id: string
  values: number[]
}

let place: Place
let receiver: Receiver
let servers: Running[] = []
let token: string
let locationId: string
let webhookId: string
let last = 0
let made = 0

/** Undefined where the server died before it answered. */
async function call(server: Running, method: string, path: string, body?: object) {
  const headers = { authorization: `Bearer ${token}`, version: '2021-07-28', 'content-type': 'application/json' }
  try {
    const response = await fetch(server.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire carries
    return { status: response.status, body: (await response.json()) as any }
  } catch {
    return undefined
  }
}

/** Asks whoever is up until somebody answers. */
async function insist(random: Random, method: string, path: string, body?: object) {
  for (;;) {
    const reply = await call(random.one(servers), method, path, body)
    if (reply && reply.status < 500) return reply
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function begin(random: Random, pipelineId: string): Promise<Deal> {
  const email = `${random.below(2 ** 31)}.${random.below(2 ** 31)}@example.com`
  const { contact } = (await insist(random, 'POST', '/contacts/', { locationId, email })).body
  const deal = { locationId, pipelineId, name: 'Deal', status: 'open', contactId: contact.id, monetaryValue: 0 }
  return { id: (await insist(random, 'POST', '/opportunities/', deal)).body.opportunity.id, values: [] }
}

/** Gives the deal its next value; one that nobody acknowledged is looked for. */
async function change(random: Random, deal: Deal) {
  const monetaryValue = ++last
  const reply = await call(random.one(servers), 'PUT', `/opportunities/${deal.id}`, { monetaryValue })
  if (reply?.status !== 200) {
    const { opportunity } = (await insist(random, 'GET', `/opportunities/${deal.id}`)).body
    if (opportunity.monetaryValue !== monetaryValue) return
  }
  deal.values.push(monetaryValue)
  made++
}

async function work(random: Random, deals: Deal[]) {
  while (made < changes) await change(random, random.one(deals))
}

/** Kills one server after another, until the work is done; each comes back. */
async function killOn(random: Random, db: string, isDone: () => boolean): Promise<number> {
  let kills = 0
  while (!isDone()) {
    await new Promise((resolve) => setTimeout(resolve, 300 + random.below(2500)))
    const at = random.below(servers.length)
    await servers[at]?.kill()
    servers[at] = await serve(db, options)
    kills++
  }
  return kills
}

async function untilQuiet(random: Random) {
  for (let quiet = 0; quiet < 5; ) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    const { webhook } = (await insist(random, 'GET', `/console/webhooks/${webhookId}`)).body
    quiet = webhook.deliveries.waiting === 0 ? quiet + 1 : 0
  }
}

/** Answers most with 200; some with 500, some not at all; at most twice for each delivery. */
function moody(random: Random, well: Received[]) {
  const failures = new Map<string, number>()
  receiver.answer((request, response) => {
    const id = request.body.webhookId
    const before = failures.get(id) ?? 0
    if (before < 2 && random.chance(0.05)) {
      failures.set(id, before + 1)
      if (random.chance(0.5)) response.destroy()
      else response.writeHead(500).end()
    } else {
      well.push(request)
      response.writeHead(200).end()
    }
  })
}

describe.each(lasting)('webhooks of servers that are killed ($name)', ({ name, open }) => {
  beforeAll(async () => {
    place = await open()
    receiver = await startReceiver()
    last = 0
    made = 0
  })
  afterAll(async () => {
    for (const server of servers) await server.kill()
    await receiver.close()
    await place.discard()
  })

  test('all arrive, each deal’s in its order, and what comes twice has one webhookId', {
    timeout: 900_000,
  }, async () => {
    const random = randomFrom(815)
    const first = await serve(place.db, options)
    ;({ token, locationId } = first)
    servers = [first]
    if (name === 'PostgreSQL') servers.push(await serve(place.db, options), await serve(place.db, options))
    const well: Received[] = []
    moody(random, well)
    const hook = { url: receiver.url, types: ['OpportunityMonetaryValueUpdate'] }
    webhookId = (await insist(random, 'POST', '/console/webhooks', hook)).body.webhook.id
    const [pipeline] = (await insist(random, 'GET', `/opportunities/pipelines?locationId=${locationId}`)).body.pipelines
    const crew = await Promise.all(
      Array.from({ length: callers }, async (_, at) => {
        const own = randomFrom(at)
        const deals = await Promise.all(Array.from({ length: dealsEach }, () => begin(own, pipeline.id)))
        return { random: own, deals }
      }),
    )

    let isDone = false
    const working = Promise.all(crew.map(({ random: own, deals }) => work(own, deals))).then(() => {
      isDone = true
    })
    const kills = await killOn(randomFrom(4711), place.db, () => isDone)
    await working
    await untilQuiet(random)

    const deals = crew.flatMap((one) => one.deals)
    const told = new Map(deals.map(({ id }): [string, Received[]] => [id, []]))
    for (const request of well) told.get(request.body.id)?.push(request)
    const names = new Map<string, Set<string>>()
    for (const { body } of receiver.received) {
      const change = `${body.id} ${body.monetaryValue}`
      names.set(change, (names.get(change) ?? new Set()).add(body.webhookId))
    }
    const firsts = (id: string) => [...new Set(told.get(id)?.map(({ body }) => body.monetaryValue))]
    expect(kills).toBeGreaterThan(changes / 2000)
    expect(made).toBeGreaterThanOrEqual(changes)
    expect([...names.values()].filter((ids) => ids.size !== 1)).toEqual([])
    for (const { id, values } of deals) expect(firsts(id)).toEqual(values)
  })

  test('and the lines are right', async () => {
    for (const server of servers) await server.kill()

    const store = await openStore(place.db)
    try {
      expect(await auditLines(store)).toEqual([])
    } finally {
      await store.close()
    }
  })
})
