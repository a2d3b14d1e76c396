import { once } from 'node:events'
import { Agent, createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { databaseOn, startPostgres, withClient } from '../test/support/postgresServer.ts'
import { type Prepared, prepare, preparePostgres } from './data.ts'
import { row } from './figures.ts'
import { type Server, startPipewright } from './servers.ts'

// biome-ignore lint/suspicious/noExplicitAny: whatever the wire carries
type Wire = any

/** How many changes a second, and for how many seconds, behind some in which a server that has just started gets warm. */
const pace = { perSecond: 100, warm: 4, seconds: 10 }
/** Changes at once, for how many deliveries a second a fast receiver gets. */
const flood = 5000
const callers = 32
const readers = 4

/**
 * What follows from a change: from the reply that acknowledged it to the delivery on loopback, and to a workflow's first
 * action; deliveries a second; and what ten thousand runs that fall due together cost those who read meanwhile.
 */
export async function measureAutomation(size: number, folder: string) {
  const onSqlite = await measureOn(await prepare(size, folder))
  const onPostgres = await withPostgres(size, measureOn)
  console.log(`## Automation, ${size.toLocaleString('en')} opportunities in one location\n`)
  console.log('| | SQLite | PostgreSQL |\n|---|---:|---:|')
  for (const [at, [name, value]] of onSqlite.entries()) console.log(row(name, value, onPostgres[at]?.[1] ?? ''))
  console.log()
}

async function withPostgres<T>(size: number, work: (data: Prepared) => Promise<T>): Promise<T> {
  const server = await startPostgres({ isDurable: true })
  try {
    await withClient(server.url, (client) => client.query('create database bench template template0'))
    const data = await preparePostgres(size, databaseOn(server.url, 'bench'))
    await withClient(data.db, (client) => client.query('vacuum analyze'))
    return await work(data)
  } finally {
    await server.stop()
  }
}

type Figures = [name: string, value: string][]

async function measureOn(data: Prepared): Promise<Figures> {
  const server = await startPipewright(data, ['--allow-private-webhooks', 'all'])
  const receiver = await startReceiver()
  try {
    const client = clientOf(server, data)
    return [
      ...(await paced(client, receiver)),
      ...(await flooded(client, receiver)),
      ...(await dueTogether(client, server, data)),
    ]
  } finally {
    await receiver.stop()
    await server.stop()
  }
}

/** A change every ten milliseconds, each told to a webhook and to a workflow. */
async function paced({ ask, someone }: Client, receiver: Receiver): Promise<Figures> {
  const { webhook } = await ask('POST', '/console/webhooks', { url: receiver.url, types: ['OpportunityStatusUpdate'] })
  const workflow = await publish(ask, {
    name: 'First action',
    trigger: { type: 'opportunity_status_changed', filters: {} },
    steps: [{ type: 'add_contact_tag', settings: { tags: ['met'] } }],
  })
  const all = await someone(pace.perSecond * (pace.warm + pace.seconds))
  const acknowledged = new Map<string, number>()
  const began = performance.now()
  await Promise.all(
    all.map(async (deal, at) => {
      await until(began + (at * 1000) / pace.perSecond)
      await ask('PUT', `/opportunities/${deal.id}/status`, { status: deal.status === 'open' ? 'won' : 'open' })
      acknowledged.set(deal.id, Date.now())
    }),
  )
  await receiver.have(all.length)
  const deals = all.slice(pace.perSecond * pace.warm)
  const delivered = deals.map(({ id }) => (receiver.at.get(id) as number) - (acknowledged.get(id) as number))
  await allEnded(ask, workflow)
  const actedOn = await actionsOf(ask, workflow, acknowledged)
  const acted = deals.map(({ id }) => actedOn.get(id) as number)
  await ask('DELETE', `/console/webhooks/${webhook.id}`)
  await ask('DELETE', `/console/workflows/${workflow}`)
  return [
    [`commit to delivery, ${pace.perSecond} changes a second, p50 / p95 ms`, spread(delivered)],
    [`commit to first action, ${pace.perSecond} changes a second, p50 / p95 ms`, spread(acted)],
  ]
}

/** By opportunity, from the reply to the line in the log of what the first step did. */
async function actionsOf(ask: Ask, workflowId: string, acknowledged: Map<string, number>) {
  const took = new Map<string, number>()
  for (let cursor = ''; took.size < acknowledged.size; ) {
    const page = await ask('GET', `/console/runs?workflowId=${workflowId}&limit=100${cursor}`)
    for (const { id } of page.runs) {
      const { run, steps } = await ask('GET', `/console/runs/${id}`)
      took.set(run.opportunityId, Date.parse(steps[0].at) - (acknowledged.get(run.opportunityId) as number))
    }
    if (!page.nextCursor) break
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`
  }
  return took
}

async function flooded({ ask, someone }: Client, receiver: Receiver): Promise<Figures> {
  const { webhook } = await ask('POST', '/console/webhooks', { url: receiver.url, types: ['OpportunityUpdate'] })
  const deals = await someone(flood)
  receiver.forget()
  const began = performance.now()
  await together(deals, async (deal) => {
    await ask('PUT', `/opportunities/${deal.id}`, { name: `${deal.name} again` })
  })
  await receiver.have(deals.length)
  const rate = deals.length / ((performance.now() - began) / 1000)
  await ask('DELETE', `/console/webhooks/${webhook.id}`)
  return [[`deliveries a second to one fast receiver, ${callers} callers writing`, String(Math.round(rate))]]
}

/** Ten thousand runs wait for one moment; GET one is asked before it, and from it on. */
async function dueTogether({ ask, someone }: Client, server: Server, data: Prepared): Promise<Figures> {
  const deals = await someone(10_000)
  const contacts = [...new Set(deals.map(({ contactId }) => contactId as string))]
  const due = Date.now() + 90_000
  const workflow = await publish(ask, {
    name: 'All at once',
    trigger: { type: 'contact_tag', filters: { tag: 'nobody has it' } },
    steps: [
      { type: 'wait', settings: { until: new Date(due).toISOString() } },
      { type: 'add_contact_tag', settings: { tags: ['waited'] } },
    ],
  })
  await together(contacts, (id) => ask('POST', `/contacts/${id}/workflow/${workflow}`, {}))
  const quiet = await reading(server, data, deals, 10)
  await until(performance.now() + due - Date.now())
  const began = performance.now()
  const busy = await reading(server, data, deals, 10)
  await allEnded(ask, workflow)
  const seconds = (performance.now() - began) / 1000
  return [
    [`${contacts.length.toLocaleString('en')} runs due at one moment, seconds until all ended`, seconds.toFixed(1)],
    ['GET one meanwhile, p99 ms, before / while', `${quiet} / ${busy}`],
  ]
}

/** p99 of GET one in ms, with few callers, so that it is the server that is measured and not the queue before it. */
async function reading({ url }: Server, { token }: Prepared, deals: Wire[], seconds: number): Promise<string> {
  const agent = new Agent({ keepAlive: true, maxSockets: readers })
  const headers = { authorization: `Bearer ${token}`, version: '2021-07-28' }
  const took: number[] = []
  const end = performance.now() + seconds * 1000
  const read = async (first: number) => {
    for (let turn = first; performance.now() < end; turn++) {
      const path = `/opportunities/${deals[turn % deals.length].id}`
      took.push(await timed((done) => get(url + path, { agent, headers }, (reply) => reply.resume().on('end', done))))
    }
  }
  await Promise.all(Array.from({ length: readers }, (_, first) => read(first)))
  agent.destroy()
  return quantile(took, 0.99).toFixed(1)
}

async function timed(work: (done: () => void) => void): Promise<number> {
  const began = performance.now()
  await new Promise<void>((done) => work(done))
  return performance.now() - began
}

async function allEnded(ask: Ask, workflowId: string) {
  for (const state of ['waiting', 'running', 'sending', 'retrying']) {
    const left = () => ask('GET', `/console/runs?workflowId=${workflowId}&state=${state}&limit=1`)
    while ((await left()).runs.length > 0) await until(performance.now() + 100)
  }
}

async function publish(ask: Ask, definition: object): Promise<string> {
  const { workflow } = await ask('POST', '/console/workflows', definition)
  await ask('POST', `/console/workflows/${workflow.id}/publish`, {})
  return workflow.id
}

type Ask = (method: string, path: string, body?: object) => Promise<Wire>
interface Client {
  ask: Ask
  /** So many opportunities, the newest first. */
  someone: (count: number) => Promise<Wire[]>
}

function clientOf({ url }: Server, { token, locationId }: Prepared): Client {
  const headers = { authorization: `Bearer ${token}`, version: '2021-07-28', 'content-type': 'application/json' }
  const ask: Ask = async (method, path, body) => {
    const reply = await fetch(url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    const text = await reply.text()
    if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${text}`)
    return JSON.parse(text)
  }
  async function someone(count: number) {
    const found: Wire[] = []
    while (found.length < count) {
      const searchAfter = found.at(-1)?.sort ?? []
      const page = await ask('POST', '/opportunities/search', { locationId, limit: 500, searchAfter })
      if (page.opportunities.length === 0) break
      found.push(...page.opportunities)
    }
    return found.slice(0, count)
  }
  return { ask, someone }
}

interface Receiver {
  url: string
  /** When the delivery about each record came, epoch ms. */
  at: Map<string, number>
  /** Until so many came. */
  have: (count: number) => Promise<void>
  forget: () => void
  stop: () => Promise<void>
}

async function startReceiver(): Promise<Receiver> {
  const at = new Map<string, number>()
  let waiting: { count: number; done: () => void } | undefined
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const { id } = JSON.parse(Buffer.concat(chunks).toString())
      if (!at.has(id)) at.set(id, Date.now())
      reply.end('ok')
      if (waiting && at.size >= waiting.count) waiting.done()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    at,
    have: (count) =>
      new Promise((done) => {
        if (at.size >= count) done()
        else waiting = { count, done }
      }),
    forget: () => at.clear(),
    stop: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function together<T>(list: T[], work: (item: T) => Promise<unknown>) {
  let next = 0
  const caller = async () => {
    while (next < list.length) await work(list[next++] as T)
  }
  await Promise.all(Array.from({ length: callers }, caller))
}

const until = (moment: number) => new Promise((done) => setTimeout(done, Math.max(0, moment - performance.now())))

const spread = (values: number[]) => `${Math.round(quantile(values, 0.5))} / ${Math.round(quantile(values, 0.95))}`

function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
