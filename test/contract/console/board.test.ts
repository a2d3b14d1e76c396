import { beforeAll, describe, expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'

onEveryStore('the sums of a board', (crm) => {
  let pipeline: { id: string; stages: { id: string }[] }
  let owner: string
  const stage = (at: number) => pipeline.stages[at]?.id as string
  const board = (query: Record<string, string> | [string, string][] = {}) => {
    const asked = new URLSearchParams(query)
    asked.set('pipelineId', pipeline.id)
    return crm.ask('GET', `/console/board?${asked}`)
  }
  const counts = async (query?: Parameters<typeof board>[0]) => {
    const { body } = await board(query)
    return [body.count, body.value, body.weightedValue]
  }
  const nothing = { count: 0, value: 0, weightedValue: 0 }

  beforeAll(async () => {
    pipeline = await crm.given.pipeline('Board', ['One', 'Two', 'Three'])
    owner = (await crm.given.user('Olga')).id
    const tagged = (await crm.given.contact({ tags: ['VIP'] })).id
    const deals = [
      { name: 'Roof', monetaryValue: 100.5, pipelineStageId: stage(0), assignedTo: owner },
      { name: 'Wall', monetaryValue: 200, pipelineStageId: stage(0), contactId: tagged },
      { name: 'Door', monetaryValue: 1000, pipelineStageId: stage(1), contactId: tagged, assignedTo: owner },
      { name: 'Floor', pipelineStageId: stage(1), status: 'won', monetaryValue: 4000 },
      { name: 'Stairs', pipelineStageId: stage(1), status: 'lost' },
    ]
    for (const deal of deals) await crm.given.opportunity({ pipelineId: pipeline.id, ...deal })
    // Elsewhere: counted nowhere here.
    await crm.given.opportunity({ monetaryValue: 7 })
  })

  test('are those of each stage in order, of all, and of each status', async () => {
    const reply = await board({ status: 'open' })

    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual({
      stages: [
        { pipelineStageId: stage(0), count: 2, value: 300.5, weightedValue: 75.13 },
        { pipelineStageId: stage(1), count: 1, value: 1000, weightedValue: 500 },
        { pipelineStageId: stage(2), ...nothing },
      ],
      count: 3,
      value: 1300.5,
      weightedValue: 575.13,
      statuses: [
        { status: 'open', count: 3, value: 1300.5, weightedValue: 575.13 },
        { status: 'won', count: 1, value: 4000, weightedValue: 2000 },
        { status: 'lost', ...nothing, count: 1 },
        { status: 'abandoned', ...nothing },
      ],
      staleDays: 14,
    })
    expect(await counts()).toEqual([5, 5300.5, 2575.13])
    expect(await counts({ status: 'all' })).toEqual([5, 5300.5, 2575.13])
  })

  test.each<[Record<string, string>, number, object[]]>([
    [{ query: 'roo' }, 1, []],
    [{ assignedTo: '$owner' }, 2, [{ field: 'assigned_to', operator: 'eq', value: ['$owner'] }]],
    [{ assignedTo: 'none' }, 3, [{ field: 'assigned_to', operator: 'eq', value: ['__none__'] }]],
    [{ tag: 'vip' }, 2, [{ field: 'tags', operator: 'eq', value: ['vip'] }]],
    [
      { minValue: '200', maxValue: '1000' },
      2,
      [{ field: 'monetary_value', operator: 'range', value: { gte: 200, lte: 1000 } }],
    ],
    [
      { tag: 'vip', status: 'open', query: 'door' },
      1,
      [
        { field: 'tags', operator: 'eq', value: ['vip'] },
        { field: 'status', operator: 'eq', value: 'open' },
      ],
    ],
    [
      { filters: '{"field":"monetary_value","operator":"range","value":{"gte":1000}}', tag: 'vip' },
      1,
      [
        { field: 'monetary_value', operator: 'range', value: { gte: 1000 } },
        { field: 'tags', operator: 'eq', value: ['vip'] },
      ],
    ],
    [{ createdAfter: '2020-01-01' }, 5, [{ field: 'date_added', operator: 'range', value: { gte: '2020-01-01' } }]],
    [{ createdBefore: '2020-01-01' }, 0, [{ field: 'date_added', operator: 'range', value: { lt: '2020-01-01' } }]],
    [
      { stageChangedBefore: '2020-01-01T00:00:00Z' },
      0,
      [{ field: 'last_stage_change_date', operator: 'range', value: { lt: '2020-01-01' } }],
    ],
    [
      { stageChangedAfter: '1577836800000' },
      5,
      [{ field: 'last_stage_change_date', operator: 'range', value: { gte: '2020-01-01' } }],
    ],
  ])('narrowed by %j are of the cards that the search finds', async (query, count, filters) => {
    const filled = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll('$owner', owner))

    const { body } = await board(filled(query))
    const cards = await crm.v3.post('/opportunities/search', {
      locationId: crm.locationId,
      ...(query.query && { query: query.query }),
      filters: [{ field: 'pipeline_id', operator: 'eq', value: pipeline.id }, ...filled(filters)],
    })

    expect(body.count).toBe(count)
    expect(cards.body.total).toBe(count)
    const values = cards.body.opportunities.map((card: { monetaryValue: number | null }) => card.monetaryValue ?? 0)
    expect(body.value).toBe(values.reduce((sum: number, value: number) => sum + value, 0))
    for (const { pipelineStageId, count: inStage } of body.stages) {
      const there = cards.body.opportunities.filter((card: typeof body) => card.pipelineStageId === pipelineStageId)
      expect(there).toHaveLength(inStage)
    }
  })

  test('take several owners and tags', async () => {
    const both: [string, string][] = [
      ['assignedTo', owner],
      ['assignedTo', 'none'],
    ]

    expect((await board(both)).body.count).toBe(5)
    expect(
      (
        await board([
          ['tag', 'vip'],
          ['tag', 'nobody'],
        ])
      ).body.count,
    ).toBe(2)
    expect(
      (
        await board([
          ['tag', ''],
          ['assignedTo', ''],
        ])
      ).body.count,
    ).toBe(5)
  })

  test('are right after every change', async () => {
    const before = await counts({ status: 'open' })
    const { id } = await crm.given.opportunity({ pipelineId: pipeline.id, monetaryValue: 50 })
    expect(await counts({ status: 'open' })).toEqual([
      before[0] + 1,
      before[1] + 50,
      expect.closeTo(before[2] + 12.5, 5),
    ])

    await crm.v2.put(`/opportunities/${id}`, { pipelineStageId: stage(2), monetaryValue: 80, status: 'won' })
    const { body } = await board({ status: 'won' })
    expect(body.stages[2]).toEqual({ pipelineStageId: stage(2), count: 1, value: 80, weightedValue: 60 })

    await crm.v2.delete(`/opportunities/${id}`)
    expect(await counts({ status: 'open' })).toEqual(before)
  })

  test('weigh a deal by its own chance, where the pipeline lets it have one', async () => {
    const own = await crm.given.pipeline('Own chances', ['One', 'Two'])
    await crm.v3.put(`/opportunities/pipelines/${own.id}`, { useOpportunityProbability: true })
    await crm.given.opportunity({ pipelineId: own.id, monetaryValue: 200, forecastProbability: 10 })
    await crm.given.opportunity({ pipelineId: own.id, monetaryValue: 300 })

    const { body } = await crm.ask('GET', `/console/board?pipelineId=${own.id}`)

    expect(body).toMatchObject({ count: 2, value: 500, weightedValue: round(20 + 300 * 0.3333) })
  })

  const round = (value: number) => Math.round(value * 100) / 100

  describe('refused', () => {
    test.each([
      [{ status: 'maybe' }, 'status must be one of the following values: open, won, lost, abandoned, all'],
      [{ minValue: 'x' }, 'minValue must be a number conforming to the specified constraints'],
      [{ createdAfter: 'soon' }, 'createdAfter must be epoch milliseconds or an ISO 8601 date'],
      [{ stageChangedBefore: '2026-02-30' }, 'stageChangedBefore must be epoch milliseconds or an ISO 8601 date'],
    ])('%j', async (query, message) => {
      const reply = await board(query as Record<string, string>)

      expect(reply.status).toBe(422)
      expect(reply.body.message).toEqual([message])
    })

    test('a pipeline that is not there', async () => {
      const reply = await crm.ask('GET', '/console/board?pipelineId=nobody')

      expect(reply.status).toBe(404)
      expect(bare(reply)).toEqual({
        statusCode: 404,
        error: 'Not Found',
        message: 'Pipeline not found',
        code: 'PIPELINE_NOT_FOUND',
      })
    })

    test('a token without the scope', async () => {
      const token = await crm.given.token(['contacts.readonly'])

      expect((await crm.ask('GET', `/console/board?pipelineId=${pipeline.id}`, { token })).status).toBe(401)
    })
  })
})
