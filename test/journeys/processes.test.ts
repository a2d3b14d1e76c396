import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import { audit } from '../support/audit.ts'
import { createDatabase, type Place } from '../support/postgres.ts'
import { databaseOn, type PostgresServer, startPostgres } from '../support/postgresServer.ts'
import { type Running, serve } from '../support/program.ts'
import { type Random, randomFrom } from '../support/random.ts'

/* Several processes on one PostgreSQL. */

const running = new Set<Running>()
async function start(db: string, options?: string[]): Promise<Running> {
  const server = await serve(db, options)
  running.add(server)
  return server
}
afterEach(async () => {
  await Promise.all([...running].map((server) => server.kill()))
  running.clear()
})

describe('three processes', () => {
  let place: Place
  beforeAll(async () => {
    place = await createDatabase({ isBare: true })
  })
  afterAll(() => place.discard())

  test('that start at the same moment on an empty database furnish it once, and show one set of secrets', async () => {
    const servers = await Promise.all([start(place.db), start(place.db), start(place.db)])

    expect(servers.filter(({ token }) => token)).toHaveLength(1)
    expect(new Set(servers.map(({ locationId }) => locationId)).size).toBe(1)
    const store = await openStore(place.db)
    expect(await store.all(sql`select count(*) as "count" from locations`)).toEqual([{ count: 1 }])
    expect(await store.all(sql`select kind, count(*) as "count" from tokens group by kind order by kind`)).toEqual([
      { kind: 'pit', count: 1 },
      { kind: 'v1', count: 1 },
    ])
    expect(await audit(store)).toEqual([])
    await store.close()
  })
})

describe('the limit of a token', () => {
  let place: Place
  beforeAll(async () => {
    place = await createDatabase()
  })
  afterAll(() => place.discard())

  test('holds across three processes: of 300 requests at once 100 are answered', { timeout: 60_000 }, async () => {
    const limited = ['--rate-limit', '100/60s']
    const servers = [await start(place.db, limited), await start(place.db, limited), await start(place.db, limited)]
    const { token, locationId } = servers[0] as Running
    const headers = { authorization: `Bearer ${token}`, version: '2021-07-28' }
    const path = `/opportunities/pipelines?locationId=${locationId}`

    const replies = await Promise.all(
      Array.from({ length: 300 }, (_, at) => fetch((servers[at % 3] as Running).url + path, { headers })),
    )

    const remaining = (status: number) =>
      replies
        .filter((reply) => reply.status === status)
        .map(({ headers }) => Number(headers.get('x-ratelimit-remaining')))
        .sort((a, b) => a - b)
    expect(remaining(200)).toEqual(Array.from({ length: 100 }, (_, at) => at))
    expect(remaining(429)).toEqual(Array(200).fill(0))
    const refused = replies.find(({ status }) => status === 429) as Response
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.headers.get('x-ratelimit-daily-remaining')).toBe(String(200_000 - 100))
  })
})

const callers = 32
const changes = 10_000
const processes = 3
const statuses = ['open', 'won', 'lost', 'abandoned']

/** Counted like anybody's requests, by all processes together, but never too many. */
const counted = ['--rate-limit', '1000000/10s,100000000/day']
const away = [
  'The database cannot be reached, or is too busy',
  'The change may have been made: look before you ask again',
]

/** A deal, and the name of its last change: names are never used twice, so the history tells what was made of each. */
interface Deal {
  id: string
  name: string
  doubtful?: string
}

interface Caller {
  random: Random
  deals: Deal[]
  contactId?: string
}

describe(`${processes} processes and ${callers} callers, while processes are killed and the database restarts`, () => {
  let database: PostgresServer
  let db: string
  const servers: (Running | undefined)[] = []
  let secrets: { token: string; locationId: string }
  let pipeline: { id: string; stages: { id: string }[] }
  const acknowledged: string[] = []
  const doubtful: string[] = []
  const surprises: string[] = []
  const unavailable: string[] = []
  const wantedAt: { count: number; tell: () => void }[] = []
  let asked = 0

  beforeAll(async () => {
    database = await startPostgres({ isDurable: true })
    db = databaseOn(database.url, 'postgres')
  })
  afterAll(async () => {
    await Promise.all(servers.map((server) => server?.kill()))
    await database.stop()
  })

  /** One request to a process that is up; undefined when it died before it answered. */
  async function call(random: Random, method: string, path: string, body?: object) {
    const up = servers.filter((server) => server !== undefined)
    const headers = {
      authorization: `Bearer ${secrets.token}`,
      version: '2021-07-28',
      'content-type': 'application/json',
    }
    try {
      const url = random.one(up).url + path
      const response = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) })
      // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire carries
      return { status: response.status, body: (await response.json()) as any }
    } catch {
      return undefined
    }
  }

  /** Makes a change under a new name. What was not acknowledged may have happened, once; the deal is not used again. */
  async function attempt(caller: Caller, method: string, path: string, body: object, deal?: Deal) {
    const name = `change ${++asked}`
    const reply = await call(caller.random, method, path, { ...body, name })
    if (reply?.status === 200 || reply?.status === 201) {
      acknowledged.push(name)
      for (const wanted of wantedAt) if (acknowledged.length >= wanted.count) wanted.tell()
      if (deal) deal.name = name
      return reply.body
    }
    doubtful.push(name)
    if (deal) caller.deals.splice(caller.deals.indexOf(deal), 1)
    if (reply) refused(reply)
    return undefined
  }

  /** Only one refusal is expected here. */
  function refused({ status, body }: { status: number; body: { message: string } }) {
    if (status === 503 && away.includes(body.message)) unavailable.push(body.message)
    else surprises.push(JSON.stringify({ status, body }))
  }

  async function work(caller: Caller) {
    const { random, deals } = caller
    const pipelineStageId = random.one(pipeline.stages).id
    if (!caller.contactId) {
      const email = `${random.below(2 ** 31)}.${random.below(2 ** 31)}@example.com`
      const body = { locationId: secrets.locationId, firstName: 'Ada', email }
      const made = await call(random, 'POST', '/contacts/', body)
      if (made?.status === 201) caller.contactId = made.body.contact.id
      else if (made) refused(made)
      return
    }
    if (deals.length < 5) {
      const place = { locationId: secrets.locationId, pipelineId: pipeline.id, contactId: caller.contactId }
      const body = { ...place, pipelineStageId, status: random.one(statuses), monetaryValue: random.below(1e6) / 100 }
      const made = await attempt(caller, 'POST', '/opportunities/', body)
      if (made) deals.push({ id: made.opportunity.id, name: made.opportunity.name })
      return
    }
    const deal = random.one(deals)
    const wanted = { pipelineStageId, status: random.one(statuses), monetaryValue: random.below(1e6) / 100 }
    await attempt(caller, 'PUT', `/opportunities/${deal.id}`, wanted, deal)
  }

  const reached = (count: number) => new Promise<void>((tell) => wantedAt.push({ count, tell }))

  /** Kills one process after the other, each after as many changes, and starts it again. */
  async function killInTurn(isDone: () => boolean) {
    const every = changes / 12
    for (let at = 0; !isDone(); at++) {
      await reached(acknowledged.length + every)
      const victim = servers[at % processes]
      servers[at % processes] = undefined
      await victim?.kill()
      servers[at % processes] = await startAgain()
    }
  }

  /** As whoever watches over a process does: while the database is away, a start may fail. */
  async function startAgain(): Promise<Running> {
    for (;;) {
      const server = await serve(db, counted).catch(() => undefined)
      if (server) return server
    }
  }

  test(`${changes} changes: none is lost, none is made twice`, { timeout: 480_000 }, async () => {
    const first = await serve(db, counted)
    secrets = { token: first.token, locationId: first.locationId }
    servers.push(first, await serve(db, counted), await serve(db, counted))
    const crew: Caller[] = Array.from({ length: callers }, (_, at) => ({ random: randomFrom(at), deals: [] }))
    const path = `/opportunities/pipelines?locationId=${secrets.locationId}`
    pipeline = (await call(randomFrom(0), 'GET', path))?.body.pipelines[0]

    let done = false
    const isDone = () => done
    const killing = killInTurn(isDone)
    const crashing = reached(changes / 3).then(() => database.crash())
    const restarting = reached((2 * changes) / 3).then(() => database.restart())
    await Promise.all(
      crew.map(async (caller) => {
        while (acknowledged.length < changes) await work(caller)
      }),
    )
    done = true
    for (const { tell } of wantedAt) tell()
    await Promise.all([killing, crashing, restarting])

    expect(surprises).toEqual([])
    expect(acknowledged.length).toBeGreaterThanOrEqual(changes)
    expect(unavailable.length).toBeLessThan(callers * 10)
  })

  test('the history has each acknowledged change once, and each doubtful one at most once', async () => {
    await Promise.all(servers.map((server) => server?.kill()))
    const store = await openStore(db)
    const made = new Map<string, number>()
    const rows = await store.all<{ name: string }>(sql`
      select ${store.json('"after"', 'name')} as "name" from events where record = 'opportunity' and "after" is not null`)
    for (const { name } of rows) made.set(name, (made.get(name) ?? 0) + 1)
    await store.close()

    expect(acknowledged.filter((name) => made.get(name) !== 1)).toEqual([])
    expect(doubtful.filter((name) => (made.get(name) ?? 0) > 1)).toEqual([])
    expect([...made.keys()].length).toBeLessThanOrEqual(acknowledged.length + doubtful.length)
  })

  test('totals, counters, indexes and history equal a recount', { timeout: 120_000 }, async () => {
    const store = await openStore(db)

    expect(await audit(store)).toEqual([])
    await store.close()
  })
})
