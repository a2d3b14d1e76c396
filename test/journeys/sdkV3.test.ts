import { GHLNotFoundError, GHLValidationError, type HighLevel } from '@gohighlevel/api-client'
import { beforeAll, expect, test } from 'vitest'
import { onEveryStore, startCrm } from '../harness.ts'
import { connect } from '../support/sdk.ts'

/* Every method of the official client is called under v3 in sdkMethods.test.ts; here is what v3 answers differently. */

onEveryStore('the official client under v3', (crm) => {
  let sdk: HighLevel
  let locationId: string
  beforeAll(() => {
    sdk = connect(crm.url, crm.token, { apiVersion: 'v3' })
    locationId = crm.locationId
  })

  test('sends v3 with each call, and may send another version with one', async () => {
    const sent: unknown[] = []
    const listening = connect(crm.url, crm.token)
    listening.setApiVersion('v3')
    listening.addRequestInterceptor({
      onFulfilled(config) {
        sent.push(config.headers.Version)
        return config
      },
    })

    await listening.opportunities.getPipelines({ locationId })
    await listening.opportunities.searchOpportunity({ locationId }, { headers: { Version: '2021-07-28' } })

    expect(sent).toEqual(['v3', '2021-07-28'])
  })

  test('forecasts a deal, sees it slip, and sums up its stage', async () => {
    const { contact } = await sdk.contacts.createContact({ locationId, firstName: 'Ada', email: 'ada@example.com' })
    const { id: pipelineId, stages } = (
      await crm.v3.post('/opportunities/pipelines', {
        locationId,
        name: 'Forecasts',
        useOpportunityProbability: true,
        stages: [{ name: 'Only', stageWinProbability: 10 }],
      })
    ).body
    const deal = { locationId, pipelineId, name: 'Engine', status: 'open', contactId: contact?.id as string }
    const created = await sdk.opportunities.createOpportunity({
      ...deal,
      monetaryValue: 200,
      forecastExpectedCloseDate: '2026-05-01',
      forecastProbability: 40,
    } as never)
    const id = created.opportunity?.id as string

    const updated = await sdk.opportunities.updateOpportunity({ id }, {
      forecastExpectedCloseDate: '05-20-2026',
    } as never)
    const won = await sdk.opportunities.updateOpportunityStatus({ id }, { status: 'won' })
    const found = await sdk.opportunities.searchOpportunitiesAdvanced({
      locationId,
      limit: 20,
      page: 0,
      filters: [{ field: 'pipeline_id', operator: 'eq', value: pipelineId }],
    } as never)

    const forecast = {
      forecastExpectedCloseDate: '2026-05-20T00:00:00.000Z',
      forecastOriginalCloseDate: '2026-05-01T00:00:00.000Z',
      forecastSlippageCount: 1,
      forecastDaysSlipped: 19,
      effectiveProbability: 40,
    }
    expect(updated.opportunity).toMatchObject(forecast)
    expect(won).toMatchObject({ success: true, succeded: true, status: 'won', ...forecast })
    expect(await sdk.opportunities.getOpportunity({ id })).toMatchObject({ opportunity: { id, ...forecast } })
    expect(found).toMatchObject({
      opportunities: [{ id, ...forecast }],
      total: 1,
      stageAggregations: [
        {
          pipelineStageId: stages[0].id,
          totalCount: 1,
          totalValue: 200,
          weightedValue: 80,
          openValue: 0,
          openWeightedValue: 0,
          wonValue: 200,
        },
      ],
    })
  })

  test("reads a contact's channels in camelCase", async () => {
    const sms = { status: 'active', message: 'Said so', code: '103' }
    const email = 'quiet@example.com'

    const created = await sdk.contacts.createContact({ locationId, email, dndSettings: { SMS: sms } } as never)
    const contactId = created.contact?.id as string

    expect(created).toMatchObject({ contact: { dndSettings: { sms } } })
    expect(await sdk.contacts.getContact({ contactId })).toMatchObject({ contact: { dndSettings: { sms } } })
    expect(await sdk.contacts.updateContact({ contactId }, { firstName: 'Ada' })).toMatchObject({
      succeeded: true,
      contact: { firstName: 'Ada', dndSettings: { sms } },
    })
  })

  test('learns what went wrong', async () => {
    const search = await sdk.opportunities.searchOpportunity({ locationId }).catch((error: unknown) => error)
    const unknown = await sdk.opportunities.getOpportunity({ id: 'x' }).catch((error: unknown) => error)

    expect(search).toBeInstanceOf(GHLValidationError)
    expect(search).toMatchObject({
      statusCode: 422,
      message: 'property location_id should not exist, locationId should not be empty, locationId must be a string',
    })
    expect(unknown).toBeInstanceOf(GHLNotFoundError)
    expect(unknown).toMatchObject({ statusCode: 404, message: 'Opportunity not found' })
  })
})

test('the search of the official client, which is spelled as in v2, is taken in v3 by a server told to', async () => {
  const crm = await startCrm({ relaxedSearch: true })
  const { id, contactId } = await crm.given.opportunity()
  const sdk = connect(crm.url, crm.token, { apiVersion: 'v3' })
  const wanted = { contactId, pipelineId: crm.pipeline.id, pipelineStageId: crm.stages[0]?.id as string }

  const { opportunities, meta } = await sdk.opportunities.searchOpportunity({ locationId: crm.locationId, ...wanted })
  await crm.stop()

  expect(opportunities).toMatchObject([{ id, forecastSlippageCount: 0 }])
  expect(meta).toMatchObject({ total: 1 })
})
