import { describe, expect, test } from 'vitest'
import { onEveryStore } from '../../harness.ts'
import { fingerprint } from '../../support/fingerprint.ts'
import { refused, unprocessable } from '../../support/refused.ts'
import { day, noForecast, read } from './expected.ts'

onEveryStore('the forecast of an opportunity', (crm) => {
  const put = async (id: string, fields: object) => (await crm.v3.put(`/opportunities/${id}`, fields)).body.opportunity
  const expecting = async (forecastExpectedCloseDate: string) =>
    (await crm.given.opportunity({ forecastExpectedCloseDate })).id as string
  /** How far an opportunity slipped. */
  const slippage = (one: Record<string, unknown>) => [one.forecastSlippageCount, one.forecastDaysSlipped]

  describe('slips', () => {
    test('each time the expected day moves later, by the days from the first one, at that moment', async () => {
      const id = await expecting('2026-05-01')
      crm.advance(60_000)

      const once = await put(id, { forecastExpectedCloseDate: '2026-05-11' })
      crm.advance(60_000)
      const twice = await put(id, { forecastExpectedCloseDate: '2026-05-20' })

      expect(once).toMatchObject({
        forecastExpectedCloseDate: day('2026-05-11'),
        forecastOriginalCloseDate: day('2026-05-01'),
        forecastSlippageCount: 1,
        forecastDaysSlipped: 10,
        forecastLastSlippedAt: once.updatedAt,
      })
      expect(twice).toMatchObject({
        forecastExpectedCloseDate: day('2026-05-20'),
        forecastOriginalCloseDate: day('2026-05-01'),
        forecastSlippageCount: 2,
        forecastDaysSlipped: 19,
        forecastLastSlippedAt: twice.updatedAt,
      })
      expect(Date.parse(twice.updatedAt)).toBeGreaterThanOrEqual(Date.parse(once.updatedAt) + 60_000)
    })

    test('less when the day moves back, and not at all when it is no later than the first', async () => {
      const id = await expecting('2026-05-01')
      const late = await put(id, { forecastExpectedCloseDate: '2026-06-01' })
      const { forecastLastSlippedAt } = late

      const back = await put(id, { forecastExpectedCloseDate: '2026-05-11' })
      const early = await put(id, { forecastExpectedCloseDate: '2026-04-01' })
      const again = await put(id, { forecastExpectedCloseDate: '2026-04-02' })

      expect([late, back, early, again].map(slippage)).toEqual([
        [1, 31],
        [1, 10],
        [1, 0],
        [2, 0],
      ])
      expect([back, early].map((one) => one.forecastLastSlippedAt)).toEqual([
        forecastLastSlippedAt,
        forecastLastSlippedAt,
      ])
      expect(again.forecastOriginalCloseDate).toBe(day('2026-05-01'))
    })

    test('over the days of a leap year and the turn of one', async () => {
      const id = await expecting('2027-12-31')

      const slipped = await put(id, { forecastExpectedCloseDate: '2028-03-01' })

      expect(slippage(slipped)).toEqual([1, 61])
    })

    test('not with the same day again, in whatever form, which changes nothing', async () => {
      const id = await expecting('2026-05-01')

      const same = await put(id, { forecastExpectedCloseDate: '05.01.2026' })

      expect(same).toMatchObject({ forecastSlippageCount: 0, forecastLastSlippedAt: null, indexVersion: 1 })
    })

    test('not while other fields change', async () => {
      const id = await expecting('2026-05-01')
      await put(id, { forecastExpectedCloseDate: '2026-05-03' })

      const after = await put(id, { name: 'Renamed', status: 'lost', monetaryValue: 5, forecastProbability: 10 })

      expect(slippage(after)).toEqual([1, 2])
    })

    test('not when the day is taken away, which keeps the first one', async () => {
      const id = await expecting('2026-05-01')
      await put(id, { forecastExpectedCloseDate: '2026-05-03' })

      const without = await put(id, { forecastExpectedCloseDate: null })
      const anew = await put(id, { forecastExpectedCloseDate: '2026-05-09' })

      expect(without).toMatchObject({
        forecastExpectedCloseDate: null,
        forecastOriginalCloseDate: day('2026-05-01'),
        forecastSlippageCount: 1,
        forecastDaysSlipped: 0,
      })
      expect(slippage(anew)).toEqual([1, 8])
    })

    test('not when the first day is set later than the creation', async () => {
      const { id } = await crm.given.opportunity()
      expect(await read(crm, id)).toMatchObject({ forecastExpectedCloseDate: null, ...noForecast })

      const first = await put(id, { forecastExpectedCloseDate: '2026-05-01' })

      expect(first).toMatchObject({
        ...noForecast,
        forecastExpectedCloseDate: day('2026-05-01'),
        forecastOriginalCloseDate: day('2026-05-01'),
      })
    })

    test('in an upsert too, and through v2', async () => {
      const id = await expecting('2026-05-01')
      const { pipelineId, contactId } = await read(crm, id)

      const upserted = await crm.v3.post('/opportunities/upsert', {
        locationId: crm.locationId,
        pipelineId,
        contactId,
        forecastExpectedCloseDate: '2026-05-02',
      })
      await crm.v2.put(`/opportunities/${id}`, { forecastExpectedCloseDate: '2026-05-04' })

      expect(slippage(upserted.body.opportunity)).toEqual([1, 1])
      expect(slippage(await read(crm, id))).toEqual([2, 3])
    })

    test('once to a day that many name at once', async () => {
      const id = await expecting('2026-05-01')

      await Promise.all(Array.from({ length: 5 }, () => put(id, { forecastExpectedCloseDate: '2026-05-08' })))

      expect(slippage(await read(crm, id))).toEqual([1, 7])
    })
  })

  describe('the expected day', () => {
    const forms = [
      '2026-04-23',
      '2026/04/23',
      '2026.04.23',
      '04-23-2026',
      '04/23/2026',
      '04.23.2026',
      '4/23/2026',
      '2026-4-23',
      ' 2026-04-23 ',
      '2026-04-23T00:00:00.000Z',
      '2026-04-23T23:59:59Z',
      '2026-04-23T10:30:00+05:30',
    ]

    test.each(forms)('is understood as %s, in each of the ways to write it', async (forecastExpectedCloseDate) => {
      const wanted = {
        forecastExpectedCloseDate: day('2026-04-23'),
        forecastOriginalCloseDate: day('2026-04-23'),
      }
      const { id: contactId } = await crm.given.contact()
      const sent = { locationId: crm.locationId, pipelineId: crm.pipeline.id, contactId, forecastExpectedCloseDate }

      const created = await crm.v3.post('/opportunities/', { ...sent, name: 'A deal', status: 'open' })
      const { id } = await crm.given.opportunity()
      const upserted = await crm.v3.post('/opportunities/upsert', sent)

      expect(created.body.opportunity).toMatchObject(wanted)
      expect(await put(id, { forecastExpectedCloseDate })).toMatchObject(wanted)
      expect(upserted.body).toMatchObject({ new: false, opportunity: wanted })
    })

    test.each([
      '23-04-2026',
      '2026-02-30',
      '2026-13-01',
      '2026-04/23',
      '20260423',
      '26-04-23',
      'April 23, 2026',
      'tomorrow',
      '2026-04-23T25:00:00Z',
      '1776902400000',
    ])('is refused as %s, and nothing changes', async (forecastExpectedCloseDate) => {
      const id = await expecting('2026-05-01')
      const { pipelineId, contactId } = await read(crm, id)
      const sent = { locationId: crm.locationId, pipelineId, contactId, forecastExpectedCloseDate }
      const before = await fingerprint(crm.app.store)
      const wrong = unprocessable('forecastExpectedCloseDate must be a valid date: YYYY-MM-DD, MM-DD-YYYY or ISO 8601')

      expect(refused(await crm.v3.put(`/opportunities/${id}`, { forecastExpectedCloseDate }))).toEqual(wrong)
      expect(refused(await crm.v3.post('/opportunities/', { ...sent, name: 'x', status: 'open' }))).toEqual(wrong)
      expect(refused(await crm.v3.post('/opportunities/upsert', sent))).toEqual(wrong)
      expect(await fingerprint(crm.app.store)).toBe(before)
    })

    test.each([20260423, true, {}, ['2026-04-23']])('is refused as %j', async (forecastExpectedCloseDate) => {
      const id = await expecting('2026-05-01')

      expect(refused(await crm.v3.put(`/opportunities/${id}`, { forecastExpectedCloseDate }))).toEqual(
        unprocessable('forecastExpectedCloseDate must be a string'),
      )
    })
  })

  describe('the effective probability', () => {
    const given = (useOpportunityProbability: boolean) =>
      crm.v3.post('/opportunities/pipelines', {
        locationId: crm.locationId,
        name: 'Chances',
        useOpportunityProbability,
        stages: [
          { name: 'One', stageWinProbability: 15 },
          { name: 'Two', stageWinProbability: 80.5 },
        ],
      })

    test("is the deal's own where the pipeline allows it, and the stage's where it has none", async () => {
      const { id: pipelineId, stages } = (await given(true)).body
      const { id } = await crm.given.opportunity({ pipelineId, forecastProbability: 40 })
      const probability = async (fields: object) => (await put(id, fields)).effectiveProbability

      expect((await read(crm, id)).effectiveProbability).toBe(40)
      expect(await probability({ pipelineStageId: stages[1].id })).toBe(40)
      expect(await probability({ forecastProbability: 0 })).toBe(0)
      expect(await probability({ forecastProbability: null })).toBe(80.5)
      expect(await probability({ pipelineStageId: stages[0].id })).toBe(15)
    })

    test("is the stage's alone where the pipeline does not", async () => {
      const { id: pipelineId, stages } = (await given(false)).body
      const { id } = await crm.given.opportunity({ pipelineId, forecastProbability: 40 })

      expect(await read(crm, id)).toMatchObject({ effectiveProbability: 15, forecastProbability: 40 })
      expect((await put(id, { pipelineStageId: stages[1].id })).effectiveProbability).toBe(80.5)
    })

    test('follows the pipeline, without a change of the opportunity', async () => {
      const { id: pipelineId, stages } = (await given(false)).body
      const { id } = await crm.given.opportunity({ pipelineId, forecastProbability: 40 })
      const path = `/opportunities/pipelines/${pipelineId}`

      await crm.v3.put(path, { useOpportunityProbability: true })
      expect(await read(crm, id)).toMatchObject({ effectiveProbability: 40, indexVersion: 1 })
      await crm.v3.put(path, {
        useOpportunityProbability: false,
        stages: stages.map((stage: object) => ({ ...stage, stageWinProbability: 55 })),
      })
      expect(await read(crm, id)).toMatchObject({ effectiveProbability: 55, indexVersion: 1 })
    })
  })
})
