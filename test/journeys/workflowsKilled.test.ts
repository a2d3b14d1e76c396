import sql from 'sql-template-tag'
import { describe, expect, test } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import { lasting, type Running, serve } from '../support/program.ts'
import { randomFrom } from '../support/random.ts'

/* Servers that are killed while runs are under way: each step is done once, whatever it changed is there once. */

const deals = Number(process.env.PIPEWRIGHT_KILLED_DEALS ?? 200)
const callers = 12
const processes = { SQLite: 1, PostgreSQL: 3 }
const kills = 4
/** ms for what is left when the last deal is made and the last server killed. */
const patience = 60_000 + deals * 60
const lasts = 180_000 + 2 * patience
const nap = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe.each(lasting)('runs whose servers are killed ($name)', ({ name, open }) => {
  test('do each step once', { timeout: lasts }, async () => {
    const random = randomFrom(Number(process.env.PIPEWRIGHT_SEED ?? Date.now() % 1e6))
    const place = await open()
    const first = await serve(place.db)
    const servers: Running[] = [first]
    while (servers.length < processes[name as keyof typeof processes]) servers.push(await serve(place.db))
    const { locationId, token } = first

    /** Undefined where nobody answered; the caller asks again. */
    async function call(method: string, path: string, body?: object) {
      const headers = { authorization: `Bearer ${token}`, version: '2021-07-28', 'content-type': 'application/json' }
      const sent = { method, headers, ...(body && { body: JSON.stringify(body) }) }
      const { url } = random.one(servers)
      // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire carries
      const reply: any = await fetch(url + path, sent)
        .then((response) => response.json())
        .catch(() => undefined)
      return reply?.statusCode === 503 ? undefined : reply
    }

    const { pipelines } = await call('GET', `/opportunities/pipelines?locationId=${locationId}`)
    const [pipeline] = pipelines
    const note = (body: string) => ({ type: 'add_notes', settings: { body } })
    const steps = [
      note('first {{opportunity.id}}'),
      { type: 'add_contact_tag', settings: { tags: ['begun'] } },
      { type: 'internal_update_opportunity', settings: { pipelineStageId: pipeline.stages[1].id } },
      { type: 'wait', settings: { for: { seconds: 1 } } },
      note('second {{opportunity.id}}'),
      { type: 'internal_update_opportunity', settings: { status: 'won' } },
    ]
    const { workflow } = await call('POST', '/console/workflows', {
      name: 'Killed',
      trigger: { type: 'opportunity_created' },
      steps,
    })
    await call('POST', `/console/workflows/${workflow.id}/publish`)

    const made: string[] = []
    const create = async () => {
      while (made.length < deals) {
        const email = `${random.below(2 ** 31)}.${random.below(2 ** 31)}@example.com`
        const person = await call('POST', '/contacts/', { locationId, email })
        const contactId = person?.contact?.id
        const deal =
          contactId &&
          (await call('POST', '/opportunities/', {
            locationId,
            pipelineId: pipeline.id,
            contactId,
            name: 'A deal',
            status: 'open',
          }))
        if (deal?.opportunity) made.push(deal.opportunity.id)
        else await nap(50)
      }
    }
    const killing = async () => {
      for (let killed = 0; killed < kills || made.length < deals; killed++) {
        await nap(300 + random.below(900))
        const at = random.below(servers.length)
        await servers[at]?.kill()
        servers[at] = await serve(place.db)
      }
    }
    await Promise.all([killing(), ...Array.from({ length: callers }, create)])

    const store = await openStore(place.db)
    const unfinished = () =>
      store.one<{ count: number }>(sql`
        select count(*) as "count" from workflow_runs where location_id = ${locationId} and state <> 'done'`)
    await expect.poll(async () => Number((await unfinished())?.count), { timeout: patience, interval: 500 }).toBe(0)
    for (const server of servers) await server.stop()

    const runs = await store.all<{ opportunityId: string }>(sql`
      select opportunity_id as "opportunityId" from workflow_runs where location_id = ${locationId}`)
    const notes = await store.all<{ body: string }>(sql`select body from notes where location_id = ${locationId}`)
    const moves = await store.all<{ id: string }>(sql`
      select record_id as "id" from events
      where location_id = ${locationId} and (types like '%OpportunityStageUpdate%' or types like '%StatusUpdate%')`)
    await store.close()
    await place.discard()

    // What nobody acknowledged may have been made all the same, and then has its run too.
    const ids = runs.map(({ opportunityId }) => opportunityId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(made.filter((id) => !ids.includes(id))).toEqual([])
    expect(notes.map(({ body }) => body).sort()).toEqual(ids.flatMap((id) => [`first ${id}`, `second ${id}`]).sort())
    expect(moves.map(({ id }) => id).sort()).toEqual([...ids, ...ids].sort())
  })
})
