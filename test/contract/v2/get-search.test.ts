import { beforeAll, describe, expect, test } from 'vitest'
import { bare, onEveryStore, type Reply, startCrm } from '../../harness.ts'
import { foreign, refused, unprocessable } from '../../support/refused.ts'
import { noLocation, opportunityOf, totalOf } from './expected.ts'

type Row = { id: string; name: string }
const orders = ['added_asc', 'added_desc', 'name_asc', 'name_desc', 'updated_asc', 'updated_desc']
const pathOf = (url: string) => url.slice(url.indexOf('/opportunities'))

onEveryStore('searching opportunities', (crm) => {
  const search = (by: Record<string, unknown> = {}): Promise<Reply> => {
    const query = new URLSearchParams({ location_id: crm.locationId, ...(by as Record<string, string>) })
    return crm.v2.get(`/opportunities/search?${query}`)
  }
  const idsOf = (reply: Reply): string[] => reply.body.opportunities.map(({ id }: Row) => id)
  const found = async (by: Record<string, unknown>) => idsOf(await search(by))

  test('answers the rows whole, and the numbers of the page', async () => {
    const contact = await crm.given.contact({ companyName: 'Acme', phone: '+14155550100', tags: ['vip'] })
    const pipeline = await crm.given.pipeline()
    const { id, createdAt } = await crm.given.opportunity({ contactId: contact.id, pipelineId: pipeline.id })

    const reply = await search({ pipeline_id: pipeline.id })

    const [stage] = pipeline.stages
    const { contact: person, ...rest } = opportunityOf(crm, contact, {
      id,
      pipelineId: pipeline.id,
      pipelineStageId: stage?.id,
      pipelineStageUId: stage?.id,
      effectiveProbability: 25,
    })
    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual({
      opportunities: [
        {
          ...rest,
          contact: { ...person, score: [] },
          relations: [
            {
              associationId: 'OPPORTUNITIES_CONTACTS_ASSOCIATION',
              relationId: expect.any(String),
              primary: true,
              objectKey: 'contact',
              recordId: contact.id,
              fullName: contact.contactName,
              contactName: contact.contactName,
              companyName: 'Acme',
              email: contact.email,
              phone: '+14155550100',
              tags: ['vip'],
              attributed: null,
            },
          ],
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
  })

  test('without a hit answers an empty page with whole numbers', async () => {
    const reply = await search({ pipeline_id: 'unknown' })

    expect(bare(reply)).toEqual({
      opportunities: [],
      meta: {
        total: 0,
        nextPageUrl: null,
        startAfterId: null,
        startAfter: null,
        currentPage: 1,
        nextPage: null,
        prevPage: null,
      },
      aggregations: {},
    })
  })

  test('works with the trailing slash', async () => {
    const reply = await crm.v2.get(`/opportunities/search/?location_id=${crm.locationId}&limit=1`)

    expect(reply.status).toBe(200)
  })

  test('sees nothing of another location', async () => {
    await crm.given.opportunity()
    const { id, token } = await crm.given.location()

    const reply = await crm.v2.get(`/opportunities/search?location_id=${id}`, { token })

    expect(reply.body).toMatchObject({ opportunities: [], meta: { total: 0 } })
  })

  describe('by a parameter', () => {
    test('finds what has it, alone and together', async () => {
      const pipeline = await crm.given.pipeline()
      const [owner, contact] = [await crm.given.user(), await crm.given.contact({ country: 'FR' })]
      const [, second] = pipeline.stages
      const one = await crm.given.opportunity({
        pipelineId: pipeline.id,
        pipelineStageId: second?.id,
        contactId: contact.id,
        assignedTo: owner.id,
        status: 'won',
      })
      const other = await crm.given.opportunity({ pipelineId: pipeline.id, status: 'lost' })
      const all = {
        pipeline_id: pipeline.id,
        pipeline_stage_id: second?.id,
        contact_id: contact.id,
        assigned_to: owner.id,
        status: 'won',
        id: one.id,
        country: 'fr',
      }

      expect(await found({ pipeline_id: pipeline.id })).toEqual([other.id, one.id])
      for (const name of ['pipeline_stage_id', 'contact_id', 'assigned_to', 'id', 'country'] as const) {
        expect(await found({ [name]: all[name] }), name).toEqual([one.id])
        expect(await found({ [name]: all[name], status: 'lost' }), name).toEqual([])
        expect(await totalOf(crm, { [name]: all[name] as string }), name).toBe(1)
      }
      expect(await found({ pipeline_id: pipeline.id, status: 'won' })).toEqual([one.id])
      expect(await found({ pipeline_id: pipeline.id, status: 'all' })).toEqual([other.id, one.id])
      expect(await found({ pipeline_id: pipeline.id, status: 'open' })).toEqual([])
      expect(await found(all)).toEqual([one.id])
      expect(await found({ ...all, id: other.id })).toEqual([])
      expect(await found({ ...all, id: 'unknown' })).toEqual([])
      expect(await found({ campaignId: 'any' })).toEqual([])
    })

    test("has the contact's notes and tasks where they are asked for", async () => {
      const contact = await crm.given.contact()
      await crm.given.opportunity({ contactId: contact.id })
      const { note } = (await crm.v2.post(`/contacts/${contact.id}/notes`, { body: 'Call back' })).body
      const wanted = { title: 'Call', dueDate: '2026-12-31T10:00:00.000Z', completed: false }
      const { task } = (await crm.v2.post(`/contacts/${contact.id}/tasks`, wanted)).body
      const besides = async (by: object) => {
        const [row] = (await search({ contact_id: contact.id, ...by })).body.opportunities
        return [row.notes, row.tasks, row.calendarEvents]
      }

      expect(await besides({})).toEqual([[], [], []])
      expect(await besides({ getNotes: true })).toEqual([[note], [], []])
      expect(await besides({ getTasks: true, getNotes: false })).toEqual([[], [task], []])
      expect(await besides({ getTasks: true, getNotes: true, getCalendarEvents: true })).toEqual([[note], [task], []])
    })
  })

  describe('by the days of creation', () => {
    test('takes both ends, as days, as ISO and as milliseconds', async () => {
      const pipeline = await crm.given.pipeline()
      const make = async () => {
        crm.advance(2 * 86_400_000)
        return crm.given.opportunity({ pipelineId: pipeline.id })
      }
      const [a, b, c] = [await make(), await make(), await make()]
      const day = (iso: string) => `${iso.slice(5, 7)}-${iso.slice(8, 10)}-${iso.slice(0, 4)}`
      const within = async (date?: string | number, endDate?: string | number) => {
        const ids = await found({ pipeline_id: pipeline.id, ...(date && { date }), ...(endDate && { endDate }) })
        return [a, b, c].map(({ id }) => (ids.includes(id) ? 'x' : '-')).join('')
      }
      const at = Date.parse(b.createdAt)

      expect(await within(day(b.createdAt))).toBe('-xx')
      expect(await within(undefined, day(b.createdAt))).toBe('xx-')
      expect(await within(day(b.createdAt), day(b.createdAt))).toBe('-x-')
      expect(await within(b.createdAt.slice(0, 10), b.createdAt.slice(0, 10))).toBe('-x-')
      expect(await within(b.createdAt, b.createdAt)).toBe('-x-')
      expect(await within(at, at)).toBe('-x-')
      expect(await within(at + 1)).toBe('--x')
      expect(await within(undefined, at - 1)).toBe('x--')
      // As n8n sends them.
      expect(await within(a.createdAt, at)).toBe('xx-')
      expect(await within(c.createdAt, a.createdAt)).toBe('---')
    })

    test.each(['yesterday', '13-40-2026', '2026-02-30', '2026-01-01Tnoon', '12'])('refuses %s', async (wrong) => {
      const message = 'must be a valid date: mm-dd-yyyy, ISO 8601 or epoch milliseconds'

      expect(refused(await search({ date: wrong }))).toEqual(unprocessable(`date ${message}`))
      expect(refused(await search({ endDate: wrong }))).toEqual(unprocessable(`endDate ${message}`))
    })
  })

  describe('by text', () => {
    let one: Row
    beforeAll(async () => {
      const contact = await crm.given.contact({
        firstName: 'Zoë',
        lastName: 'Quincy-Müller',
        email: 'zq.unusual@mailbox.example',
        phone: '+14155559876',
        companyName: 'Brüder & Söhne',
      })
      one = await crm.given.opportunity({ contactId: contact.id, name: 'Kitchen renovation 50%_x "quoted"' })
      await crm.given.opportunity({ name: 'Something else' })
    })

    test.each([
      'Kitchen',
      'kit',
      'chen ren',
      'RENOVATION',
      'ion',
      '50%_x',
      '%_x',
      '"quoted"',
      'Zoë',
      'zoe',
      'oe quin',
      'y-müll',
      'muller',
      'zq.unusual@mailbox.example',
      'unusual',
      '@mailbox',
      '+14155559876',
      '5559876',
      'brüder',
      'der & so',
      'söhne',
      '  kitchen  ',
    ])('finds %s in any of name, contact, e-mail, phone and company', async (q) => {
      const reply = await search({ q })

      expect(idsOf(reply)).toEqual([one.id])
      expect(reply.body.meta.total).toBe(1)
    })

    test.each(['ki', 'K', 'z', 'ZO', 'zö'])(
      'of fewer than three letters finds %s where a name begins so',
      async (q) => {
        expect(await found({ q })).toEqual([one.id])
      },
    )

    test.each(['it', 'qu', '98', 'zq', '%', '_x', 'kitchenette', 'zoe kitchen', "' or 1=1 --", '***', '\\\\\\'])(
      'does not find %s',
      async (q) => {
        expect(await found({ q })).toEqual([])
      },
    )

    test('of nothing finds everything', async () => {
      const [all, blank] = [await search({ limit: 1 }), await search({ limit: 1, q: '  ' })]

      expect(blank.body.meta.total).toBe(all.body.meta.total)
    })

    test('together with other parameters finds what meets all', async () => {
      expect(await found({ q: 'kitchen', status: 'open' })).toEqual([one.id])
      expect(await found({ q: 'kitchen', status: 'won' })).toEqual([])
    })

    test('follows every change of the opportunity and its contact at once', async () => {
      const contact = await crm.given.contact({ firstName: 'Yvonne', lastName: 'Before' })
      const { id } = await crm.given.opportunity({ contactId: contact.id, name: 'Yacht first' })

      await crm.v2.put(`/opportunities/${id}`, { name: 'Yacht second' })
      await crm.v2.put(`/contacts/${contact.id}`, { lastName: 'Afterwards', companyName: 'Yoyo Makers' })

      expect(await found({ q: 'yacht first' })).toEqual([])
      expect(await found({ q: 'yacht second' })).toEqual([id])
      expect(await found({ q: 'yvonne before' })).toEqual([])
      expect(await found({ q: 'afterwards' })).toEqual([id])
      expect(await found({ q: 'yoyo' })).toEqual([id])
      await crm.v2.delete(`/opportunities/${id}`)
      expect(await found({ q: 'yacht' })).toEqual([])
    })
  })

  describe('in order', () => {
    test('goes by creation, name and update, up and down, newest first unless told', async () => {
      const pipeline = await crm.given.pipeline()
      const make = async (name: string) => {
        crm.advance(1000)
        return crm.given.opportunity({ name, pipelineId: pipeline.id })
      }
      const [b] = [await make('bravo'), await make('Älpha'), await make('charlie')]
      crm.advance(1000)
      await crm.v2.put(`/opportunities/${b.id}`, { source: 'touched' })
      const order = async (order?: string) => {
        const reply = await search({ pipeline_id: pipeline.id, ...(order && { order }) })
        return reply.body.opportunities.map(({ name }: Row) => name[0]).join('')
      }

      expect(await order()).toBe('cÄb')
      expect(await order('added_desc')).toBe('cÄb')
      expect(await order('added_asc')).toBe('bÄc')
      expect(await order('name_asc')).toBe('Äbc')
      expect(await order('name_desc')).toBe('cbÄ')
      expect(await order('updated_asc')).toBe('Äcb')
      expect(await order('updated_desc')).toBe('bcÄ')
    })

    test('of a kind nobody knows is refused', async () => {
      for (const order of ['asc', 'value_asc', 'name']) {
        expect(refused(await search({ order }))).toEqual(
          unprocessable(`order must be one of the following values: ${orders.join(', ')}`),
        )
      }
    })
  })

  describe('in pages', () => {
    let pipeline_id: string
    const newest: string[] = []
    beforeAll(async () => {
      pipeline_id = (await crm.given.pipeline()).id
      for (let at = 0; at < 45; at++) {
        crm.advance(1)
        const status = at % 2 ? 'won' : 'open'
        newest.unshift((await crm.given.opportunity({ pipelineId: pipeline_id, name: `Deal ${at % 7}`, status })).id)
      }
    })

    test('of 20 unless told otherwise, numbered from 1', async () => {
      const pages = [
        await search({ pipeline_id }),
        await search({ pipeline_id, page: 2 }),
        await search({ pipeline_id, page: 3 }),
        await search({ pipeline_id, page: 4 }),
      ]

      expect(pages.map(idsOf)).toEqual([newest.slice(0, 20), newest.slice(20, 40), newest.slice(40), []])
      expect(pages.map(({ body }) => [body.meta.currentPage, body.meta.prevPage, body.meta.nextPage])).toEqual([
        [1, null, 2],
        [2, 1, 3],
        [3, 2, null],
        [4, 3, null],
      ])
      expect(pages.map(({ body }) => body.meta.total)).toEqual([45, 45, 45, 45])
      expect(pages.map(({ body }) => body.meta.nextPageUrl !== null)).toEqual([true, true, false, false])
      expect(pages.map(({ body }) => body.meta.startAfterId)).toEqual([newest[19], newest[39], newest[44], null])
    })

    test('of one row tells the exact total', async () => {
      const reply = await search({ pipeline_id, limit: 1 })

      expect(idsOf(reply)).toEqual(newest.slice(0, 1))
      expect(reply.body.meta.total).toBe(45)
    })

    test('of exactly what there is are the last', async () => {
      const reply = await search({ pipeline_id, limit: 45 })

      expect(reply.body.meta).toMatchObject({ nextPage: null, nextPageUrl: null })
    })

    test('names in nextPageUrl what this dialect takes, with every filter kept', async () => {
      const by = { pipeline_id, status: 'won', limit: '3', order: 'name_desc', q: 'deal', getNotes: 'true' }

      const { meta } = (await search(by)).body

      const url = new URL(meta.nextPageUrl)
      expect(url.origin + url.pathname).toBe(`${crm.url}/opportunities/search`)
      expect(Object.fromEntries(url.searchParams)).toEqual({
        location_id: crm.locationId,
        ...by,
        startAfter: meta.startAfter,
        startAfterId: meta.startAfterId,
        page: '2',
      })
    })

    test.each(orders)('by nextPageUrl to the end sees every row once, in order %s', async (order) => {
      const whole = await found({ pipeline_id, order, limit: 100 })
      const seen: string[] = []
      const numbers: number[] = []
      let reply = await search({ pipeline_id, order, limit: 8 })
      for (let page = 0; page < 10; page++) {
        seen.push(...idsOf(reply))
        numbers.push(reply.body.meta.currentPage)
        expect(reply.body.meta.total).toBe(45)
        if (!reply.body.meta.nextPageUrl) break
        reply = await crm.v2.get(pathOf(reply.body.meta.nextPageUrl))
        expect(reply.status).toBe(200)
      }

      expect(seen).toEqual(whole)
      expect(new Set(seen)).toEqual(new Set(newest))
      expect(numbers).toEqual([1, 2, 3, 4, 5, 6])
    })

    test.each(orders)('by the cursor with the same parameters sees every row once, in order %s', async (order) => {
      const whole = await found({ pipeline_id, order, limit: 100 })
      const seen: string[] = []
      let cursor = {}
      for (let page = 0; page < 10; page++) {
        const reply = await search({ pipeline_id, order, limit: 10, ...cursor })
        seen.push(...idsOf(reply))
        if (idsOf(reply).length < 10) break
        cursor = { startAfter: reply.body.meta.startAfter, startAfterId: reply.body.meta.startAfterId }
      }

      expect(seen).toEqual(whole)
    })

    test('refuses half a cursor, which would lead round for ever', async () => {
      expect(refused(await search({ startAfter: '1' }))).toEqual(unprocessable('startAfterId should not be empty'))
      expect(refused(await search({ startAfterId: 'x' }))).toEqual(unprocessable('startAfter should not be empty'))
      expect((await search({ startAfter: '', startAfterId: '' })).status).toBe(200)
    })

    test('refuses a cursor that no row can have', async () => {
      for (const startAfter of ['1.5', '1e300', 'then']) {
        expect(refused(await search({ startAfter, startAfterId: 'x' }))).toEqual(
          unprocessable('startAfter must be a number conforming to the specified constraints'),
        )
      }
    })

    test('goes by the cursor where both it and a page number are sent', async () => {
      const { meta } = (await search({ pipeline_id, limit: 2 })).body
      const { startAfter, startAfterId } = meta

      expect(await found({ pipeline_id, limit: 2, page: 9, startAfter, startAfterId })).toEqual(newest.slice(2, 4))
    })

    test('tells the cursor as milliseconds and id', async () => {
      const { meta, opportunities } = (await search({ pipeline_id, limit: 2 })).body

      expect(meta.startAfter).toBe(Date.parse(opportunities[1].createdAt))
      expect(meta.startAfterId).toBe(opportunities[1].id)
    })

    describe('of a client that sends nothing but the cursor from the second page on', () => {
      const follow = (meta: { startAfter: unknown; startAfterId: unknown }, options = {}) =>
        crm.v2.get(`/opportunities/search?startAfter=${meta.startAfter}&startAfterId=${meta.startAfterId}`, options)

      test.each(['added_desc', 'name_asc', 'updated_asc'])(
        'keeps location, filters, size and order: %s',
        async (order) => {
          const by = { pipeline_id, status: 'won', order, limit: 5 }
          const whole = await found({ ...by, limit: 100 })
          const seen: string[] = []
          let reply = await search(by)
          for (let page = 0; page < 10 && idsOf(reply).length > 0; page++) {
            seen.push(...idsOf(reply))
            expect(reply.body.meta.total).toBe(22)
            reply = await follow(reply.body.meta)
          }

          expect(whole).toHaveLength(22)
          expect(seen).toEqual(whole)
        },
      )

      test('may change the size and leave the rest', async () => {
        const { meta } = (await search({ pipeline_id, limit: 5 })).body

        const reply = await crm.v2.get(
          `/opportunities/search?startAfter=${meta.startAfter}&startAfterId=${meta.startAfterId}&limit=2`,
        )

        expect(idsOf(reply)).toEqual(newest.slice(5, 7))
      })

      test("is not helped to another token's filters, only to its own location", async () => {
        const { meta } = (await search({ pipeline_id, status: 'won', limit: 1 })).body
        const token = await crm.given.token()
        const elsewhere = await crm.given.location()

        const colleague = await follow(meta, { token })
        const stranger = await follow(meta, { token: elsewhere.token })

        expect(colleague.body.meta.total).toBe((await search({ limit: 1 })).body.meta.total)
        expect(stranger.body).toMatchObject({ opportunities: [], meta: { total: 0 } })
      })

      test('is forgotten after a day', async () => {
        const { meta } = (await search({ pipeline_id, status: 'won', limit: 1 })).body

        crm.advance(23 * 60 * 60_000)
        expect((await follow(meta)).body.meta.total).toBe(22)
        crm.advance(48 * 60 * 60_000)
        expect((await follow(meta)).body.meta.total).toBe((await search({ limit: 1 })).body.meta.total)
      })

      test('names the location on the first page, and both halves of the cursor', async () => {
        const none = noLocation('location_id')

        expect(refused(await crm.v2.get('/opportunities/search'))).toEqual(none)
        expect(refused(await crm.v2.get('/opportunities/search?startAfter=1'))).toEqual(none)
        expect(refused(await crm.v2.get('/opportunities/search?startAfterId=x'))).toEqual(none)
      })
    })
  })

  describe('page by page while others create and delete', () => {
    const ways = [
      ...orders.map((order) => ({ by: 'by nextPageUrl', order })),
      { by: 'by the bare cursor', order: 'added_desc' },
      { by: 'by the bare cursor', order: 'name_asc' },
      { by: 'by searchAfter', order: 'added_desc' },
      { by: 'by searchAfter', order: 'name_desc' },
    ]

    test.each(ways)('$by in order $order repeats no row and misses none that stayed', async ({ by, order }) => {
      const { id: pipelineId } = await crm.given.pipeline()
      const contactId = (await crm.given.contact()).id
      const create = async (name: string) => (await crm.given.opportunity({ name, pipelineId, contactId })).id
      // Many share a name and a moment, so that the id must decide between them.
      const all = await Promise.all(Array.from({ length: 300 }, (_, at) => create(`Deal ${at % 40}`)))
      const deleted = new Set<string>()
      const disturb = async (turn: number) => {
        const gone = all.filter((_, at) => at % 20 === turn)
        await Promise.all(gone.map((id) => crm.v2.delete(`/opportunities/${id}`)))
        for (const id of gone) deleted.add(id)
        await Promise.all(['Deal 0', 'Deal 20', 'Deal 99', 'A', 'Z'].map(create))
      }

      const seen: string[] = []
      let turn = 0
      for await (const page of walk(by, pipelineId, order)) {
        seen.push(...page)
        if (turn < 8) await disturb(turn)
        turn++
      }

      expect(turn).toBeGreaterThan(8)
      expect(seen.length).toBe(new Set(seen).size)
      const stayed = all.filter((id) => !deleted.has(id))
      expect(stayed.filter((id) => !seen.includes(id))).toEqual([])
      expect(await totalOf(crm, { pipeline_id: pipelineId })).toBe(300 + 40 - deleted.size)
    })

    const sorts: Record<string, string> = { added: 'date_added', name: 'name', updated: 'date_updated' }

    async function* walk(by: string, pipelineId: string, order: string) {
      const [field = '', direction] = order.split('_')
      const filters = [{ field: 'pipeline_id', operator: 'eq', value: pipelineId }]
      const sort = [{ field: sorts[field], direction }]
      const { locationId } = crm
      let reply =
        by === 'by searchAfter'
          ? await crm.v2.post('/opportunities/search', { locationId, filters, sort, limit: 25 })
          : await search({ pipeline_id: pipelineId, order, limit: 25 })
      for (let page = 0; page < 40 && idsOf(reply).length > 0; page++) {
        yield idsOf(reply)
        const { meta } = reply.body
        const searchAfter = reply.body.opportunities.at(-1).sort
        if (by === 'by searchAfter') {
          reply = await crm.v2.post('/opportunities/search', { locationId, filters, sort, limit: 25, searchAfter })
        } else if (by === 'by the bare cursor') {
          const { startAfter, startAfterId } = meta
          reply = await crm.v2.get(`/opportunities/search?${new URLSearchParams({ startAfter, startAfterId })}`)
        } else if (meta.nextPageUrl) reply = await crm.v2.get(pathOf(meta.nextPageUrl))
        else return
      }
    }
  })

  test('tells the total right after each write', async () => {
    const { id: pipeline_id, stages } = await crm.given.pipeline()
    const owner = await crm.given.user()
    const totals = async () => [
      await totalOf(crm, { pipeline_id }),
      await totalOf(crm, { pipeline_id, status: 'open' }),
      await totalOf(crm, { pipeline_stage_id: stages[1]?.id as string }),
      await totalOf(crm, { pipeline_id, assigned_to: owner.id }),
      await totalOf(crm, { pipeline_id, assigned_to: owner.id, status: 'won', q: 'deal' }),
    ]

    expect(await totals()).toEqual([0, 0, 0, 0, 0])
    const { id } = await crm.given.opportunity({ pipelineId: pipeline_id })
    expect(await totals()).toEqual([1, 1, 0, 0, 0])
    await crm.v2.put(`/opportunities/${id}`, { pipelineStageId: stages[1]?.id })
    expect(await totals()).toEqual([1, 1, 1, 0, 0])
    await crm.v2.put(`/opportunities/${id}`, { assignedTo: owner.id })
    expect(await totals()).toEqual([1, 1, 1, 1, 0])
    await crm.v2.put(`/opportunities/${id}/status`, { status: 'won' })
    expect(await totals()).toEqual([1, 0, 1, 1, 1])
    const other = await crm.given.opportunity({ pipelineId: pipeline_id })
    expect(await totals()).toEqual([2, 1, 1, 1, 1])
    await crm.v2.delete(`/opportunities/${id}`)
    expect(await totals()).toEqual([1, 1, 0, 0, 0])
    await crm.v2.put(`/opportunities/${other.id}`, { pipelineId: crm.pipeline.id })
    expect(await totals()).toEqual([0, 0, 0, 0, 0])
  })

  describe('is refused', () => {
    const statuses = 'open, won, lost, abandoned, all'
    const number = 'must be a number conforming to the specified constraints'

    test.each<[Record<string, unknown>, ...string[]]>([
      [{ limit: 0 }, 'limit must not be less than 1'],
      [{ limit: 101 }, 'limit must not be greater than 100'],
      [{ limit: 'many' }, 'limit must be an integer number'],
      [{ limit: 1.5 }, 'limit must be an integer number'],
      [{ page: 0 }, 'page must not be less than 1'],
      [{ page: 'next' }, 'page must be an integer number'],
      [{ status: 'closed' }, `status must be one of the following values: ${statuses}`],
      [{ getNotes: 'perhaps' }, 'getNotes must be a boolean value'],
      [{ startAfter: 'soon', startAfterId: 'x' }, `startAfter ${number}`],
      [{ order: 'updated_asc', startAfter: 'soon', startAfterId: 'x' }, `startAfter ${number}`],
      [{ sortBy: 'name' }, 'property sortBy should not exist'],
      [{ offset: 5 }, 'property offset should not exist'],
      [{ start_date: '01-01-2026' }, 'property start_date should not exist'],
      [{ pipelineId: 'x' }, 'property pipelineId should not exist'],
      [
        { contactId: 'x', assignedTo: 'x' },
        'property contactId should not exist',
        'property assignedTo should not exist',
      ],
    ])('%j', async (by, ...message) => {
      expect(refused(await search(by))).toEqual(unprocessable(...message))
    })

    test('in the spelling of another dialect', async () => {
      const { locationId } = crm

      expect(refused(await crm.v2.get(`/opportunities/search?locationId=${locationId}`))).toEqual(
        unprocessable(
          'property locationId should not exist',
          'location_id should not be empty',
          'location_id must be a string',
        ),
      )
      expect(refused(await search({ locationId }))).toEqual(unprocessable('property locationId should not exist'))
    })

    test('with a parameter sent twice', async () => {
      const reply = await crm.v2.get(`/opportunities/search?location_id=${crm.locationId}&q=a&q=b`)

      expect(refused(reply)).toEqual(unprocessable('q must be a string'))
    })

    test('for another location', async () => {
      const other = await crm.given.location()

      expect(refused(await crm.v2.get(`/opportunities/search?location_id=${other.id}`))).toEqual(foreign)
      expect(refused(await search({ locationId: other.id }))).toEqual(foreign)
    })
  })

  test('takes the location from a header', async () => {
    for (const name of ['Location-Id', 'locationId', 'x-location-id']) {
      const reply = await crm.v2.get('/opportunities/search?limit=1', { headers: { [name]: crm.locationId } })
      expect(reply.status, name).toBe(200)
      expect(new URL(reply.body.meta.nextPageUrl).searchParams.get('location_id')).toBe(crm.locationId)
    }
  })
})

test('a server that is told to takes both spellings, and passes over what it does not know', async () => {
  const crm = await startCrm({ relaxedSearch: true })
  const { locationId } = crm
  const pipeline = await crm.given.pipeline()
  const { id } = await crm.given.opportunity({ pipelineId: pipeline.id })
  await crm.given.opportunity()

  const camel = await crm.v2.get(`/opportunities/search?locationId=${locationId}&pipelineId=${pipeline.id}&sortBy=name`)
  const snake = await crm.v2.get(`/opportunities/search?location_id=${locationId}&pipeline_id=${pipeline.id}`)
  await crm.stop()

  for (const reply of [camel, snake]) {
    expect(reply.status).toBe(200)
    expect(reply.body.opportunities.map((row: Row) => row.id)).toEqual([id])
  }
})
