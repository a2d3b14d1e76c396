import { once } from 'node:events'
import { type IncomingMessage, type RequestOptions, request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { bare, onEveryStore } from '../harness.ts'

onEveryStore('what clients send', (crm) => {
  const json = { 'content-type': 'application/json' }

  describe('with a content type and nothing in it', () => {
    test('is read like a request without one', async () => {
      const { id } = await crm.given.opportunity()
      const search = `/opportunities/search?location_id=${crm.locationId}&id=${id}`

      const replies = [
        await crm.v2.get(search, { headers: json }),
        await crm.v2.get(`/opportunities/${id}`, { headers: json }),
        await crm.v2.delete(`/opportunities/${id}`, undefined, { headers: json }),
      ]

      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
    })
  })

  describe('with headers in any case', () => {
    test.each(['AUTHORIZATION', 'Authorization', 'authorization'])('%s', async (name) => {
      const headers = { [name]: `bearer  ${crm.token} `, vErSiOn: '2021-07-28', 'LOCATION-ID': crm.locationId }

      const { status, text } = await send({ path: '/opportunities/pipelines', headers })

      expect(status).toBe(200)
      expect(JSON.parse(text)).toMatchObject({ pipelines: [{ id: crm.pipeline.id }] })
    })

    test('the bare token, as a help page shows it', async () => {
      const headers = { Authorization: crm.token, Version: '2021-07-28' }

      const { status } = await send({ path: `/opportunities/pipelines?locationId=${crm.locationId}`, headers })

      expect(status).toBe(200)
    })
  })

  describe('a body with DELETE', () => {
    test('names the followers to take away', async () => {
      const [one, other] = [await crm.given.user(), await crm.given.user()]
      const { id } = await crm.given.opportunity({ followers: [one.id, other.id] })

      const reply = await crm.v2.delete(`/opportunities/${id}/followers`, { followers: [one.id] })

      expect(bare(reply)).toEqual({ followers: [other.id], followersRemoved: [one.id] })
    })

    test('yields to isRemoveAllFollowers, with which it may be left out', async () => {
      const [one, other] = [await crm.given.user(), await crm.given.user()]
      const { id } = await crm.given.opportunity({ followers: [one.id, other.id] })
      const path = `/opportunities/${id}/followers?isRemoveAllFollowers=true`

      const reply = await crm.v2.delete(path, { followers: [one.id] })
      const again = await crm.v2.delete(path, undefined, { headers: json })

      expect(bare(reply)).toEqual({ followers: [], followersRemoved: [one.id, other.id] })
      expect(bare(again)).toEqual({ followers: [], followersRemoved: [] })
    })
  })

  describe('with and without the trailing slash', () => {
    test.each([
      '/opportunities/pipelines?locationId=',
      '/opportunities/search?location_id=',
      '/opportunities/lost-reason?locationId=',
      '/contacts?locationId=',
      '/users?locationId=',
      '/workflows?locationId=',
      '/campaigns?locationId=',
      '/locations/',
    ])('GET %s', async (path) => {
      const [place, query = ''] = path.replace(/\/$/, `/${crm.locationId}`).split('?')
      const tail = query && `?${query}${crm.locationId}`

      const replies = [await crm.v2.get(`${place}${tail}`), await crm.v2.get(`${place}/${tail}`)]

      expect(replies.map(({ status }) => status)).toEqual([200, 200])
      expect(bare(replies[0] as never)).toEqual(bare(replies[1] as never))
    })

    test.each(['/opportunities', '/opportunities/', '/contacts', '/contacts/'])(
      'POST %s is not redirected',
      async (path) => {
        const { id: contactId } = await crm.given.contact()
        const { locationId } = crm
        const deal = { locationId, pipelineId: crm.pipeline.id, name: 'Deal', status: 'open', contactId }
        const body = JSON.stringify(path.startsWith('/opp') ? deal : { locationId, firstName: path })

        const reply = await fetch(crm.url + path, { method: 'POST', body, headers: headers(), redirect: 'error' })

        expect(reply.status).toBe(201)
      },
    )
  })

  test('what they call when they start, and for their lists of choices, is there', async () => {
    const { locationId, v2 } = crm
    const user = await crm.given.user()

    const location = await v2.get(`/locations/${locationId}`)
    const users = await v2.get(`/users/?locationId=${locationId}`)
    const contact = await v2.post('/contacts/', { locationId, email: 'first@example.com' })

    expect(location.body.location).toMatchObject({ id: locationId, name: 'My Business' })
    expect(users.body.users).toContainEqual(expect.objectContaining({ id: user.id }))
    expect(contact.status).toBe(201)
  })

  describe('a new deal', () => {
    test('without a stage stands in the first', async () => {
      const { pipelineStageId } = await crm.given.opportunity()

      expect(pipelineStageId).toBe(crm.stages[0]?.id)
    })

    test('with companyName and tags writes them to its contact', async () => {
      const { id: contactId } = await crm.given.contact({ tags: ['old'], companyName: 'Before' })

      const deal = await crm.given.opportunity({ contactId, companyName: 'Tesla Inc', tags: ['New'], source: 'n8n' })
      const { contact } = (await crm.v2.get(`/contacts/${contactId}`)).body

      expect(deal).toMatchObject({ source: 'n8n', contact: { companyName: 'Tesla Inc', tags: ['old', 'new'] } })
      expect(contact).toMatchObject({ companyName: 'Tesla Inc', tags: ['old', 'new'] })
    })

    test('may name its location in a header alone, in any of three spellings', async () => {
      const { id: contactId } = await crm.given.contact()
      const body = { pipelineId: crm.pipeline.id, name: 'Deal', status: 'open', contactId }

      for (const name of ['Location-Id', 'locationId', 'x-location-id']) {
        const reply = await crm.v2.post('/opportunities', body, { headers: { [name]: crm.locationId } })
        const theirs = await crm.v2.post('/opportunities', body, { headers: { [name]: 'theirs' } })

        expect([reply.status, theirs.status]).toEqual([201, 403])
      }
    })

    test('is read as JSON whatever the content type says', async () => {
      const { id: contactId } = await crm.given.contact()
      const deal = { locationId: crm.locationId, pipelineId: crm.pipeline.id, name: 'Deal', status: 'open', contactId }

      for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/octet-stream', '']) {
        const { status } = await send(
          { method: 'POST', path: '/opportunities', headers: { ...headers(), 'content-type': type } },
          JSON.stringify(deal),
        )

        expect(status).toBe(201)
      }
    })

    test("as the reference's own example sends it lacks the version, and is told so", async () => {
      const reply = await fetch(`${crm.url}/opportunities/`, {
        method: 'POST',
        headers: { ...json, authorization: `Bearer ${crm.token}` },
        body: JSON.stringify({ pipelineId: crm.pipeline.id, locationId: crm.locationId, name: 'First Opps' }),
      })

      expect(reply.status).toBe(401)
      expect(await reply.json()).toMatchObject({ statusCode: 401, message: 'version header was not found.' })
    })
  })

  describe('dates of a search', () => {
    const day = 86_400_000
    const iso = (at: number) => new Date(at).toISOString()
    const isoDay = (at: number) => iso(at).slice(0, 10)
    const monthFirst = (at: number) => iso(at).replace(/^(\d+)-(\d+)-(\d+).*/, '$2-$3-$1')

    test.each<[string, (at: number) => [date: string, endDate: string], number]>([
      ['ISO and epoch milliseconds, as n8n mixes them', (at) => [iso(at - day), String(at + day)], 1],
      ['from the very moment to the very moment', (at) => [iso(at), String(at)], 1],
      ['ISO days', (at) => [isoDay(at - day), isoDay(at + day)], 1],
      ['mm-dd-yyyy, as documented', (at) => [monthFirst(at - day), monthFirst(at + day)], 1],
      ['the same day twice, which is a whole day', (at) => [monthFirst(at), monthFirst(at)], 1],
      ['a span that is over', (at) => [iso(at - 2 * day), String(at - 1)], 0],
      ['a span to come', (at) => [monthFirst(at + day), monthFirst(at + 2 * day)], 0],
    ])('%s', async (_, span, total) => {
      const { id, createdAt } = await crm.given.opportunity()
      const [date, endDate] = span(Date.parse(createdAt))

      const { body } = await crm.v2.get(searching({ id, date, endDate }))

      expect(body.meta.total).toBe(total)
    })

    test.each(['yesterday', '31-12-2025', '02-30-2025', '1', '2025-13-01T00:00:00Z'])('%s is refused', async (date) => {
      const replies = [await crm.v2.get(searching({ date })), await crm.v2.get(searching({ endDate: date }))]

      expect(replies.map(({ status }) => status)).toEqual([422, 422])
      expect(replies.map(({ body }) => body.message[0])).toEqual([
        'date must be a valid date: mm-dd-yyyy, ISO 8601 or epoch milliseconds',
        'endDate must be a valid date: mm-dd-yyyy, ISO 8601 or epoch milliseconds',
      ])
    })
  })

  describe('paging as n8n does, with only the cursor from the second page on,', () => {
    test('keeps the filters, and ends where the total says', async () => {
      const { id: contactId } = await crm.given.contact()
      const wanted: string[] = []
      for (let count = 0; count < 7; count++) {
        wanted.unshift((await crm.given.opportunity({ contactId, status: 'won' })).id)
        await crm.given.opportunity({ contactId, status: 'lost' })
      }

      const found: string[] = []
      let path = searching({ contact_id: contactId, status: 'won', limit: '3' })
      for (let total = 1; found.length < total; ) {
        const { opportunities, meta } = (await crm.v2.get(path, { headers: json })).body
        expect(Object.keys(meta)).toEqual(
          expect.arrayContaining(['total', 'nextPageUrl', 'startAfter', 'startAfterId', 'currentPage', 'nextPage']),
        )
        found.push(...opportunities.map(({ id }: { id: string }) => id))
        total = meta.total
        path = cursorOnly(meta)
      }

      expect(found).toEqual(wanted)
    })

    test('has the place of the last row even on the last page, and nothing behind it', async () => {
      const { id } = await crm.given.opportunity({ name: 'Alone' })

      const { meta } = (await crm.v2.get(searching({ id }))).body
      const beyond = (await crm.v2.get(cursorOnly(meta))).body

      expect(meta).toMatchObject({ total: 1, startAfterId: id, nextPageUrl: null, nextPage: null, prevPage: null })
      expect(beyond).toMatchObject({ opportunities: [], meta: { total: 1, startAfterId: null, nextPageUrl: null } })
    })

    test("does not see another token's search", async () => {
      const { id: contactId } = await crm.given.contact()
      for (let count = 0; count < 3; count++) await crm.given.opportunity({ contactId })
      const all = (await crm.v2.get(searching({}))).body.meta.total

      const { meta } = (await crm.v2.get(searching({ contact_id: contactId, limit: '1' }))).body
      const mine = (await crm.v2.get(cursorOnly(meta))).body
      const other = (await crm.v2.get(cursorOnly(meta), { token: await crm.given.token() })).body

      expect(mine).toMatchObject({ opportunities: [{ contactId }], meta: { total: 3 } })
      expect(other.meta.total).toBe(all)
    })

    test('must name the location on the first page', async () => {
      const reply = await crm.v2.get('/opportunities/search?limit=3')

      expect(bare(reply)).toEqual({
        statusCode: 422,
        message: "location_id can't be undefined",
        code: 'COMMON_LOCATION_ID_UNDEFINED',
      })
    })

    test('forgets the filters after a day, and then starts from the place alone', async () => {
      const { id: contactId } = await crm.given.contact()
      for (let count = 0; count < 2; count++) await crm.given.opportunity({ contactId })
      const { meta } = (await crm.v2.get(searching({ contact_id: contactId, limit: '1' }))).body

      crm.advance(25 * 60 * 60_000)
      const { body } = await crm.v2.get(cursorOnly(meta))

      expect(body.meta.total).toBeGreaterThan(2)
    })
  })

  describe('following nextPageUrl', () => {
    test('leads through every page with every filter, and back to none', async () => {
      const { id: contactId } = await crm.given.contact()
      for (const name of ['A', 'B', 'C']) await crm.given.opportunity({ contactId, name })

      const names: string[] = []
      const query = { contact_id: contactId, order: 'name_asc', limit: '1', q: '', status: 'all', getNotes: 'true' }
      for (let next = crm.url + searching(query); next; ) {
        const { opportunities, meta } = (await crm.v2.get(next.replace(crm.url, ''))).body
        names.push(...opportunities.map(({ name }: { name: string }) => name))
        next = meta.nextPageUrl
      }

      expect(names).toEqual(['A', 'B', 'C'])
    })
  })

  test('no reply that succeeds is empty', async () => {
    const { id: contactId } = await crm.given.contact()
    const { id } = await crm.given.opportunity({ contactId })
    const user = await crm.given.user()

    const replies = [
      await crm.v2.put(`/opportunities/${id}`, {}),
      await crm.v2.put(`/opportunities/${id}/status`, { status: 'open' }),
      await crm.v2.post(`/opportunities/${id}/followers`, { followers: [user.id] }),
      await crm.v2.delete(`/opportunities/${id}/followers`, { followers: [user.id] }),
      await crm.v2.delete(`/opportunities/${id}`),
      await crm.v2.delete(`/contacts/${contactId}`),
    ]

    expect(replies.map(({ status }) => status)).toEqual([200, 200, 201, 200, 200, 200])
    for (const { body } of replies) expect(Object.keys(body).length).toBeGreaterThan(1)
  })

  test('the text of an error is in message, a list where several fields are wrong', async () => {
    const { id } = await crm.given.opportunity()

    const unknown = await crm.v2.get('/opportunities/x')
    const wrong = await crm.v2.put(`/opportunities/${id}`, { status: 'all', monetaryValue: 'much', colour: 'red' })

    expect(unknown.body.message).toBe('Opportunity not found')
    expect(wrong.body.message).toEqual([
      'property colour should not exist',
      'status must be one of the following values: open, won, lost, abandoned',
      'monetaryValue must be a number conforming to the specified constraints',
    ])
  })

  const headers = () => ({ ...json, authorization: `Bearer ${crm.token}`, version: '2021-07-28' })

  const searching = (query: Record<string, string>) =>
    `/opportunities/search?${new URLSearchParams({ location_id: crm.locationId, ...query })}`

  const cursorOnly = ({ startAfter, startAfterId }: { startAfter: number; startAfterId: string }) =>
    `/opportunities/search?${new URLSearchParams({ startAfter: String(startAfter), startAfterId })}`

  /** Unlike fetch, sends headers in the case in which they are written, and no more of them. */
  async function send(options: RequestOptions, body = '') {
    const { hostname, port } = new URL(crm.url)
    const length = body && { 'content-length': Buffer.byteLength(body) }
    const sent = request({ hostname, port, ...options, headers: { ...options.headers, ...length } as never })
    sent.end(body)
    const [reply] = (await once(sent, 'response')) as [IncomingMessage]
    let text = ''
    for await (const chunk of reply) text += chunk
    return { status: reply.statusCode, text }
  }
})
