import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'

const refused = (...message: unknown[]) => ({ statusCode: 422, message, error: 'Unprocessable Entity' })

const headers =
  'ID,Name,Status,Pipeline,Stage,Value,Contact name,Contact email,Contact phone,Company,Tags,Owner,Owner email,Source,' +
  'Lost reason,Expected close,Created (UTC),Last stage change (UTC)'

onEveryStore('opportunities as a file', (crm) => {
  const path = '/console/opportunities.csv'
  /** The file's rows by their headers, and as it came. */
  async function download(query = '') {
    const response = await fetch(`${crm.url}${path}${query}`, { headers: { authorization: `Bearer ${crm.token}` } })
    const bytes = Buffer.from(await response.arrayBuffer())
    const rows = parse(bytes, { bom: true, columns: true }) as Record<string, string>[]
    return { response, text: bytes.toString(), rows, names: rows.map((row) => row.Name) }
  }
  const spaced = (at: string) => at.slice(0, 19).replace('T', ' ')

  describe('have everything that a person reads', () => {
    test('in words, with the fields that the location made', async () => {
      const user = await crm.given.user()
      const reason = (await crm.v2.post('/opportunities/lost-reason', { locationId: crm.locationId, name: 'Too dear' }))
        .body.lostReason
      const field = async (name: string, dataType: string, options: object = {}) =>
        (
          await crm.v2.post(`/locations/${crm.locationId}/customFields`, {
            ...{ name, dataType, model: 'opportunity' },
            ...options,
          })
        ).body.customField
      const size = await field('Size', 'NUMERICAL')
      const colours = await field('Colours', 'MULTIPLE_OPTIONS', { options: ['red', 'blue'] })
      const named = await field('Name', 'TEXT')
      const contact = await crm.given.contact({
        ...{ firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com', phone: '+14155550100' },
        ...{ companyName: 'Engines, "Inc"', tags: ['vip', 'spring'] },
      })
      const deal = await crm.given.opportunity({
        ...{ name: 'Fleet\nof "tablets", red', contactId: contact.id, monetaryValue: 1.234, status: 'lost' },
        ...{ lostReasonId: reason.id, assignedTo: user.id, source: 'fair', forecastExpectedCloseDate: '2026-12-31' },
        customFields: [
          { id: size.id, field_value: 42 },
          { id: colours.id, field_value: ['red', 'blue'] },
          { id: named.id, field_value: 'inner' },
        ],
      })

      const { response, text, rows } = await download()

      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
      expect(response.headers.get('content-disposition')).toBe('attachment; filename="opportunities.csv"')
      expect(text.startsWith(`\ufeff${headers},`)).toBe(true)
      expect(
        text
          .split('\r\n')[0]
          ?.slice(headers.length + 2)
          .split(',')
          .sort(),
      ).toEqual(['Colours', 'Size', 'opportunity.name'].sort())
      expect(rows).toEqual([
        {
          ID: deal.id,
          Name: 'Fleet\nof "tablets", red',
          Status: 'lost',
          Pipeline: crm.pipeline.name,
          Stage: crm.stages[0]?.name,
          Value: '1.2340',
          'Contact name': 'Ada Lovelace',
          'Contact email': 'ada@example.com',
          'Contact phone': "'+14155550100",
          Company: 'Engines, "Inc"',
          Tags: 'vip, spring',
          Owner: 'Grace Hopper',
          'Owner email': user.email,
          Source: 'fair',
          'Lost reason': 'Too dear',
          'Expected close': '2026-12-31',
          'Created (UTC)': spaced(deal.createdAt),
          'Last stage change (UTC)': spaced(deal.lastStageChangeAt),
          Size: '42',
          Colours: 'red; blue',
          'opportunity.name': 'inner',
        },
      ])
      await crm.v2.delete(`/opportunities/${deal.id}`)
    })

    test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '＝1'])('and %j is no formula', async (name) => {
      const { id } = await crm.given.opportunity({ name, monetaryValue: -5 })

      const { rows } = await download()

      expect(rows.find((row) => row.ID === id)).toMatchObject({ Name: `'${name}`, Value: '-5' })
      await crm.v2.delete(`/opportunities/${id}`)
    })
  })

  describe('are those that were asked for', () => {
    let ada: { id: string }
    beforeAll(async () => {
      ada = await crm.given.contact({ tags: ['gold'], companyName: 'Zephyr' })
      await crm.given.opportunity({ name: 'One', monetaryValue: 10, contactId: ada.id })
      await crm.given.opportunity({ name: 'Two', monetaryValue: 20, status: 'won' })
      await crm.given.opportunity({ name: 'Three', monetaryValue: 30, pipelineStageId: crm.stages[1]?.id })
    })

    test.each([
      ['', ['Three', 'Two', 'One']],
      ['?status=won', ['Two']],
      ['?status=all&sort=monetary_value&direction=asc', ['One', 'Two', 'Three']],
      ['?query=zephyr', ['One']],
      ['?tag=gold', ['One']],
      ['?minValue=15&maxValue=25', ['Two']],
      ['?createdAfter=2100-01-01', []],
      ['?pipelineId=elsewhere', []],
      [
        `?filters=${encodeURIComponent('[{"field":"monetary_value","operator":"range","value":{"gte":20}}]')}`,
        ['Three', 'Two'],
      ],
    ])('by "%s": %j', async (query, names) => {
      expect((await download(query)).names).toEqual(names)
    })

    test('by pipeline', async () => {
      const { id } = await crm.given.pipeline()
      await crm.given.opportunity({ name: 'Elsewhere', pipelineId: id })

      expect((await download(`?pipelineId=${id}`)).names).toEqual(['Elsewhere'])
      expect((await download(`?pipelineId=${crm.pipeline.id}`)).names).toEqual(['Three', 'Two', 'One'])
    })

    test('more than are read at once', async () => {
      const { id } = await crm.given.pipeline('Many')
      const rows = Array.from({ length: 1001 }, (_, at) => `Deal ${at},many@example.com,${id}`)
      const csv = `Name,Email,Pipeline ID\n${rows.join('\n')}`
      await crm.v2.post('/console/opportunities/import', csv)

      const { names } = await download(`?pipelineId=${id}&sort=name&direction=asc`)

      expect(names).toHaveLength(1001)
      expect(new Set(names).size).toBe(1001)
    })

    test.each([
      ['?filters=[', 'filters must be JSON: a list of filters, or a group of them'],
      ['?status=done', 'status must be one of the following values: open, won, lost, abandoned, all'],
    ])('or it is said what is wrong: %s', async (query, message) => {
      const reply = await crm.v2.get(path + query)

      expect(reply.status).toBe(422)
      expect(bare(reply)).toEqual(refused(message))
    })
  })

  test('are for who may see them', async () => {
    const token = await crm.given.token(['contacts.readonly'])

    expect((await crm.v2.get(path, { token })).status).toBe(401)
    expect((await crm.v2.get(path, { token: (await crm.given.location()).token })).text).toBe(`${headers}\r\n`)
  })
})
