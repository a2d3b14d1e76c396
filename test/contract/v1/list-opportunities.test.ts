import { beforeAll, describe, expect, test } from 'vitest'
import { onEveryStore } from '../../harness.ts'
import { missing, unprocessable } from '../../support/refused.ts'
import { personOf, place, refused, rowOf } from './expected.ts'

onEveryStore('listing the opportunities of a pipeline in v1', (crm) => {
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire carries
  let deals: any[]
  let pipelineId: string
  let stages: { id: string }[]
  let userId: string
  beforeAll(async () => {
    const pipeline = await crm.given.pipeline('Listed')
    pipelineId = pipeline.id
    stages = pipeline.stages
    userId = (await crm.given.user()).id
    const person = { firstName: 'John', lastName: 'Deo', email: 'john@deo.com', phone: '+12025550107', tags: ['vip'] }
    const contact = await crm.given.contact({ ...person, companyName: 'Tesla Inc' })
    const [, second] = stages
    const wanted = [
      { name: 'Zeroth' },
      { name: 'First', monetaryValue: 220, status: 'won' },
      { name: 'Second', monetaryValue: 220.5, assignedTo: userId, contactId: contact.id, source: 'form' },
      { name: 'Third', monetaryValue: 0, pipelineStageId: second?.id, status: 'lost' },
      { name: 'Fourth', status: 'abandoned' },
    ]
    deals = []
    for (const fields of wanted) {
      deals.push(await crm.given.opportunity({ pipelineId, ...fields }))
      crm.advance(60_000)
    }
    await crm.given.opportunity({ name: 'In another pipeline', monetaryValue: 220, assignedTo: userId })
  })

  const list = async (query: Record<string, unknown> = {}) => {
    const reply = await crm.v1.get(`${place(crm, undefined, pipelineId)}?${new URLSearchParams(query as never)}`)
    if (reply.status !== 200) throw new Error(reply.text)
    return reply.body
  }
  const refusal = async (query: string) => refused(await crm.v1.get(`${place(crm, undefined, pipelineId)}?${query}`))
  const names = (body: { opportunities: { name: string }[] }) => body.opportunities.map(({ name }) => name)
  const all = ['Fourth', 'Third', 'Second', 'First', 'Zeroth']

  test('answers rows of twelve keys, newest first, and the whole meta', async () => {
    const body = await list()

    const { id, contact, createdAt } = deals[2]
    expect(names(body)).toEqual(all)
    expect(body.opportunities[2]).toEqual(
      rowOf(
        crm,
        personOf({
          id: contact.id,
          name: 'John Deo',
          companyName: 'Tesla Inc',
          email: 'john@deo.com',
          phone: '+12025550107',
          tags: ['vip'],
        }),
        {
          id,
          name: 'Second',
          monetaryValue: 220.5,
          pipelineId,
          pipelineStageId: stages[0]?.id,
          assignedTo: userId,
          source: 'form',
          createdAt,
        },
      ),
    )
    expect(body.meta).toEqual({
      total: 5,
      nextPageUrl: null,
      startAfterId: deals[0].id,
      startAfter: Date.parse(deals[0].createdAt),
      currentPage: 1,
      nextPage: null,
      prevPage: null,
    })
  })

  test('answers with and without the trailing slash alike', async () => {
    const reply = await crm.v1.get(`${place(crm, undefined, pipelineId)}/`)

    expect(reply.status).toBe(200)
    expect(reply.body).toEqual(await list())
  })

  test('without any leaves the meta whole, with nothing to go on from', async () => {
    const empty = await crm.given.pipeline('Empty')

    const { body } = await crm.v1.get(place(crm, undefined, empty.id))

    const none = { nextPageUrl: null, startAfterId: null, startAfter: null, nextPage: null, prevPage: null }
    expect(body).toEqual({ opportunities: [], meta: { total: 0, currentPage: 1, ...none } })
  })

  describe('by', () => {
    test.each([
      ['stageId', () => stages[1]?.id, ['Third']],
      ['stageId of another pipeline', () => crm.stages[0]?.id, []],
      ['monetaryValue', () => 220, ['First']],
      ['monetaryValue', () => '220.50', ['Second']],
      ['monetaryValue', () => 0, ['Third']],
      ['assignedTo', () => userId, ['Second']],
      ['campaignId', () => 'Y2I9XM7aO1hncuSOlc9L', []],
      ['startDate', () => Date.parse(deals[3].createdAt), ['Fourth', 'Third']],
      ['endDate', () => Date.parse(deals[1].createdAt), ['First', 'Zeroth']],
      ['query', () => 'john@deo.com', ['Second']],
      ['query', () => '2025550107', ['Second']],
      ['query', () => 'tesla', ['Second']],
      ['query', () => 'ohn d', ['Second']],
      ['query', () => 'HIRD', ['Third']],
      ['status', () => 'open', ['Second', 'Zeroth']],
      ['status', () => 'won', ['First']],
      ['status', () => 'lost', ['Third']],
      ['status', () => 'abandoned', ['Fourth']],
    ])('%s, only those are found that have it', async (label, value, found) => {
      const [name = ''] = label.split(' ')

      const body = await list({ [name]: value() })

      expect(names(body)).toEqual(found)
      expect(body.meta.total).toBe(found.length)
    })

    test('several at once, only those are found that have all', async () => {
      const between = { startDate: Date.parse(deals[1].createdAt), endDate: Date.parse(deals[3].createdAt) }

      expect(names(await list(between))).toEqual(['Third', 'Second', 'First'])
      expect(names(await list({ ...between, status: 'open' }))).toEqual(['Second'])
      expect(names(await list({ ...between, status: 'open', monetaryValue: 220 }))).toEqual([])
    })

    test('what is not said, all are found: empty parameters, unknown ones, a location of nobody', async () => {
      const said = { status: '', stageId: '', query: '', limit: '', monetaryValue: '', locationId: 'nobody', q: 'x' }

      const body = await list({ ...said, includeCustomFields: 'true' })

      expect(names(body)).toEqual(all)
    })
  })

  describe('a page', () => {
    test('holds twenty unless asked, and a hundred at most', async () => {
      const { id } = await crm.given.pipeline('Long')
      const contact = await crm.given.contact()
      for (let at = 0; at < 101; at++) await crm.given.opportunity({ pipelineId: id, contactId: contact.id })

      const page = async (query: string) => (await crm.v1.get(`${place(crm, undefined, id)}${query}`)).body

      const { opportunities, meta } = await page('')
      expect(opportunities).toHaveLength(20)
      expect(meta.total).toBe(101)
      expect(new URL(meta.nextPageUrl).searchParams.get('limit')).toBe('20')
      expect((await page('?limit=100')).opportunities).toHaveLength(100)
      expect(await refusal('limit=101')).toEqual(unprocessable('limit must not be greater than 100'))
      expect(await refusal('limit=0')).toEqual(unprocessable('limit must not be less than 1'))
    })

    test('leads to the next by its cursor, and by its address, which keeps every filter', async () => {
      const { id: own, stages } = await crm.given.pipeline('Paged')
      const [stage, other] = stages
      const wanted = { pipelineId: own, pipelineStageId: stage?.id, monetaryValue: 5, assignedTo: userId }
      for (const name of ['Deal one', 'Deal two', 'Deal three']) await crm.given.opportunity({ ...wanted, name })
      for (const differs of [
        { name: 'Other' },
        { status: 'won' },
        { pipelineStageId: other?.id },
        { monetaryValue: 6 },
      ])
        await crm.given.opportunity({ ...wanted, name: 'Deal more', ...differs })
      const filters = {
        stageId: String(stage?.id),
        monetaryValue: '5',
        assignedTo: userId,
        startDate: '1',
        endDate: '4000000000000',
        query: 'deal',
        status: 'open',
        limit: '1',
      }
      const search = async (more: object) =>
        (await crm.v1.get(`${place(crm, undefined, own)}?${new URLSearchParams({ ...filters, ...more })}`)).body

      const first = await search({ locationId: 'ignored' })
      const { startAfter, startAfterId, nextPageUrl } = first.meta
      const byCursor = await search({ startAfter, startAfterId })
      const byAddress = await follow(nextPageUrl)
      const third = await follow(byAddress.meta.nextPageUrl)

      expect(names(first)).toEqual(['Deal three'])
      expect(first.meta).toMatchObject({ total: 3, currentPage: 1, nextPage: 2, prevPage: null })
      const [path, query] = nextPageUrl.split('?')
      expect(path).toBe(`${crm.url}/v1/pipelines/${own}/opportunities`)
      expect(Object.fromEntries(new URLSearchParams(query))).toEqual({
        ...filters,
        startAfter: String(startAfter),
        startAfterId,
        page: '2',
      })
      expect(names(byAddress)).toEqual(['Deal two'])
      expect(byAddress.meta).toMatchObject({ total: 3, currentPage: 2, nextPage: 3, prevPage: 1 })
      expect(byCursor.opportunities).toEqual(byAddress.opportunities)
      expect(names(third)).toEqual(['Deal one'])
      expect(third.meta).toMatchObject({ nextPageUrl: null, currentPage: 3, nextPage: null, prevPage: 2 })
    })

    test('asked for by its cursor alone keeps the filters that led there', async () => {
      const first = await list({ status: 'open', limit: 1 })

      const { startAfter, startAfterId } = first.meta
      const rest = await list({ startAfterId, startAfter })

      expect(names(first)).toEqual(['Second'])
      expect(names(rest)).toEqual(['Zeroth'])
      expect(rest.meta).toMatchObject({ total: 2, currentPage: 2, prevPage: 1 })
    })

    test('begins behind the cursor that it names, with the filters that led there unless it names one', async () => {
      const first = await list({ status: 'open', limit: 1 })

      const { startAfter, startAfterId } = first.meta

      expect(names(await list({ startAfterId, startAfter, limit: 20 }))).toEqual(['Zeroth'])
      expect(names(await list({ startAfterId, startAfter, startDate: 0 }))).toEqual(['First', 'Zeroth'])
    })

    test.each([
      ['startAfter=1603870249758', 'startAfterId should not be empty'],
      ['startAfterId=UIaE1WjAwWKdlyD7osQI', 'startAfter should not be empty'],
      ['startAfter=&startAfterId=UIaE1WjAwWKdlyD7osQI', 'startAfter should not be empty'],
      ['startAfter=soon&startAfterId=a', 'startAfter must be a number conforming to the specified constraints'],
      ['startAfter=1.5&startAfterId=a', 'startAfter must be a number conforming to the specified constraints'],
    ])('is not begun behind half a cursor, or one that is none: %s', async (query, sentence) => {
      expect(await refusal(query)).toEqual(unprocessable(sentence))
    })
  })

  test.each([
    ['status=all', 'status must be one of the following values: open, won, lost, abandoned'],
    ['status=open&status=won', 'status must be one of the following values: open, won, lost, abandoned'],
    ['limit=ten', 'limit must be an integer number'],
    ['monetaryValue=much', 'monetaryValue must be a number conforming to the specified constraints'],
    ['monetaryValue=1e999', 'monetaryValue must be a number conforming to the specified constraints'],
    ['startDate=2021-01-01', 'startDate must be an integer number'],
    ['endDate=-1', 'endDate must not be less than 0'],
    ['endDate=9e15', 'endDate must not be greater than 8640000000000000'],
    [`query=${'x'.repeat(501)}`, 'query must be shorter than or equal to 500 characters'],
    ['page=0', 'page must not be less than 1'],
  ])('refuses %s', async (query, sentence) => {
    const [, body] = await refusal(query)

    expect(body).toMatchObject({ statusCode: 422, message: expect.arrayContaining([sentence]) })
  })

  test('of a pipeline that is not there, or is elsewhere, says so', async () => {
    const { pipeline } = await crm.given.location()

    expect(refused(await crm.v1.get(place(crm, undefined, 'nothing')))).toEqual(missing('Pipeline'))
    expect(refused(await crm.v1.get(place(crm, undefined, pipeline.id)))).toEqual(missing('Pipeline'))
    expect(refused(await crm.v1.get(`${place(crm, undefined, 'nothing')}?status=won`))).toEqual(missing('Pipeline'))
  })

  async function follow(url: string) {
    return (await crm.v1.get(url.replace(crm.url, ''))).body
  }
})
