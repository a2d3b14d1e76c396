import { beforeAll, describe, expect, test } from 'vitest'
import { bare, onEveryStore, type Reply } from '../../harness.ts'
import { foreign, refused, unprocessable } from '../../support/refused.ts'
import { noLocation } from '../v2/expected.ts'
import { day, opportunityOf } from './expected.ts'

const idsOf = ({ body }: Reply): string[] => body.opportunities.map(({ id }: { id: string }) => id)
const is = (field: string, value: unknown, operator = 'eq') => ({ field, operator, value })

onEveryStore('searching opportunities with filters in v3', (crm) => {
  const search = (body: object = {}) => crm.v3.post('/opportunities/search', { locationId: crm.locationId, ...body })

  test('answers the rows with their forecasts', async () => {
    const contact = await crm.given.contact()
    const { id, createdAt } = await crm.given.opportunity({
      contactId: contact.id,
      forecastExpectedCloseDate: '2026-05-01',
    })

    const reply = await search({ filters: [is('id', id)] })

    const { contact: person, ...rest } = opportunityOf(crm, contact, {
      id,
      forecastExpectedCloseDate: day('2026-05-01'),
      forecastOriginalCloseDate: day('2026-05-01'),
    })
    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual({
      opportunities: [
        {
          ...rest,
          contact: { ...person, score: [] },
          relations: [expect.objectContaining({ recordId: contact.id })],
          attributions: [],
          sort: [Date.parse(createdAt), id],
          custom_fields: [],
        },
      ],
      total: 1,
      aggregations: {},
    })
  })

  describe('pages', () => {
    let filters: object[]
    let newest: string[]

    beforeAll(async () => {
      const { id: pipelineId } = await crm.given.pipeline()
      filters = [is('pipeline_id', pipelineId)]
      for (const name of 'abcde') await crm.given.opportunity({ pipelineId, name })
      newest = idsOf(await search({ filters }))
    })

    test('count from 0', async () => {
      const pages = [0, 1, 2, 3].map((page) => search({ filters, limit: 2, page }))

      expect((await Promise.all(pages)).map(idsOf)).toEqual([
        newest.slice(0, 2),
        newest.slice(2, 4),
        newest.slice(4),
        [],
      ])
      expect(idsOf(await search({ filters, limit: 2 }))).toEqual(newest.slice(0, 2))
      expect(
        idsOf(await crm.v2.post('/opportunities/search', { locationId: crm.locationId, filters, limit: 2, page: 1 })),
      ).toEqual(newest.slice(0, 2))
    })

    test('are turned by searchAfter, which wins over the page', async () => {
      const first = await search({ filters, limit: 2 })
      const searchAfter = first.body.opportunities.at(-1).sort

      expect(idsOf(await search({ filters, limit: 2, page: 9, searchAfter }))).toEqual(newest.slice(2, 4))
      expect(idsOf(await search({ filters, limit: 2, searchAfter: searchAfter.map(String) }))).toEqual(
        newest.slice(2, 4),
      )
    })

    test('reach ten thousand by number', async () => {
      expect((await search({ filters, limit: 500, page: 19 })).status).toBe(200)
      expect(refused(await search({ filters, limit: 500, page: 20 }))).toEqual(
        unprocessable('page times limit must not be greater than 10000; use searchAfter beyond'),
      )
      expect(refused(await search({ page: -1 }))).toEqual(unprocessable('page must not be less than 0'))
      expect(refused(await search({ page: '0' }))).toEqual(unprocessable('page must be an integer number'))
    })
  })

  describe('stages are summed up', () => {
    const ids: Record<string, string> = {}
    const sums = async (...filters: object[]) => (await search({ filters, limit: 1 })).body.stageAggregations
    const none = { totalCount: 0, totalValue: 0, weightedValue: 0, openValue: 0, openWeightedValue: 0, wonValue: 0 }

    beforeAll(async () => {
      const create = async (name: string, useOpportunityProbability: boolean, ...chances: number[]) => {
        const stages = chances.map((stageWinProbability, at) => ({ name: `${name} ${at}`, stageWinProbability }))
        const body = { locationId: crm.locationId, name, useOpportunityProbability, stages }
        const pipeline = (await crm.v3.post('/opportunities/pipelines', body)).body
        ids[name] = pipeline.id
        for (const stage of pipeline.stages) ids[stage.name] = stage.id
      }
      await create('plain', false, 10, 50, 100)
      await create('own', true, 33.33, 80)
      ids.user = (await crm.given.user()).id
      const deal = (stage: string, monetaryValue: number | null, fields: object = {}) =>
        crm.given.opportunity({
          name: 'Summed deal',
          pipelineId: ids[stage.split(' ')[0] as string],
          pipelineStageId: ids[stage],
          monetaryValue,
          ...fields,
        })
      await deal('plain 0', 100)
      await deal('plain 0', 50.25, { status: 'won', assignedTo: ids.user })
      await deal('plain 0', null)
      await deal('plain 2', 0.1, { status: 'lost' })
      await deal('plain 2', 0.2, { forecastProbability: 50 })
      await deal('own 0', 1000, { forecastProbability: 60, assignedTo: ids.user })
      await deal('own 0', 10)
      await deal('own 0', 500, { status: 'won', forecastProbability: 0 })
      await deal('own 1', -20, { status: 'abandoned', forecastProbability: 10 })
    })

    const plain = () => [
      {
        pipelineStageId: ids['plain 0'],
        totalCount: 3,
        totalValue: 150.25,
        weightedValue: 15.03,
        openValue: 100,
        openWeightedValue: 10,
        wonValue: 50.25,
      },
      {
        ...none,
        pipelineStageId: ids['plain 2'],
        totalCount: 2,
        totalValue: 0.3,
        weightedValue: 0.3,
        openValue: 0.2,
        openWeightedValue: 0.2,
      },
    ]
    const own = () => [
      {
        pipelineStageId: ids['own 0'],
        totalCount: 3,
        totalValue: 1510,
        weightedValue: 603.33,
        openValue: 1010,
        openWeightedValue: 603.33,
        wonValue: 500,
      },
      { ...none, pipelineStageId: ids['own 1'], totalCount: 1, totalValue: -20, weightedValue: -2 },
    ]

    test('by the probability of the stage, in the order of the stages, without those that are empty', async () => {
      expect(await sums(is('pipeline_id', ids.plain))).toEqual(plain())
    })

    test("by the deals' own probabilities where the pipeline allows them", async () => {
      expect(await sums(is('pipeline_id', ids.own))).toEqual(own())
    })

    test('each by what its row shows', async () => {
      const filters = [is('pipeline_id', [ids.own, ids.plain])]

      const { opportunities, stageAggregations } = (await search({ filters, limit: 100 })).body

      for (const stage of stageAggregations) {
        const rows = opportunities.filter((row: typeof stage) => row.pipelineStageId === stage.pipelineStageId)
        const total = rows.reduce(
          (sum: number, row: Record<string, number>) =>
            sum + ((row.monetaryValue ?? 0) * (row.effectiveProbability as number)) / 100,
          0,
        )
        expect(stage.weightedValue).toBeCloseTo(total, 1)
        expect(stage.totalCount).toBe(rows.length)
      }
      expect(stageAggregations).toEqual([...plain(), ...own()])
    })

    // What is asked of kept totals, and the same with a filter that no total knows: the sums are alike.
    const everything = is('monetary_value', { gte: -1000 }, 'range')
    const nothingUnknown = { group: 'OR', filters: [everything, is('monetary_value', undefined, 'not_exists')] }

    test.each([[[]], [[nothingUnknown]]])('over what is found: %j', async (more) => {
      const narrowed = (...filters: object[]) => sums(...filters, ...more)

      expect(await narrowed(is('pipeline_id', ids.plain))).toEqual(plain())
      expect(await narrowed(is('pipeline_id', [ids.own, ids.plain]))).toEqual([...plain(), ...own()])
      expect(await narrowed(is('pipeline_id', ids.own), is('status', 'won'))).toEqual([
        { ...none, pipelineStageId: ids['own 0'], totalCount: 1, totalValue: 500, wonValue: 500 },
      ])
      expect(await narrowed(is('pipeline_id', ids.own), is('pipeline_stage_id', ids['own 1']))).toEqual([own()[1]])
      expect(await narrowed(is('pipeline_id', [ids.own, ids.plain]), is('assigned_to', ids.user))).toEqual([
        {
          ...none,
          pipelineStageId: ids['plain 0'],
          totalCount: 1,
          totalValue: 50.25,
          weightedValue: 5.03,
          wonValue: 50.25,
        },
        {
          ...none,
          pipelineStageId: ids['own 0'],
          totalCount: 1,
          totalValue: 1000,
          weightedValue: 600,
          openValue: 1000,
          openWeightedValue: 600,
        },
      ])
      expect(await narrowed(is('pipeline_id', ids.own), is('assigned_to', '__none__'))).toEqual([
        {
          ...none,
          pipelineStageId: ids['own 0'],
          totalCount: 2,
          totalValue: 510,
          weightedValue: 3.33,
          openValue: 10,
          openWeightedValue: 3.33,
          wonValue: 500,
        },
        own()[1],
      ])
      expect(await narrowed(is('pipeline_id', ids.own), is('status', 'all'))).toEqual(own())
      expect(await narrowed(is('pipeline_id', ids.own), is('status', 'lost'))).toEqual([])
    })

    test('over what the text finds', async () => {
      const of = async (query: string) =>
        (await search({ filters: [is('pipeline_id', ids.own)], query })).body.stageAggregations

      expect(await of('summed')).toEqual(own())
      expect(await of('nothing of the kind')).toEqual([])
    })

    test('on every page, whole', async () => {
      const filters = [is('pipeline_id', ids.own)]
      const [row] = (await search({ filters, limit: 1 })).body.opportunities

      expect((await search({ filters, limit: 1, page: 1 })).body.stageAggregations).toEqual(own())
      expect((await search({ filters, limit: 1, page: 99 })).body.stageAggregations).toEqual(own())
      expect((await search({ filters, limit: 1, searchAfter: row.sort })).body.stageAggregations).toEqual(own())
    })

    test('where a group asks for the pipeline, and where a single filter is no list', async () => {
      const group = { group: 'OR', filters: [is('pipeline_id', ids.own), is('id', 'x')] }

      expect(await sums(group)).toEqual(own())
      expect((await search({ filters: group })).body.stageAggregations).toEqual(own())
      expect((await search({ filters: is('pipeline_id', ids.own) })).body.stageAggregations).toEqual(own())
    })

    test('as empty where nothing is found, and not at all where no pipeline is asked for', async () => {
      expect(await sums(is('pipeline_id', 'unknown'))).toEqual([])
      expect(await sums(is('pipeline_id', []))).toEqual([])
      for (const filters of [[], [is('pipeline_stage_id', ids['own 0'])], [is('status', 'open')]]) {
        expect(Object.keys(bare(await search({ filters })))).toEqual(['opportunities', 'total', 'aggregations'])
      }
    })

    test('in v3 alone', async () => {
      const filters = [is('pipeline_id', ids.own)]

      const reply = await crm.v2.post('/opportunities/search', { locationId: crm.locationId, filters })

      expect(Object.keys(bare(reply))).toEqual(['opportunities', 'total', 'aggregations'])
    })

    test('anew after every change', async () => {
      const { id: pipelineId, stages } = (
        await crm.v3.post('/opportunities/pipelines', {
          locationId: crm.locationId,
          name: 'Changing',
          useOpportunityProbability: true,
          stages: [
            { name: 'A', stageWinProbability: 20 },
            { name: 'B', stageWinProbability: 40 },
          ],
        })
      ).body
      const [a, b] = stages.map(({ id }: { id: string }) => id)
      const now = async () => {
        const kept = await sums(is('pipeline_id', pipelineId))
        expect(await sums(is('pipeline_id', pipelineId), nothingUnknown)).toEqual(kept)
        return kept.map((one: Record<string, unknown>) => [
          one.pipelineStageId,
          one.totalValue,
          one.weightedValue,
          one.wonValue,
        ])
      }
      const { id } = await crm.given.opportunity({ pipelineId, monetaryValue: 100 })
      const put = (fields: object) => crm.v3.put(`/opportunities/${id}`, fields)

      expect(await now()).toEqual([[a, 100, 20, 0]])
      await put({ pipelineStageId: b, status: 'won' })
      expect(await now()).toEqual([[b, 100, 40, 100]])
      await put({ forecastProbability: 90, monetaryValue: 200 })
      expect(await now()).toEqual([[b, 200, 180, 200]])
      await crm.v3.put(`/opportunities/pipelines/${pipelineId}`, { useOpportunityProbability: false })
      expect(await now()).toEqual([[b, 200, 80, 200]])
      await crm.v3.put(`/opportunities/pipelines/${pipelineId}`, {
        stages: [{ id: a, name: 'A', stageWinProbability: 5 }],
      })
      expect(await now()).toEqual([[a, 200, 10, 200]])
      await crm.v3.delete(`/opportunities/${id}`)
      expect(await now()).toEqual([])
    })

    test.each([[[]], [[nothingUnknown]]])(
      'to the cent, though 0.7 and 0.1 are no whole 0.8 to a computer: %j',
      async (more) => {
        const { id: pipelineId, stages } = await crm.given.pipeline('Cents', ['Only'])
        for (const status of ['open', 'won']) {
          for (const monetaryValue of [0.7, 0.1]) await crm.given.opportunity({ pipelineId, status, monetaryValue })
        }

        expect(await sums(is('pipeline_id', pipelineId), ...more)).toEqual([
          {
            pipelineStageId: stages[0]?.id,
            totalCount: 4,
            totalValue: 1.6,
            weightedValue: 0.8,
            openValue: 0.8,
            openWeightedValue: 0.4,
            wonValue: 0.8,
          },
        ])
      },
    )

    test('without those of other locations', async () => {
      const { id: locationId, token } = await crm.given.location()
      const filters = [is('pipeline_id', [ids.own, ids.plain])]

      const reply = await crm.v3.post('/opportunities/search', { locationId, filters }, { token })

      expect(bare(reply)).toEqual({ opportunities: [], total: 0, stageAggregations: [], aggregations: {} })
    })
  })

  describe('refuses', () => {
    test.each<[object, ...string[]]>([
      [{ filters: [is('pipeline_id', 5)] }, 'filters.0.value must be a string'],
      [{ filters: [is('pipeline_id', 'x', 'contains')] }, expect.stringMatching(/^filters.0.operator must be one of/)],
      [{ filters: [null] }, 'filters.0 must be an object'],
      [{ filters: [{ group: 'OR' }] }, 'filters.0.filters must be an array'],
      [{ query: 'x'.repeat(76) }, 'query must be shorter than or equal to 75 characters'],
      [{ limit: 501 }, 'limit must not be greater than 500'],
      [{ searchAfter: [1] }, 'searchAfter must contain 2 elements'],
      [{ additionalDetails: { notes: 'yes' } }, 'additionalDetails.notes must be a boolean value'],
      [{ pageLimit: 5 }, 'property pageLimit should not exist'],
    ])('%j', async (body, ...message) => {
      expect(refused(await search(body))).toEqual(unprocessable(...message))
    })

    test('another location, and none', async () => {
      const other = await crm.given.location()

      expect(refused(await search({ locationId: other.id }))).toEqual(foreign)
      expect(refused(await search({ locationId: undefined }))).toEqual(noLocation())
    })
  })
})
