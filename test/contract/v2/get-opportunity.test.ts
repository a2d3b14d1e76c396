import { expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'
import { missing, refused } from '../../support/refused.ts'
import { read } from './expected.ts'

onEveryStore('getting an opportunity', (crm) => {
  test('answers what its creation answered, with and without the trailing slash', async () => {
    const opportunity = await crm.given.opportunity({ monetaryValue: 3, source: 'fair' })

    const replies = [
      await crm.v2.get(`/opportunities/${opportunity.id}`),
      await crm.v2.get(`/opportunities/${opportunity.id}/`),
      await crm.v2.get(`/opportunities/${opportunity.id}?locationId=${crm.locationId}`),
    ]

    for (const reply of replies) {
      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({ opportunity })
    }
  })

  test('is not found where there is none, nor in another location', async () => {
    const { id } = await crm.given.opportunity()
    const { token } = await crm.given.location()

    expect(refused(await crm.v2.get('/opportunities/unknown'))).toEqual(missing('Opportunity'))
    expect(refused(await crm.v2.get(`/opportunities/${id}`, { token }))).toEqual(missing('Opportunity'))
  })

  test("tells the stage's probability, or its own where the pipeline lets it", async () => {
    const stages = [{ name: 'One', stageWinProbability: 30 }]
    const { locationId } = crm
    const pipeline = (
      await crm.v2.post('/opportunities/pipelines', { locationId, name: 'P', stages, useOpportunityProbability: false })
    ).body
    const { id } = await crm.given.opportunity({ pipelineId: pipeline.id, forecastProbability: 75 })
    const probability = async () => (await read(crm, id)).effectiveProbability

    expect(await probability()).toBe(30)
    await crm.v2.put(`/opportunities/pipelines/${pipeline.id}`, { useOpportunityProbability: true })
    expect(await probability()).toBe(75)
    await crm.v2.put(`/opportunities/${id}`, { forecastProbability: null })
    expect(await probability()).toBe(30)
  })
})
