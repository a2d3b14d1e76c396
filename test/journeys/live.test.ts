import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { append } from '../../src/domain/outbox.ts'
import { type Crm, startCrm } from '../harness.ts'
import { type Live, listen } from '../support/live.ts'
import { createDatabase, type Place } from '../support/postgres.ts'
import { type Running, serve } from '../support/program.ts'

/* What clients of the stream hear of, whatever happens to them and to the order of commits. */

describe('two servers on one PostgreSQL', () => {
  let place: Place
  let servers: [Running, Running]
  let headers: Record<string, string>
  let locationId: string
  let contactId: string
  let pipelineId: string

  beforeAll(async () => {
    place = await createDatabase({ isBare: true })
    const first = await serve(place.db)
    servers = [first, await serve(place.db)]
    locationId = first.locationId
    headers = { authorization: `Bearer ${first.token}` }
    pipelineId = (await ask(0, 'GET', `/opportunities/pipelines?locationId=${locationId}`)).pipelines[0].id
    contactId = (await ask(0, 'POST', '/contacts/', { locationId, firstName: 'Ada' })).contact.id
  })
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()))
    await place.discard()
  })

  async function ask(at: 0 | 1, method: string, path: string, body?: object) {
    const response = await fetch(servers[at].url + path, {
      method,
      headers: { ...headers, version: 'v3', 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(text)
    return JSON.parse(text)
  }
  const createDeal = async (at: 0 | 1, name: string): Promise<string> =>
    (await ask(at, 'POST', '/opportunities/', { locationId, pipelineId, contactId, name, status: 'open' })).opportunity
      .id
  const come = (at: 0 | 1, lastEventId?: string) => listen(servers[at].url, headers, lastEventId)

  test('a change by one is heard at the other within moments', async () => {
    const client = await come(1)
    await client.until(() => client.lastEventId !== '')

    const id = await createDeal(0, 'Told')
    const began = performance.now()
    await client.until(() => client.changes.some(({ recordId }) => recordId === id))

    expect(performance.now() - began).toBeLessThan(500)
    client.leave()
  })

  test('a client that drops and returns, here and there, misses none of 300 changes', { timeout: 60_000 }, async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, (_, at) => createDeal(0, `Deal ${at}`)))
    const heard: Live[] = []
    let lastEventId: string | undefined
    /** Comes, hears of something new, and is cut off. */
    const drop = async (at: 0 | 1) => {
      const client = await come(at, lastEventId)
      heard.push(client)
      await client.until(() => client.changes.length > 0)
      client.leave()
      await client.until(() => client.isOver)
      lastEventId = client.lastEventId
    }

    const witness = await come(0)
    await witness.until(() => witness.lastEventId !== '')
    const changing = Promise.all(
      ids.map(async (id, lane) => {
        for (let value = 1; value <= 30; value++) {
          await ask(((lane + value) % 2) as 0 | 1, 'PUT', `/opportunities/${id}`, { monetaryValue: value })
        }
      }),
    )
    for (let turn = 0; turn < 12; turn++) {
      await drop((turn % 2) as 0 | 1)
      const missed = witness.changes.length + 10
      await witness.until(() => witness.changes.length >= missed)
    }
    await changing
    const last = await come(1, lastEventId)
    heard.push(last)

    const changesOf = (clients: Live[]) => {
      const all = clients.flatMap(({ changes }) => changes)
      return [...new Map(all.map((change) => [change.seq, change])).values()]
        .filter(({ types }) => types.includes('OpportunityMonetaryValueUpdate'))
        .sort((a, b) => a.seq - b.seq)
    }
    await last.until(() => changesOf(heard).length >= 300, 10_000)
    await witness.until(() => changesOf([witness]).length >= 300, 10_000)
    expect(changesOf(heard)).toHaveLength(300)
    expect(changesOf([witness])).toEqual(changesOf(heard))
    for (const id of ids) expect(changesOf(heard).filter(({ recordId }) => recordId === id)).toHaveLength(30)
    expect(heard.flatMap(({ resets }) => resets).every((count) => count === 0)).toBe(true)
    const numbers = witness.changes.map(({ seq }) => seq)
    expect(new Set(numbers).size).toBe(numbers.length)
    for (const client of [witness, last]) client.leave()
  })
})

describe('an event that is numbered early and committed late', () => {
  let place: Place
  let crm: Crm
  beforeAll(async () => {
    place = await createDatabase()
    crm = await startCrm({ db: place.db })
  })
  afterAll(async () => {
    await crm.stop()
    await place.discard()
  })

  /** Writes an event, and commits it when it is told to; nobody is told of it. */
  function begin(recordId: string) {
    const gate = { commit: () => {} }
    const isOpen = new Promise<void>((resolve) => {
      gate.commit = resolve
    })
    let written = () => {}
    const isWritten = new Promise<void>((resolve) => {
      written = resolve
    })
    const done = crm.app.store.transaction(async (tx) => {
      const after = { id: recordId, name: 'late' }
      await append(crm.as(crm.locationId), tx, { types: ['TagCreate'], record: 'tag', recordId, before: null, after })
      written()
      await isOpen
    })
    return { isWritten, done, commit: gate.commit }
  }

  const come = (lastEventId?: string) => listen(crm.url, { authorization: `Bearer ${crm.token}` }, lastEventId)
  const hears = (client: Live, id: string) => client.until(() => client.changes.some(({ recordId }) => recordId === id))

  test.each([
    ['a moment', 100],
    ['some seconds', 3500],
  ])('is heard though others came before it, after %s', { timeout: 20_000 }, async (_, ms) => {
    const client = await come()
    const late = begin(`late ${ms}`)
    await late.isWritten
    const until = performance.now() + ms
    while (performance.now() < until) await hears(client, (await crm.given.contact()).id)

    late.commit()
    await late.done
    await hears(client, `late ${ms}`)

    const numbers = client.changes.map(({ seq }) => seq)
    expect(Math.min(...numbers)).toBe(client.changes.at(-1)?.seq)
    expect(new Set(numbers).size).toBe(numbers.length)
    client.leave()
  })

  test('is heard by a client that was away when it was committed', async () => {
    const client = await come()
    const late = begin('late while away')
    await late.isWritten
    const { id } = await crm.given.contact()
    await hears(client, id)
    client.leave()
    late.commit()
    await late.done

    const again = await come(client.lastEventId)

    await hears(again, 'late while away')
    again.leave()
  })

  test('is heard by whoever came while it was not committed', async () => {
    const late = begin('late before the beginning')
    await late.isWritten
    const { id } = await crm.given.contact()
    const client = await come()

    late.commit()
    await late.done

    await hears(client, 'late before the beginning')
    expect(client.changes.some(({ recordId }) => recordId === id)).toBe(false)
    client.leave()
  })
})
