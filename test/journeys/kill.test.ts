import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import { audit } from '../support/audit.ts'
import type { Place } from '../support/postgres.ts'
import { lasting, type Running, serve } from '../support/program.ts'
import { type Random, randomFrom } from '../support/random.ts'

const rounds = 12
const callers = 16
const statuses = ['open', 'won', 'lost', 'abandoned']

type State = Record<string, unknown> | null

/** What a caller knows of a record of its own: what was acknowledged, and what is under way. Null is deleted. */
interface Known {
  path: string
  kind: 'opportunity' | 'contact'
  sure: State
  maybe?: State
  round: number
}

interface Caller {
  random: Random
  records: Known[]
}

let place: Place
let token: string
let pipeline: { id: string; stages: { id: string }[] }
let server: Running
let locationId: string
const surprises: string[] = []
let acknowledged = 0
let whenReached: { count: number; tell: () => void } | undefined

/** Undefined when the server died before it answered. */
async function call(method: string, path: string, body?: object) {
  const headers = { authorization: `Bearer ${token}`, version: '2021-07-28', 'content-type': 'application/json' }
  try {
    const response = await fetch(server.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire carries
    return { status: response.status, body: (await response.json()) as any }
  } catch {
    return undefined
  }
}

function acknowledge() {
  acknowledged++
  if (whenReached && acknowledged >= whenReached.count) whenReached.tell()
}

/** Writes until the server dies. Each caller changes only its own records, so it knows what each of them must be. */
async function writeOn(caller: Caller, round: number) {
  while (await writeOnce(caller, round)) acknowledge()
}

async function writeOnce({ random, records }: Caller, round: number): Promise<boolean> {
  const mine = (kind: Known['kind']) => records.filter((known) => known.kind === kind && known.sure !== null)
  const [people, deals] = [mine('contact'), mine('opportunity')]
  if (people.length === 0 || random.chance(0.1)) return createPerson(records, random, round)
  if (deals.length < 5 || random.chance(0.25)) return createDeal(records, random, round, random.one(people))
  if (random.chance(0.2)) {
    const wanted = { companyName: `Company ${random.below(1e6)}`, city: `City ${random.below(1e6)}` }
    return change(random.one(people), 'PUT', '', wanted, round)
  }
  const deal = random.one(deals)
  const stage = random.one(pipeline.stages).id
  const which = random.below(10)
  if (which < 3) return change(deal, 'PUT', '/status', { status: random.one(statuses) }, round)
  if (which < 6) return change(deal, 'PUT', '', { pipelineStageId: stage }, round)
  if (which < 9) {
    const wanted = { name: `Deal ${random.below(1e9)}`, monetaryValue: random.below(1e8) / 100, pipelineStageId: stage }
    return change(deal, 'PUT', '', { ...wanted, status: random.one(statuses) }, round)
  }
  return change(deal, 'DELETE', '', null, round)
}

async function createPerson(records: Known[], random: Random, round: number): Promise<boolean> {
  const wanted = { companyName: `Company ${random.below(1e6)}`, city: 'Dolomite' }
  const email = `${random.below(2 ** 31)}.${random.below(2 ** 31)}@example.com`
  const reply = await call('POST', '/contacts/', { locationId, firstName: 'Ada', email, ...wanted })
  return keep(reply, 'contact', '/contacts', wanted, records, round)
}

async function createDeal(records: Known[], random: Random, round: number, person: Known): Promise<boolean> {
  const wanted = {
    name: `Deal ${random.below(1e9)}`,
    status: random.one(statuses),
    pipelineStageId: random.one(pipeline.stages).id,
    monetaryValue: random.below(1e8) / 100,
  }
  const contactId = person.path.split('/').at(-1)
  const reply = await call('POST', '/opportunities/', { locationId, pipelineId: pipeline.id, contactId, ...wanted })
  return keep(reply, 'opportunity', '/opportunities', wanted, records, round)
}

type Answer = Awaited<ReturnType<typeof call>>

function keep(
  reply: Answer,
  kind: Known['kind'],
  place: string,
  sure: State,
  records: Known[],
  round: number,
): boolean {
  if (!reply) return false
  if (reply.status !== 201) surprises.push(JSON.stringify(reply))
  else records.push({ path: `${place}/${reply.body[kind].id}`, kind, sure, round })
  return true
}

async function change(known: Known, method: string, rest: string, wanted: State, round: number): Promise<boolean> {
  known.round = round
  known.maybe = wanted && { ...known.sure, ...wanted }
  const reply = await call(method, known.path + rest, wanted ?? undefined)
  if (!reply) return false
  if (reply.status !== 200) surprises.push(JSON.stringify(reply))
  known.sure = known.maybe
  delete known.maybe
  return true
}

/** Holds the record against what was acknowledged; what was under way may have happened, but not by half. */
async function verify(known: Known) {
  const reply = await call('GET', known.path)
  const found = reply?.status === 404 ? null : reply?.body[known.kind]
  const seen: State =
    found && Object.fromEntries(Object.keys(known.sure ?? known.maybe ?? {}).map((name) => [name, found[name]]))

  const possible = 'maybe' in known ? [known.sure, known.maybe] : [known.sure]
  expect(possible, `${known.path} after the kill`).toContainEqual(seen)
  known.sure = seen
  delete known.maybe
}

async function verifyAll(records: Known[]) {
  const queue = [...records]
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let known = queue.pop(); known; known = queue.pop()) await verify(known)
    }),
  )
}

/** Resolves once so many more writes were acknowledged, and a moment that no commit chose. */
async function aRandomMoment(random: Random) {
  const count = acknowledged + 50 + random.below(400)
  await new Promise<void>((tell) => {
    whenReached = { count, tell }
  })
  whenReached = undefined
  await new Promise((resolve) => setTimeout(resolve, random.below(15)))
}

describe.each(lasting)('a server that is killed while it writes ($name)', ({ name, open }) => {
  beforeAll(async () => {
    place = await open()
    acknowledged = 0
  })
  afterAll(async () => {
    await server?.kill()
    await place.discard()
  })

  const crew: Caller[] = Array.from({ length: callers }, (_, at) => ({ random: randomFrom(at), records: [] }))
  const random = randomFrom(4711)

  test(`has everything it acknowledged, ${rounds} times over`, { timeout: 180_000 }, async () => {
    server = await serve(place.db)
    ;({ token, locationId } = server)
    pipeline = (await call('GET', `/opportunities/pipelines?locationId=${locationId}`))?.body.pipelines[0]

    for (let round = 1; round <= rounds; round++) {
      const writing = Promise.all(crew.map((caller) => writeOn(caller, round)))
      await aRandomMoment(random)
      await server.kill()
      await writing

      server = await serve(place.db)
      const all = crew.flatMap(({ records }) => records)
      await verifyAll(round === rounds ? all : all.filter((known) => known.round === round))
    }

    expect(surprises).toEqual([])
    expect(acknowledged).toBeGreaterThan(rounds * 50)
  })

  test('shows its secrets no second time', () => {
    expect(server.token).toBeUndefined()
  })

  test('keeps totals, counters, indexes, history and the file itself right', { timeout: 60_000 }, async () => {
    await server.kill()

    const store = await openStore(place.db)
    try {
      if (name === 'SQLite') {
        expect(await store.all(sql`pragma integrity_check`)).toEqual([{ integrity_check: 'ok' }])
      }
      expect(await audit(store)).toEqual([])
    } finally {
      await store.close()
    }
  })

  test('ends in order when it is asked to, and comes back', { timeout: 60_000 }, async () => {
    server = await serve(place.db)
    expect(await server.stop()).toBe(0)

    server = await serve(place.db)
    await verifyAll(crew.flatMap(({ records }) => records).slice(0, 50))
  })
})
