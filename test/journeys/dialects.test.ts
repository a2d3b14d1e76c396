import { beforeAll, describe, expect, test } from 'vitest'
import { createContact } from '../../src/domain/contacts/commands.ts'
import { createOpportunity, deleteOpportunity, updateOpportunity } from '../../src/domain/opportunities/commands.ts'
import type { Reply } from '../harness.ts'
import { onEveryStore } from '../harness.ts'

onEveryStore('one opportunity, three dialects', (crm) => {
  test('is created through v1, moved through v2, forecast through v3, and reads the same through all', async () => {
    const [first, second] = crm.stages.map(({ id }) => ({ id })) as [{ id: string }, { id: string }]
    const place = `/v1/pipelines/${crm.pipeline.id}/opportunities`

    const created = await crm.v1.post(`${place}/`, {
      title: 'Three ways',
      status: 'open',
      stageId: first.id,
      email: 'three@example.com',
      name: 'Ada Lovelace',
      companyName: 'Engines',
      tags: ['vip'],
      monetaryValue: 220,
      source: 'form',
    })
    const { id } = created.body
    const moved = await crm.v2.put(`/opportunities/${id}`, { pipelineStageId: second.id })
    const forecast = { forecastExpectedCloseDate: '2027-01-31', forecastProbability: 60 }
    const planned = await crm.v3.put(`/opportunities/${id}`, forecast)

    expect([created.status, moved.status, planned.status]).toEqual([200, 200, 200])
    const v1 = (await crm.v1.get(`${place}/${id}`)).body
    const v2 = (await crm.v2.get(`/opportunities/${id}`)).body.opportunity
    const v3 = (await crm.v3.get(`/opportunities/${id}`)).body.opportunity
    expect(v1).toEqual({
      id,
      name: 'Three ways',
      monetaryValue: 220,
      pipelineId: crm.pipeline.id,
      pipelineStageId: second.id,
      assignedTo: null,
      status: 'open',
      source: 'form',
      lastStatusChangeAt: v2.lastStatusChangeAt,
      createdAt: created.body.createdAt,
      updatedAt: planned.body.opportunity.updatedAt,
      contact: {
        id: v2.contactId,
        name: 'Ada Lovelace',
        companyName: 'Engines',
        email: 'three@example.com',
        phone: null,
        tags: ['vip'],
      },
    })
    expect(v2).toMatchObject(v1)
    expect(v3).toMatchObject(v2)
    expect(v3).toMatchObject({
      forecastExpectedCloseDate: '2027-01-31T00:00:00.000Z',
      forecastOriginalCloseDate: '2027-01-31T00:00:00.000Z',
      forecastProbability: 60,
      forecastSlippageCount: 0,
      indexVersion: 3,
    })
    const events = (await crm.events(id)).map(({ types }) => types)
    expect(events).toEqual([
      ['OpportunityCreate', 'OpportunityUpdate'],
      ['OpportunityUpdate', 'OpportunityStageUpdate'],
      ['OpportunityUpdate'],
    ])
  })
})

/** How a client of a dialect turns its pages: where the first one is, and where the next one after a reply. */
interface Way {
  name: string
  open: () => Promise<Reply>
  next: (reply: Reply) => Promise<Reply> | undefined
}

onEveryStore('paging', (crm) => {
  const limit = 50
  let contactId: string

  beforeAll(async () => {
    contactId = (await createContact(crm.as(crm.locationId), { email: 'pages@example.com' })).id
    for (let at = 0; at < 1000; at += 100) await Promise.all(Array.from({ length: 100 }, (_, more) => add(at + more)))
  }, 120_000)

  const add = (number: number) =>
    createOpportunity(crm.as(crm.locationId), {
      name: `Deal ${number}`,
      pipelineId: crm.pipeline.id,
      status: 'open',
      contactId,
    })

  const places = {
    v1: () => `/v1/pipelines/${crm.pipeline.id}/opportunities?status=open`,
    v2: () => `/opportunities/search?location_id=${crm.locationId}&status=open`,
    v3: () => `/opportunities/search?locationId=${crm.locationId}&status=open`,
  }
  const gets = (['v1', 'v2', 'v3'] as const).flatMap((dialect): Way[] => {
    const open = () => crm[dialect].get(`${places[dialect]()}&limit=${limit}`)
    return [
      {
        name: `${dialect} by the cursor`,
        open,
        next: ({ body: { meta } }) =>
          meta.nextPage
            ? crm[dialect].get(
                `${places[dialect]()}&limit=${limit}&startAfter=${meta.startAfter}&startAfterId=${meta.startAfterId}`,
              )
            : undefined,
      },
      {
        name: `${dialect} by nextPageUrl`,
        open,
        next: ({ body: { meta } }) =>
          meta.nextPageUrl ? crm[dialect].get(meta.nextPageUrl.slice(crm.url.length)) : undefined,
      },
    ]
  })
  const posts = (['v2', 'v3'] as const).map((dialect): Way => {
    const ask = (searchAfter: unknown[]) =>
      crm[dialect].post('/opportunities/search', {
        locationId: crm.locationId,
        limit,
        searchAfter,
        filters: [{ field: 'status', operator: 'eq', value: 'open' }],
      })
    return {
      name: `${dialect} by searchAfter`,
      open: () => ask([]),
      next: ({ body: { opportunities } }) =>
        opportunities.length === limit ? ask(opportunities.at(-1).sort) : undefined,
    }
  })

  describe.each([...gets, ...posts])('through $name', ({ open, next }) => {
    test('a thousand while others come and go repeats none and misses none that stayed', async () => {
      const ctx = crm.as(crm.locationId)
      const all = await idsOfAll()
      const gone = new Set<string>()
      const seen: string[] = []

      for (let reply: Reply | undefined = await open(); reply; reply = await next(reply)) {
        expect(reply.status, reply.text).toBe(200)
        seen.push(...reply.body.opportunities.map(({ id }: { id: string }) => id))
        const ahead = all.filter((id) => !seen.includes(id) && !gone.has(id))
        const [behind, soon, last] = [seen.at(-1), ahead[Math.floor(ahead.length / 2)], ahead.at(-1)]
        for (const id of new Set([behind, soon, last].filter((one) => one !== undefined))) {
          await deleteOpportunity(ctx, id)
          gone.add(id)
          await add(1000 + gone.size)
        }
        const changed = ahead.find((id) => !gone.has(id))
        if (changed) await updateOpportunity(ctx, changed, { monetaryValue: seen.length })
      }

      expect(gone.size).toBeGreaterThan(40)
      expect(new Set(seen).size).toBe(seen.length)
      expect(all.filter((id) => !gone.has(id) && !seen.includes(id))).toEqual([])
    }, 60_000)
  })

  async function idsOfAll(): Promise<string[]> {
    const ids: string[] = []
    for (let page = 1; ; page++) {
      const query = `location_id=${crm.locationId}&limit=100&page=${page}&status=open`
      const { opportunities } = (await crm.v2.get(`/opportunities/search?${query}`)).body
      ids.push(...opportunities.map(({ id }: { id: string }) => id))
      if (opportunities.length < 100) return ids
    }
  }
})
