import { beforeAll, describe, expect, test } from 'vitest'
import { bare, onEveryStore, type Reply, startCrm } from '../../harness.ts'
import { foreign, refused, unprocessable } from '../../support/refused.ts'
import { noLocation } from '../v2/expected.ts'
import { day, opportunityOf } from './expected.ts'

const path = '/opportunities/search'
const idsOf = ({ body }: Reply): string[] => body.opportunities.map(({ id }: { id: string }) => id)

onEveryStore('searching opportunities in v3', (crm) => {
  const search = (by: Record<string, unknown> = {}, slash = '') =>
    crm.v3.get(`${path}${slash}?${new URLSearchParams({ locationId: crm.locationId, ...(by as object) })}`)

  test('answers the rows with their forecasts, the numbers of the page, and no sums', async () => {
    const contact = await crm.given.contact({ companyName: 'Acme', phone: '+14155550100', tags: ['vip'] })
    const forecast = { forecastExpectedCloseDate: '2026-05-01', forecastProbability: 30 }
    const { id, createdAt } = await crm.given.opportunity({ contactId: contact.id, ...forecast })

    const replies = [await search({ id }), await search({ id }, '/')]

    const { contact: person, ...rest } = opportunityOf(crm, contact, {
      id,
      forecastExpectedCloseDate: day('2026-05-01'),
      forecastOriginalCloseDate: day('2026-05-01'),
      forecastProbability: 30,
    })
    for (const reply of replies) {
      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({
        opportunities: [
          {
            ...rest,
            contact: { ...person, score: [] },
            relations: [expect.objectContaining({ recordId: contact.id, companyName: 'Acme' })],
            attributions: [],
            sort: [Date.parse(createdAt), id],
          },
        ],
        meta: {
          total: 1,
          nextPageUrl: null,
          startAfterId: id,
          startAfter: Date.parse(createdAt),
          currentPage: 1,
          nextPage: null,
          prevPage: null,
        },
        aggregations: {},
      })
    }
  })

  describe('finds by', () => {
    const own: Record<string, unknown> = {}
    let id: string

    beforeAll(async () => {
      const pipeline = await crm.given.pipeline()
      const user = await crm.given.user()
      const contact = await crm.given.contact({ country: 'IS' })
      const stage = pipeline.stages[1]?.id
      const deal = { pipelineId: pipeline.id, pipelineStageId: stage, status: 'lost', assignedTo: user.id }
      id = (await crm.given.opportunity({ ...deal, name: 'Zebra crossing', contactId: contact.id })).id
      await crm.given.opportunity()
      const ids = { pipelineId: pipeline.id, pipelineStageId: stage, assignedTo: user.id, contactId: contact.id }
      Object.assign(own, { ...ids, id, status: 'lost', q: 'zebra', country: 'IS' })
    })

    test.each(['pipelineId', 'pipelineStageId', 'contactId', 'assignedTo', 'status', 'id', 'q', 'country'])(
      '%s',
      async (name) => {
        expect(idsOf(await search({ [name]: own[name] }))).toEqual([id])
        expect(idsOf(await search({ [name]: name === 'status' ? 'abandoned' : 'nothing of the kind' }))).toEqual([])
      },
    )

    test('all of them together', async () => {
      expect(idsOf(await search(own))).toEqual([id])
    })

    test('date and endDate, in every form of a day and a moment', async () => {
      const { createdAt } = (await search({ id })).body.opportunities[0]
      const at = Date.parse(createdAt)
      const [year, month, date] = createdAt.slice(0, 10).split('-')
      const american = `${month}-${date}-${year}`

      for (const form of [american, createdAt, at]) {
        expect(idsOf(await search({ id, date: form, endDate: form })), form).toEqual([id])
      }
      expect(idsOf(await search({ id, date: at + 1 }))).toEqual([])
      expect(idsOf(await search({ id, endDate: at - 1 }))).toEqual([])
      expect(refused(await search({ date: 'soon' }))).toEqual(
        unprocessable('date must be a valid date: mm-dd-yyyy, ISO 8601 or epoch milliseconds'),
      )
    })

    test('campaignId nothing, for there are no campaigns', async () => {
      expect(idsOf(await search({ campaignId: 'any' }))).toEqual([])
    })

    test('status all everything', async () => {
      expect((await search({ status: 'all' })).body.meta.total).toBe((await search()).body.meta.total)
    })
  })

  describe('pages', () => {
    let by: { pipelineId: string; pipelineStageId: string; contactId: string; assignedTo: string }
    let newest: string[]

    beforeAll(async () => {
      const pipeline = await crm.given.pipeline()
      const user = await crm.given.user()
      const contact = await crm.given.contact()
      const place = { pipelineId: pipeline.id, pipelineStageId: pipeline.stages[0]?.id as string }
      by = { ...place, contactId: contact.id, assignedTo: user.id }
      // By name they stand as the newest first.
      for (const name of 'edcba') await crm.given.opportunity({ ...by, name })
      newest = idsOf(await search(by))
    })

    test('count from 1 and lead on in the names of v3, with every filter', async () => {
      const first = await search({ ...by, status: 'open', q: 'Ada', order: 'name_asc', limit: 2, getNotes: true })

      const { nextPageUrl, startAfter, startAfterId, ...numbers } = first.body.meta
      expect(numbers).toEqual({ total: 5, currentPage: 1, nextPage: 2, prevPage: null })
      expect(Object.fromEntries(new URL(nextPageUrl).searchParams)).toEqual({
        locationId: crm.locationId,
        ...by,
        status: 'open',
        q: 'Ada',
        order: 'name_asc',
        limit: '2',
        getNotes: 'true',
        startAfter,
        startAfterId,
        page: '2',
      })
      const seen: string[] = []
      for (let reply = first; ; reply = await crm.v3.get(reply.body.meta.nextPageUrl.slice(crm.url.length))) {
        expect(reply.status).toBe(200)
        seen.push(...idsOf(reply))
        if (!reply.body.meta.nextPageUrl) break
      }
      expect(seen).toEqual(newest)
    })

    test('are turned by number', async () => {
      const pages = [1, 2, 3, 4].map((page) => search({ ...by, limit: 2, page }))

      expect((await Promise.all(pages)).map(idsOf)).toEqual([
        newest.slice(0, 2),
        newest.slice(2, 4),
        newest.slice(4),
        [],
      ])
      expect(refused(await search({ ...by, page: 0 }))).toEqual(unprocessable('page must not be less than 1'))
    })

    test('are turned by the cursor alone, which remembers what was asked for in v3', async () => {
      const { meta } = (await search({ ...by, order: 'name_desc', limit: 2 })).body

      const reply = await crm.v3.get(`${path}?startAfter=${meta.startAfter}&startAfterId=${meta.startAfterId}`)

      expect(idsOf(reply)).toEqual([...newest].reverse().slice(2, 4))
      const next = new URL(reply.body.meta.nextPageUrl).searchParams
      expect(Object.fromEntries(next)).toMatchObject({ ...by, order: 'name_desc', limit: '2', page: '3' })
      expect([...next.keys()].filter((name) => name.includes('_'))).toEqual([])
    })

    test.each(['added_asc', 'added_desc', 'name_asc', 'name_desc', 'updated_asc', 'updated_desc'])(
      'stand in the order %s',
      async (order) => {
        const isReversed = ['added_asc', 'updated_asc', 'name_desc'].includes(order)

        expect(idsOf(await search({ ...by, order }))).toEqual(isReversed ? [...newest].reverse() : newest)
      },
    )
  })

  describe('refuses', () => {
    const snake = ['pipeline_id', 'pipeline_stage_id', 'contact_id', 'assigned_to', 'location_id']

    test.each(snake)('%s, the spelling of v2, by its name', async (name) => {
      const value = name === 'location_id' ? crm.locationId : 'x'

      expect(refused(await search({ [name]: value }))).toEqual(unprocessable(`property ${name} should not exist`))
    })

    test("v2's whole query, naming each part and the location that it lacks", async () => {
      const reply = await crm.v3.get(`${path}?location_id=${crm.locationId}&pipeline_id=x&status=open`)

      expect(refused(reply)).toEqual(
        unprocessable(
          'property location_id should not exist',
          'property pipeline_id should not exist',
          'locationId should not be empty',
          'locationId must be a string',
        ),
      )
    })

    test.each<[object, ...string[]]>([
      [{ start_date: '01-01-2026' }, 'property start_date should not exist'],
      [{ sortBy: 'name' }, 'property sortBy should not exist'],
      [{ offset: '10' }, 'property offset should not exist'],
      [{ q: 'x'.repeat(76) }, 'q must be shorter than or equal to 75 characters'],
      [{ order: 'value_desc' }, expect.stringMatching(/^order must be one of the following values: added_asc, /)],
      [{ status: 'closed' }, 'status must be one of the following values: open, won, lost, abandoned, all'],
      [{ limit: '101' }, 'limit must not be greater than 100'],
      [{ limit: '0' }, 'limit must not be less than 1'],
      [{ page: 'x' }, 'page must be an integer number'],
      [{ getNotes: 'maybe' }, 'getNotes must be a boolean value'],
      [{ startAfter: '1' }, 'startAfterId should not be empty'],
      [{ startAfter: 'x', startAfterId: 'y' }, expect.stringMatching(/^startAfter must be a number/)],
    ])('%j', async (by, ...message) => {
      expect(refused(await search(by as Record<string, unknown>))).toEqual(unprocessable(...message))
    })

    test('another location, and none', async () => {
      const other = await crm.given.location()

      expect(refused(await search({ locationId: other.id }))).toEqual(foreign)
      expect(refused(await crm.v3.get(`${path}?location_id=${other.id}`))).toEqual(foreign)
      expect(refused(await crm.v3.get(path))).toEqual(noLocation())
    })
  })

  test('takes 75 characters of text, and the location from a header', async () => {
    expect((await search({ q: 'x'.repeat(75) })).status).toBe(200)
    const reply = await crm.v3.get(`${path}?limit=1`, { headers: { 'location-id': crm.locationId } })
    expect(new URL(reply.body.meta.nextPageUrl).searchParams.get('locationId')).toBe(crm.locationId)
  })
})

test('a server that is told to takes both spellings in v3 too, and passes over what it does not know', async () => {
  const crm = await startCrm({ relaxedSearch: true })
  const { locationId } = crm
  const pipeline = await crm.given.pipeline()
  const { id } = await crm.given.opportunity({ pipelineId: pipeline.id })
  await crm.given.opportunity()

  const snake = await crm.v3.get(`${path}?location_id=${locationId}&pipeline_id=${pipeline.id}&sort_by=name`)
  const camel = await crm.v3.get(`${path}?locationId=${locationId}&pipelineId=${pipeline.id}&toString=x`)
  await crm.stop()

  for (const reply of [camel, snake]) {
    expect(reply.status).toBe(200)
    expect(idsOf(reply)).toEqual([id])
  }
})

test('a server that requires the stage of a new opportunity requires it in v3 too', async () => {
  const crm = await startCrm({ requireStage: true })
  const { id: contactId } = await crm.given.contact()
  const body = { locationId: crm.locationId, pipelineId: crm.pipeline.id, name: 'A deal', status: 'open', contactId }

  const without = await crm.v3.post('/opportunities/', body)
  const within = await crm.v3.post('/opportunities/', { ...body, pipelineStageId: crm.stages[0]?.id })
  await crm.stop()

  expect(refused(without)).toEqual(
    unprocessable('pipelineStageId should not be empty', 'pipelineStageId must be a string'),
  )
  expect(within.status).toBe(201)
})
