import {
  GHLAuthenticationError,
  type GHLError,
  GHLForbiddenError,
  GHLNotFoundError,
  GHLRateLimitError,
  GHLValidationError,
  type HighLevel,
  type RateLimitRetryConfig,
} from '@gohighlevel/api-client'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Crm, onEveryStore, startCrm } from '../harness.ts'
import { connect } from '../support/sdk.ts'

onEveryStore('the official client', (crm) => {
  let sdk: HighLevel
  let locationId: string
  beforeAll(() => {
    sdk = connect(crm.url, crm.token)
    locationId = crm.locationId
  })

  test('sends a version of its own, which is answered like any other', async () => {
    const sent: unknown[] = []
    sdk.addRequestInterceptor({
      onFulfilled(config) {
        sent.push(config.headers.Version, config.headers['x-sdk-version'])
        return config
      },
    })

    const { pipelines } = await sdk.opportunities.getPipelines({ locationId })

    expect(sent).toEqual(['2023-02-21', '3.1.0'])
    expect(pipelines).toMatchObject([{ id: crm.pipeline.id, name: 'Sales Pipeline' }])
    expect(await sdk.healthCheck()).toBe(true)
  })

  test('carries a deal from its contact to the end', async () => {
    const [first, second, , last] = crm.stages.map(({ id }) => id)
    const user = await crm.given.user()
    const reason = (await crm.v2.post('/opportunities/lost-reason', { name: 'Too expensive' })).body.lostReason

    const { contact } = await sdk.contacts.createContact({ locationId, firstName: 'Ada', email: 'ada@example.com' })
    const contactId = contact?.id as string
    await sdk.contacts.addTags({ contactId }, { tags: ['vip'] })
    await sdk.contacts.createNote({ contactId }, { body: 'Call her back' })
    const dueDate = '2030-01-02T03:04:05.000Z'
    await sdk.contacts.createTask({ contactId }, { title: 'Call', dueDate, completed: false })
    const created = await sdk.opportunities.createOpportunity({
      locationId,
      pipelineId: crm.pipeline.id,
      name: 'Engine',
      status: 'open',
      contactId,
      monetaryValue: 220,
      assignedTo: user.id,
    })
    const id = created.opportunity?.id as string
    const read = () => sdk.opportunities.getOpportunity({ id }).then(({ opportunity }) => opportunity)

    expect(await read()).toMatchObject({
      name: 'Engine',
      status: 'open',
      pipelineStageId: first,
      monetaryValue: 220,
      assignedTo: user.id,
      contact: { id: contactId, email: 'ada@example.com', tags: ['vip'] },
      notes: [{ body: 'Call her back' }],
      tasks: [{ title: 'Call', dueDate }],
    })

    await sdk.opportunities.updateOpportunity({ id }, { pipelineStageId: second as string, monetaryValue: 500 })
    expect(await read()).toMatchObject({ pipelineStageId: second, monetaryValue: 500, status: 'open' })

    await sdk.opportunities.updateOpportunityStatus({ id }, { status: 'lost', lostReasonId: reason.id })
    expect(await read()).toMatchObject({ pipelineStageId: second, status: 'lost', lostReasonId: reason.id })

    await sdk.opportunities.updateOpportunityStatus({ id }, { status: 'open' })
    expect(await read()).toMatchObject({ status: 'open', lostReasonId: null })

    await sdk.opportunities.updateOpportunity({ id }, { pipelineStageId: last as string, status: 'won' })
    expect(await read()).toMatchObject({ pipelineStageId: last, status: 'won' })

    expect(await sdk.opportunities.deleteOpportunity({ id })).toMatchObject({ succeded: true })
    await expect(read()).rejects.toBeInstanceOf(GHLNotFoundError)
  })

  test('pages through a search until it has everything', async () => {
    const { id: contactId } = await crm.given.contact()
    for (const name of ['One', 'Two', 'Three', 'Four', 'Five']) await crm.given.opportunity({ contactId, name })

    const found: (string | undefined)[] = []
    for (let place = {}, total = 1; found.length < total; ) {
      const page = await sdk.opportunities.searchOpportunity({ locationId, contactId, limit: 2, ...place })
      found.push(...(page.opportunities ?? []).map(({ name }) => name))
      total = page.meta?.total as number
      place = { startAfter: String(page.meta?.startAfter), startAfterId: page.meta?.startAfterId }
    }

    expect(found).toEqual(['Five', 'Four', 'Three', 'Two', 'One'])
  })

  describe('shows what went wrong:', () => {
    const failures: [string, string, new (...words: never[]) => GHLError, number, () => Promise<unknown>][] = [
      [
        'an unknown id',
        'Opportunity not found',
        GHLNotFoundError,
        404,
        () => sdk.opportunities.getOpportunity({ id: 'x' }),
      ],
      [
        'a stage of another pipeline',
        'The pipeline stage id is invalid.',
        GHLValidationError,
        400,
        async () =>
          sdk.opportunities.updateOpportunity({ id: (await crm.given.opportunity()).id }, { pipelineStageId: 'x' }),
      ],
      [
        'everything that is missing',
        'pipelineId should not be empty, pipelineId must be a string, ' +
          'contactId should not be empty, contactId must be a string',
        GHLValidationError,
        422,
        () => sdk.opportunities.createOpportunity({ locationId, name: 'Deal', status: 'open' } as never),
      ],
      [
        'a token nobody made',
        'Invalid Private Integration token',
        GHLAuthenticationError,
        401,
        () => connect(crm.url, 'pit-nobody').opportunities.getPipelines({ locationId }),
      ],
      [
        'a scope that the token lacks',
        'The token is not authorized for this scope.',
        GHLAuthenticationError,
        401,
        async () =>
          connect(crm.url, await crm.given.token(['contacts.readonly'])).opportunities.getPipelines({ locationId }),
      ],
      [
        'a location of somebody else',
        'The token does not have access to this location.',
        GHLForbiddenError,
        403,
        () => sdk.opportunities.getPipelines({ locationId: 'theirs' }),
      ],
    ]

    test.each(failures)('%s', async (_, message, kind, statusCode, call) => {
      const error = await call().catch((error: unknown) => error)

      expect(error).toBeInstanceOf(kind)
      expect(error).toMatchObject({ message, statusCode, response: { statusCode, traceId: expect.any(String) } })
    })
  })
})

describe('the official client, sending too much', () => {
  const never: RateLimitRetryConfig = { maxRetries: 0 }
  let stop: Crm['stop']
  afterEach(() => stop())

  test('waits for as long as the headers say, and gets its answer', async () => {
    const { read, asked } = await limited({ burst: 1, intervalMs: 1000, daily: 1000 }, { baseDelayMs: 60_000 })
    const began = performance.now()
    await read()

    const { pipelines } = await read()

    expect(pipelines).toHaveLength(1)
    expect(asked()).toBe(3)
    expect(performance.now() - began).toBeGreaterThan(990)
  })

  test('learns which limit it met when it does not wait', async () => {
    const { read } = await limited({ burst: 1, intervalMs: 60_000, daily: 1000 }, never)
    await read()

    const error = await read().catch((error: unknown) => error)

    expect(error).toBeInstanceOf(GHLRateLimitError)
    expect(error).toMatchObject({
      message: 'Too Many Requests',
      statusCode: 429,
      rateLimit: { scope: 'burst', intervalMs: 60_000, max: 1, remaining: 0, dailyLimit: 1000, dailyRemaining: 999 },
    })
  })

  test('does not wait for tomorrow', async () => {
    const { read, asked } = await limited({ burst: 100, intervalMs: 200, daily: 1 }, {})
    await read()

    const error = await read().catch((error: unknown) => error)

    expect(error).toMatchObject({ statusCode: 429, rateLimit: { scope: 'daily', dailyRemaining: 0 } })
    expect(asked()).toBe(2)
  })

  async function limited(rateLimit: { burst: number; intervalMs: number; daily: number }, retry: RateLimitRetryConfig) {
    const { url, locationId, given, ...rest } = await startCrm({ rateLimit })
    stop = rest.stop
    const sdk = connect(url, await given.token(), { rateLimitRetry: retry })
    let requests = 0
    sdk.addRequestInterceptor({
      onFulfilled(config) {
        requests++
        return config
      },
    })
    const read = () => sdk.opportunities.getPipelines({ locationId })
    return { read, asked: () => requests }
  }
})
