import { beforeAll, describe, expect, test } from 'vitest'
import { bare, onEveryStore } from '../../harness.ts'
import { foreign, refused, unprocessable } from '../../support/refused.ts'
import { customField, lostReason, noLocation, opportunityOf } from './expected.ts'

type Named = { id: string; name: string }

onEveryStore('searching opportunities with filters', (crm) => {
  const search = (body: object = {}, slash = '') =>
    crm.v2.post(`/opportunities/search${slash}`, { locationId: crm.locationId, ...body })

  describe('the answer', () => {
    test('has the rows whole, their place in the order, and how many there are', async () => {
      const contact = await crm.given.contact({ companyName: 'Acme', phone: '+14155550100', tags: ['vip'] })
      const pipeline = await crm.given.pipeline()
      const { id, createdAt } = await crm.given.opportunity({ contactId: contact.id, pipelineId: pipeline.id })

      const reply = await search({ filters: [{ field: 'pipeline_id', operator: 'eq', value: pipeline.id }] })

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
            custom_fields: [],
          },
        ],
        total: 1,
        aggregations: {},
      })
    })

    test('is the same with the trailing slash', async () => {
      const [plain, slashed] = [await search({ limit: 5 }), await search({ limit: 5 }, '/')]

      expect(plain.status).toBe(200)
      expect(bare(slashed)).toEqual(bare(plain))
    })

    test("has the contact's notes and tasks where they are asked for", async () => {
      const contact = await crm.given.contact()
      await crm.given.opportunity({ contactId: contact.id })
      const { note } = (await crm.v2.post(`/contacts/${contact.id}/notes`, { body: 'Call back' })).body
      const wanted = { title: 'Call', dueDate: '2026-12-31T10:00:00.000Z', completed: false }
      const { task } = (await crm.v2.post(`/contacts/${contact.id}/tasks`, wanted)).body
      const filters = [{ field: 'contact_id', operator: 'eq', value: contact.id }]
      const besides = async (additionalDetails?: object) => {
        const [row] = (await search({ filters, ...(additionalDetails && { additionalDetails }) })).body.opportunities
        return [row.notes, row.tasks, row.calendarEvents]
      }

      expect(await besides()).toEqual([[], [], []])
      expect(await besides({ notes: true })).toEqual([[note], [], []])
      expect(await besides({ tasks: true, notes: false })).toEqual([[], [task], []])
      expect(await besides({ notes: true, tasks: true, calendarEvents: true, unReadConversations: true })).toEqual([
        [note],
        [task],
        [],
      ])
    })

    test('is what other locations have none of', async () => {
      const { id: locationId, token } = await crm.given.location()
      await crm.given.opportunity()

      const reply = await crm.v2.post('/opportunities/search', { locationId }, { token })

      expect(bare(reply)).toEqual({ opportunities: [], total: 0, aggregations: {} })
    })
  })

  describe('a filter', () => {
    const ids: Record<string, string> = {}
    let pipelineId: string
    const days = (at: number) => at * 86_400_000

    beforeAll(async () => {
      const pipeline = await crm.given.pipeline()
      pipelineId = pipeline.id
      const [first, second] = pipeline.stages
      const [one, two] = [await crm.given.user(), await crm.given.user()]
      const [price, time] = [await lostReason(crm, 'Price'), await lostReason(crm, 'Time')]
      const ada = await crm.given.contact({
        firstName: 'Ada',
        lastName: 'Lovelace',
        companyName: 'Acme Tools',
        email: 'ada@acme.example',
        phone: '+14155550101',
        country: 'DE',
      })
      const grace = await crm.given.contact({
        firstName: 'Grâce',
        lastName: 'Hopper',
        companyName: 'CAFÉ Zoé',
        email: 'Grace@navy.example',
        phone: '+14155550102',
        country: 'US',
      })
      const nobody = (await crm.v2.post('/contacts/', { locationId: crm.locationId, email: 'only@mail.example' })).body
        .contact
      const options = { options: ['Red wine', 'White'] }
      const fields: Record<string, { id: string; textBoxListOptions: { id: string }[] }> = {
        text: await customField(crm, 'Text', 'TEXT'),
        large: await customField(crm, 'Large', 'LARGE_TEXT'),
        single: await customField(crm, 'Single', 'SINGLE_OPTIONS', options),
        radio: await customField(crm, 'Radio', 'RADIO', options),
        phone: await customField(crm, 'Phone', 'PHONE'),
        checkbox: await customField(crm, 'Checkbox', 'CHECKBOX', options),
        multiple: await customField(crm, 'Multiple', 'MULTIPLE_OPTIONS', options),
        number: await customField(crm, 'Number', 'NUMERICAL'),
        money: await customField(crm, 'Money', 'MONETORY'),
        date: await customField(crm, 'Date', 'DATE'),
        boxes: await customField(crm, 'Boxes', 'TEXTBOX_LIST', {
          textBoxListOptions: [{ label: 'A' }, { label: 'B' }],
        }),
      }
      const [boxA = '', boxB = ''] = (fields.boxes?.textBoxListOptions ?? []).map(({ id }) => id)
      const values = (word: string, list: string[], number: number, date: string, box: string) =>
        [
          ...['text', 'large', 'single', 'radio', 'phone'].map((name) => ({ id: fields[name]?.id, value: word })),
          ...['checkbox', 'multiple'].map((name) => ({ id: fields[name]?.id, value: list })),
          ...['number', 'money'].map((name) => ({ id: fields[name]?.id, value: number })),
          { id: fields.date?.id, value: date },
          { id: fields.boxes?.id, value: { [box]: word } },
        ] as object[]
      const make = async (name: string, fields: object) => {
        crm.advance(days(1))
        return crm.given.opportunity({ name, pipelineId, ...fields })
      }

      const alpha = await make('Alpha deal', {
        contactId: ada.id,
        monetaryValue: 100,
        assignedTo: one.id,
        source: 'fair',
        followers: [one.id],
        forecastExpectedCloseDate: '2026-01-10',
        customFields: values('Red wine', ['Red wine'], 10, '2026-01-10', boxA),
      })
      const beta = await make('Béta 50%_off', {
        contactId: grace.id,
        pipelineStageId: second?.id,
        status: 'lost',
        lostReasonId: price.id,
        monetaryValue: 200.5,
        assignedTo: two.id,
        source: 'web',
        followers: [one.id, two.id],
        forecastExpectedCloseDate: '2026-02-10',
        customFields: values('White', ['Red wine', 'White'], 20, '2026-02-10', boxB),
      })
      const gamma = await make('Gamma', { contactId: nobody.id, status: 'won' })
      await crm.given.opportunity({ name: 'Not of this pipeline' })

      const at = (time_: string) => String(Date.parse(time_))
      Object.assign(ids, {
        ...Object.fromEntries(Object.entries(fields).map(([name, { id }]) => [name, id])),
        ...{ alpha: alpha.id, beta: beta.id, gamma: gamma.id, first: first?.id, second: second?.id },
        ...{ one: one.id, two: two.id, price: price.id, time: time.id, ada: ada.id, grace: grace.id, boxA, boxB },
        ...{ pipeline: pipelineId, alphaAt: at(alpha.createdAt), betaAt: at(beta.createdAt) },
        ...{ gammaAt: at(gamma.createdAt), betaIso: beta.createdAt },
      })
    })

    /** Ids are written `$name`, for they are not known before the server runs. */
    const filled = (filter: unknown) =>
      JSON.parse(JSON.stringify(filter).replace(/\$(\w+)/g, (_, name: string) => ids[name] ?? `no ${name}`))

    const matches = async (...filters: unknown[]) => {
      const own = { field: 'pipeline_id', operator: 'eq', value: pipelineId }
      const reply = await search({ filters: [own, ...filled(filters)] })
      if (reply.status !== 200) throw new Error(reply.text)
      const names = reply.body.opportunities.map(({ name }: Named) => name.slice(0, 1).toLowerCase())
      expect(reply.body.total).toBe(names.length)
      return names.sort().join('')
    }

    /** field, operator, value, whose first letters match: Alpha, Béta, Gamma */
    type Row = [string, string, unknown, string]
    const equality = (field: string, a: unknown, b: unknown, withoutValue = 'g'): Row[] => [
      [field, 'eq', a, 'a'],
      [field, 'eq', [a, b], 'ab'],
      [field, 'eq', [], ''],
      [field, 'not_eq', a, 'bg'],
      [field, 'not_eq', [a, b], 'g'],
      [field, 'exists', undefined, withoutValue === 'g' ? 'ab' : 'abg'],
      [field, 'not_exists', undefined, withoutValue],
    ]
    const containing = (field: string, part: string): Row[] => [
      [field, 'contains', part, 'a'],
      [field, 'contains', part.toUpperCase(), 'a'],
      [field, 'not_contains', part, 'bg'],
      [field, 'contains', 'nowhere', ''],
    ]
    const period = (field: string, a: string, b: string): Row[] => [
      [field, 'range', { gte: a }, 'abg'],
      [field, 'range', { gt: a }, 'bg'],
      [field, 'range', { lte: b }, 'ab'],
      [field, 'range', { lt: b }, 'a'],
      [field, 'range', { gte: b, lte: b }, 'b'],
      [field, 'exists', undefined, 'abg'],
      [field, 'not_exists', undefined, ''],
    ]
    const custom = ['text', 'large', 'single', 'radio', 'phone'].map((name) => `custom_fields.$${name}`)
    const rows: Row[] = [
      ...equality('id', '$alpha', '$beta', ''),
      ...equality('name', 'Alpha deal', 'béta 50%_off', ''),
      ['name', 'eq', 'ALPHA DEAL', 'a'],
      ['name', 'eq', 'beta 50%_off', 'b'],
      ...containing('name', 'pha'),
      ['name', 'contains', '50%', 'b'],
      ['name', 'contains', '%', 'b'],
      ['name', 'contains', '_', 'b'],
      ['name', 'contains', 'éta', 'b'],
      ...equality('monetary_value', 100, 200.5),
      ['monetary_value', 'eq', '100', 'a'],
      ['monetary_value', 'range', { gte: 100 }, 'ab'],
      ['monetary_value', 'range', { gt: 100, lte: 200.5 }, 'b'],
      ['monetary_value', 'range', { lt: '200.5' }, 'a'],
      ['monetary_value', 'range', { lt: 0 }, ''],
      ['pipeline_id', 'eq', '$pipeline', 'abg'],
      ['pipeline_id', 'eq', ['$pipeline', 'other'], 'abg'],
      ['pipeline_id', 'not_eq', '$pipeline', ''],
      ['pipeline_id', 'not_eq', ['other'], 'abg'],
      ['pipeline_id', 'exists', undefined, 'abg'],
      ['pipeline_id', 'not_exists', undefined, ''],
      ['pipeline_stage_id', 'eq', '$first', 'ag'],
      ['pipeline_stage_id', 'eq', ['$first', '$second'], 'abg'],
      ['pipeline_stage_id', 'not_eq', '$first', 'b'],
      ['pipeline_stage_id', 'not_eq', ['$first', '$second'], ''],
      ['pipeline_stage_id', 'exists', undefined, 'abg'],
      ['pipeline_stage_id', 'not_exists', undefined, ''],
      ...equality('status', 'open', 'lost', ''),
      ['lost_reason_id', 'eq', '$price', 'b'],
      ['lost_reason_id', 'eq', ['$price', '$time'], 'b'],
      ['lost_reason_id', 'eq', '$time', ''],
      ['lost_reason_id', 'not_eq', '$price', 'ag'],
      ['lost_reason_id', 'not_eq', ['$time'], 'abg'],
      ['lost_reason_id', 'exists', undefined, 'b'],
      ['lost_reason_id', 'not_exists', undefined, 'ag'],
      ...equality('assigned_to', '$one', '$two'),
      ['assigned_to', 'eq', ['__none__'], 'g'],
      ['assigned_to', 'eq', '__none__', 'g'],
      ['assigned_to', 'eq', ['__none__', '$two'], 'bg'],
      ['assigned_to', 'not_eq', ['__none__'], 'ab'],
      ['assigned_to', 'not_eq', ['__none__', '$two'], 'a'],
      ...equality('contact_id', '$ada', '$grace', ''),
      ...equality('source', 'fair', 'web'),
      ['source', 'contains', 'fai', 'a'],
      ['source', 'not_contains', 'fai', 'bg'],
      ['followers', 'eq', '$two', 'b'],
      ['followers', 'eq', ['$one', '$two'], 'ab'],
      ['followers', 'not_eq', '$two', 'ag'],
      ['followers', 'not_eq', ['$one'], 'g'],
      ['followers', 'contains', '$two', 'b'],
      ['followers', 'contains', ['$two', 'nobody'], 'b'],
      ['followers', 'not_contains', '$one', 'g'],
      ['followers', 'not_contains', ['$two'], 'ag'],
      ['followers', 'exists', undefined, 'ab'],
      ['followers', 'not_exists', undefined, 'g'],
      ...equality('contact_name', 'Ada Lovelace', 'grace hopper'),
      ...containing('contact_name', 'love'),
      ['contact_name', 'contains', 'grâ', 'b'],
      ...equality('company_name', 'acme tools', 'CAFÉ Zoé'),
      ...containing('company_name', 'tool'),
      ['company_name', 'contains', 'Zoé', 'b'],
      ['company_name', 'not_contains', 'CAFÉ', 'ag'],
      ['email', 'eq', 'ADA@acme.example', 'a'],
      ['email', 'eq', ['ada@acme.example', 'grace@navy.example'], 'ab'],
      ['email', 'not_eq', 'ada@acme.example', 'bg'],
      ['email', 'not_eq', ['ada@acme.example', 'grace@navy.example'], 'g'],
      ['email', 'exists', undefined, 'abg'],
      ['email', 'not_exists', undefined, ''],
      ...containing('email', '@acme'),
      ...equality('phone', '+14155550101', '+14155550102'),
      ...containing('phone', '50101'),
      ...equality('country', 'de', 'US'),
      ...period('date_added', '$alphaAt', '$betaAt'),
      ['date_added', 'range', { gte: '$betaIso' }, 'bg'],
      ['date_added', 'range', { lt: '2020-01-01' }, ''],
      ...period('date_updated', '$alphaAt', '$betaAt'),
      ...period('last_status_change_date', '$alphaAt', '$betaAt'),
      ...period('last_stage_change_date', '$alphaAt', '$betaAt'),
      ['forecast_expected_close_date', 'range', { gte: Date.UTC(2026, 0, 10) }, 'ab'],
      ['forecast_expected_close_date', 'range', { gt: '2026-01-10', lt: '2026-03-01' }, 'b'],
      ['forecast_expected_close_date', 'range', { lte: String(Date.UTC(2026, 1, 1)) }, 'a'],
      ['forecast_expected_close_date', 'exists', undefined, 'ab'],
      ['forecast_expected_close_date', 'not_exists', undefined, 'g'],
      ...custom.flatMap((field) => [...equality(field, 'red WINE', 'white'), ...containing(field, 'win')]),
      ...['checkbox', 'multiple'].flatMap((name): Row[] => [
        [`custom_fields.$${name}`, 'eq', 'White', 'b'],
        [`custom_fields.$${name}`, 'eq', ['White', 'Red wine'], 'ab'],
        [`custom_fields.$${name}`, 'not_eq', 'White', 'ag'],
        [`custom_fields.$${name}`, 'not_eq', ['Red wine'], 'g'],
        [`custom_fields.$${name}`, 'exists', undefined, 'ab'],
        [`custom_fields.$${name}`, 'not_exists', undefined, 'g'],
      ]),
      ...['number', 'money'].flatMap((name): Row[] => [
        ...equality(`custom_fields.$${name}`, 10, 20),
        [`custom_fields.$${name}`, 'range', { gt: 10 }, 'b'],
        [`custom_fields.$${name}`, 'range', { gte: 10, lt: '20' }, 'a'],
      ]),
      ['custom_fields.$date', 'range', { gte: '2026-01-10' }, 'ab'],
      ['custom_fields.$date', 'range', { gt: Date.UTC(2026, 0, 10) }, 'b'],
      ['custom_fields.$date', 'exists', undefined, 'ab'],
      ['custom_fields.$date', 'not_exists', undefined, 'g'],
      ['custom_fields.$boxes.$boxA', 'eq', 'red wine', 'a'],
      ['custom_fields.$boxes.$boxB', 'eq', 'red wine', ''],
      ['custom_fields.$boxes.$boxB', 'eq', ['red wine', 'white'], 'b'],
      ['custom_fields.$boxes.$boxA', 'not_eq', 'red wine', 'bg'],
      ['custom_fields.$boxes.$boxA', 'contains', 'wine', 'a'],
      ['custom_fields.$boxes.$boxA', 'not_contains', 'wine', 'bg'],
      ['custom_fields.$boxes.$boxA', 'exists', undefined, 'a'],
      ['custom_fields.$boxes.$boxA', 'not_exists', undefined, 'bg'],
      ['custom_fields.$boxes', 'eq', 'white', 'b'],
      ['custom_fields.$boxes', 'exists', undefined, 'ab'],
    ]

    test.each(rows)('on %s %s %j finds "%s"', async (field, operator, value, found) => {
      expect(await matches({ field, operator, value })).toBe(found)
    })

    describe('among others', () => {
      const name = (value: string) => ({ field: 'name', operator: 'contains', value })
      const [alpha, beta, gamma] = [name('alpha'), name('beta'), name('gamma')]
      const open = { field: 'status', operator: 'eq', value: 'open' }

      test.each<[string, unknown[], string]>([
        ['no filter at all', [], 'abg'],
        ['a list, which means all of them', [alpha, open], 'a'],
        ['a list that nothing meets', [alpha, beta], ''],
        ['a group of any', [{ group: 'OR', filters: [alpha, gamma] }], 'ag'],
        ['a group of all', [{ group: 'AND', filters: [alpha, open] }], 'a'],
        ['a group without a name, which means all', [{ filters: [alpha, open] }], 'a'],
        ['an empty group', [{ group: 'OR', filters: [] }], 'abg'],
        [
          'groups in groups',
          [
            {
              group: 'OR',
              filters: [
                { group: 'AND', filters: [alpha, open] },
                { group: 'OR', filters: [beta] },
              ],
            },
          ],
          'ab',
        ],
        ['groups beside filters', [{ group: 'OR', filters: [alpha, beta] }, open], 'a'],
        [
          'four groups deep',
          [{ group: 'OR', filters: [{ filters: [{ group: 'OR', filters: [{ filters: [gamma] }] }] }] }],
          'g',
        ],
      ])('%s', async (_, filters, found) => {
        expect(await matches(...filters)).toBe(found)
      })

      test('a single group instead of a list', async () => {
        const own = { field: 'pipeline_id', operator: 'eq', value: pipelineId }

        const reply = await search({
          filters: { group: 'AND', filters: [own, { group: 'OR', filters: [alpha, beta] }] },
        })

        expect(reply.body.total).toBe(2)
      })

      test('and free text', async () => {
        const own = { field: 'pipeline_id', operator: 'eq', value: pipelineId }
        const found = async (query: string) =>
          (await search({ filters: [own], query })).body.opportunities.map(({ id }: Named) => id)

        expect(await found('lovelace')).toEqual([ids.alpha])
        expect(await found('navy.ex')).toEqual([ids.beta])
        expect(await found('zoe')).toEqual([ids.beta])
        expect(await found('')).toHaveLength(3)
      })

      test('counts right where the kept totals answer', async () => {
        const total = async (...filters: unknown[]) => (await search({ filters: filled(filters), limit: 1 })).body.total
        const own = { field: 'pipeline_id', operator: 'eq', value: '$pipeline' }

        expect(await total(own)).toBe(3)
        expect(await total(own, { field: 'status', operator: 'eq', value: ['open', 'won'] })).toBe(2)
        expect(await total(own, { field: 'status', operator: 'eq', value: [] })).toBe(0)
        expect(await total(own, { field: 'assigned_to', operator: 'eq', value: ['__none__', '$one'] })).toBe(2)
        expect(await total(own, { field: 'pipeline_stage_id', operator: 'eq', value: '$second' })).toBe(1)
        expect(await total(own, { field: 'assigned_to', operator: 'eq', value: '' })).toBe(0)
        expect(await total(own, { field: 'status', operator: 'eq', value: 'all' })).toBe(3)
      })
    })

    describe('that means nothing is refused:', () => {
      const name = { field: 'name', operator: 'eq', value: 'x' }
      const nest = (depth: number): object => (depth === 0 ? name : { group: 'OR', filters: [nest(depth - 1)] })
      const number = 'must be a number conforming to the specified constraints'
      const moment = 'must be epoch milliseconds or an ISO 8601 date'
      const places = [
        ...['id', 'name', 'monetary_value', 'pipeline_id', 'pipeline_stage_id', 'status', 'lost_reason_id'],
        ...['assigned_to', 'contact_id', 'source', 'followers', 'contact_name', 'company_name', 'email', 'phone'],
        ...['country', 'tags', 'reached_stage_id', 'date_added', 'date_updated', 'last_status_change_date'],
        ...['last_stage_change_date', 'forecast_expected_close_date'],
      ].join(', ')
      const anywhere = `filters.0.field must be one of the following values: ${places}`
      const wrong: [unknown, string][] = [
        ['x', 'filters is invalid'],
        [[{ ...name, bogus: 1 }], 'filters.0.property bogus should not exist'],
        [[{ ...name, group: 'OR', filters: [] }], 'filters.0.property field should not exist'],
        [[{ field: 'date_added', operator: 'range', value: { gte: 1.5 } }], `filters.0.value.gte ${moment}`],
        [[{ field: 'date_added', operator: 'range', value: { gte: 1e300 } }], `filters.0.value.gte ${moment}`],
        [5, 'filters is invalid'],
        [[null], 'filters.0 must be an object'],
        [[5], 'filters.0 must be an object'],
        [['name'], 'filters.0 must be an object'],
        [[[]], 'filters.0.field must be a string'],
        [[{}], 'filters.0.field must be a string'],
        [{}, 'filters.0.field must be a string'],
        [[{ field: 5, operator: 'eq', value: 'x' }], 'filters.0.field must be a string'],
        [[{ field: 'unknown', operator: 'eq', value: 'x' }], anywhere],
        [[{ field: 'name_key', operator: 'eq', value: 'x' }], anywhere],
        [[{ field: 'constructor', operator: 'eq', value: 'x' }], anywhere],
        [[{ field: '__proto__', operator: 'eq', value: 'x' }], anywhere],
        [[name, { ...name, value: 5 }], 'filters.1.value must be a string'],
        [[{ ...name, value: null }], 'filters.0.value must be a string'],
        [[{ ...name, value: {} }], 'filters.0.value must be a string'],
        [[{ ...name, value: [['x']] }], 'filters.0.value must be a string'],
        [[{ ...name, value: undefined }], 'filters.0.value must be a string'],
        [[{ ...name, value: Array(501).fill('x') }], 'filters.0.value must contain no more than 500 elements'],
        [[{ ...name, operator: 'contains', value: ['x'] }], 'filters.0.value must be a string'],
        [[{ ...name, operator: 'contains', value: '' }], 'filters.0.value must be a string'],
        [
          [{ ...name, operator: 'contains', value: 'x'.repeat(76) }],
          'filters.0.value must be shorter than or equal to 75 characters',
        ],
        [[{ field: 'monetary_value', operator: 'eq', value: 'much' }], `filters.0.value ${number}`],
        [[{ field: 'monetary_value', operator: 'range', value: 5 }], 'filters.0.value must be an object'],
        [[{ field: 'monetary_value', operator: 'range', value: [5] }], 'filters.0.value must be an object'],
        [[{ field: 'monetary_value', operator: 'range', value: null }], 'filters.0.value must be an object'],
        [[{ field: 'monetary_value', operator: 'range', value: {} }], 'filters.0.value should not be empty'],
        [
          [{ field: 'monetary_value', operator: 'range', value: { above: 1 } }],
          'filters.0.value.property above should not exist',
        ],
        [[{ field: 'monetary_value', operator: 'range', value: { gte: 'x' } }], `filters.0.value.gte ${number}`],
        [[{ field: 'monetary_value', operator: 'range', value: { gte: null } }], `filters.0.value.gte ${number}`],
        [[{ field: 'date_added', operator: 'range', value: { gte: 'soon' } }], `filters.0.value.gte ${moment}`],
        [[{ field: 'date_added', operator: 'range', value: { lt: '2026-02-30' } }], `filters.0.value.lt ${moment}`],
        [[{ field: 'date_added', operator: 'range', value: { lt: {} } }], `filters.0.value.lt ${moment}`],
        [
          [{ field: 'status', operator: 'eq', value: 'closed' }],
          'filters.0.value must be one of the following values: open, won, lost, abandoned',
        ],
        [[{ field: 'followers', operator: 'contains', value: 5 }], 'filters.0.value must be a string'],
        [[{ group: 'XOR', filters: [] }], 'filters.0.group must be one of the following values: AND, OR'],
        [[{ group: 'AND' }], 'filters.0.filters must be an array'],
        [[{ group: 'OR', filters: {} }], 'filters.0.filters must be an array'],
        [[{ group: 'OR', filters: [{ filters: [5] }] }], 'filters.0.filters.0.filters.0 must be an object'],
        [
          [nest(5)],
          'filters.0.filters.0.filters.0.filters.0.filters.0.filters must not be nested deeper than 5 levels',
        ],
        [Array(101).fill(name), 'filters must contain no more than 100 elements'],
        [[{ group: 'OR', filters: Array(100).fill(name) }], 'filters must contain no more than 100 elements'],
        [[{ field: 'custom_fields.', operator: 'exists' }], 'filters.0.field is invalid'],
        [[{ field: 'custom_fields.unknown', operator: 'exists' }], 'filters.0.field is invalid'],
        [[{ field: 'custom_fields.$number', operator: 'eq', value: 'ten' }], `filters.0.value ${number}`],
      ]

      test.each(wrong)('%j', async (filters, message) => {
        expect(refused(await search({ filters: filled(filters) }))).toEqual(unprocessable(message))
      })

      test('operators that the field does not know', async () => {
        const equal = 'eq, not_eq, exists, not_exists'
        const known: Record<string, string> = {
          id: equal,
          status: equal,
          name: `${equal}, contains, not_contains`,
          followers: `${equal}, contains, not_contains`,
          monetary_value: `${equal}, range`,
          date_added: 'range, exists, not_exists',
          'custom_fields.$checkbox': equal,
          'custom_fields.$money': `${equal}, range`,
          'custom_fields.$date': 'range, exists, not_exists',
          'custom_fields.$text': `${equal}, contains, not_contains`,
        }
        const all = ['eq', 'not_eq', 'contains', 'not_contains', 'exists', 'not_exists', 'range', 'gt', 'like', '', 5]

        for (const [field, operators] of Object.entries(known)) {
          for (const operator of all.filter((one) => !operators.split(', ').includes(String(one)))) {
            const filters = filled([{ field, operator, value: 'x' }])
            expect(refused(await search({ filters })), `${field} ${operator}`).toEqual(
              unprocessable(`filters.0.operator must be one of the following values: ${operators}`),
            )
          }
        }
      })

      test("fields of contacts' own", async () => {
        const { id } = await customField(crm, 'Of contact', 'TEXT', { model: 'contact' })

        expect(refused(await search({ filters: [{ field: `custom_fields.${id}`, operator: 'exists' }] }))).toEqual(
          unprocessable('filters.0.field is invalid'),
        )
      })
    })
  })

  describe('the order', () => {
    let filters: object[]
    const names: Record<string, string> = {}

    beforeAll(async () => {
      const pipeline = await crm.given.pipeline()
      filters = [{ field: 'pipeline_id', operator: 'eq', value: pipeline.id }]
      const make = async (name: string, fields: object = {}) => {
        crm.advance(1000)
        const { id } = await crm.given.opportunity({ name, pipelineId: pipeline.id, ...fields })
        names[id] = name
        return id
      }
      const delta = await make('delta', { monetaryValue: 5 })
      const alpha = await make('Älpha', { monetaryValue: -5 })
      await make('charlie')
      await make('bravo', { monetaryValue: 5 })
      crm.advance(1000)
      await crm.v2.put(`/opportunities/${alpha}`, { pipelineStageId: pipeline.stages[1]?.id })
      crm.advance(1000)
      await crm.v2.put(`/opportunities/${delta}/status`, { status: 'won' })
    })

    const list = async (body: object) => (await search({ filters, ...body })).body.opportunities
    const order = async (sort: object[]) => (await list({ sort })).map(({ name }: Named) => name.slice(0, 1)).join('')

    test.each([
      ['date_added', 'dÄcb'],
      ['date_updated', 'cbÄd'],
      ['name', 'Äbcd'],
      ['last_status_change_date', 'Äcbd'],
      ['last_stage_change_date', 'dcbÄ'],
    ])('by %s goes up and down', async (field, expected) => {
      expect(await order([{ field, direction: 'asc' }])).toBe(expected)
      expect(await order([{ field, direction: 'desc' }])).toBe([...expected].reverse().join(''))
    })

    test('by value puts what has none below everything', async () => {
      const up = [
        { field: 'monetary_value', direction: 'asc' },
        { field: 'name', direction: 'asc' },
      ]
      const down = [
        { field: 'monetary_value', direction: 'desc' },
        { field: 'name', direction: 'asc' },
      ]

      expect(await order(up)).toBe('cÄbd')
      expect(await order(down)).toBe('bdÄc')
    })

    test('is newest first unless another is asked for', async () => {
      expect(await order([])).toBe('bcÄd')
      expect((await list({})).map(({ name }: Named) => name.slice(0, 1)).join('')).toBe('bcÄd')
    })

    test.each([
      [[]],
      [[{ field: 'date_added', direction: 'asc' }]],
      [[{ field: 'name', direction: 'asc' }]],
      [[{ field: 'name', direction: 'desc' }]],
      [[{ field: 'monetary_value', direction: 'asc' }]],
      [[{ field: 'monetary_value', direction: 'desc' }]],
      [[{ field: 'last_stage_change_date', direction: 'desc' }]],
      [
        [
          { field: 'monetary_value', direction: 'desc' },
          { field: 'name', direction: 'asc' },
        ],
      ],
      [
        [
          { field: 'monetary_value', direction: 'asc' },
          { field: 'date_updated', direction: 'asc' },
        ],
      ],
    ])('%j is walked through by searchAfter, each row once', async (sort) => {
      const whole = (await list({ sort })).map(({ id }: Named) => id)
      const seen: string[] = []
      let searchAfter: unknown[] = []
      for (let at = 0; at < 6; at++) {
        const [row, ...more] = await list({ sort, limit: 1, searchAfter })
        if (!row) break
        expect(more).toEqual([])
        seen.push(row.id)
        // Numbers come back as text from the reference's own sample.
        searchAfter = at % 2 ? row.sort : row.sort.map(String)
      }

      expect(seen).toEqual(whole)
    })
  })

  describe('pages', () => {
    const filters: object[] = []
    const newest: string[] = []

    beforeAll(async () => {
      const pipeline = await crm.given.pipeline()
      filters.push({ field: 'pipeline_id', operator: 'eq', value: pipeline.id })
      for (let at = 0; at < 25; at++) {
        newest.unshift((await crm.given.opportunity({ pipelineId: pipeline.id })).id)
        crm.advance(1)
      }
    })

    const page = async (body: object) =>
      (await search({ filters, ...body })).body.opportunities.map(({ id }: Named) => id)

    test('have 20 rows unless told otherwise, and up to 500', async () => {
      expect(await page({})).toEqual(newest.slice(0, 20))
      expect(await page({ limit: 1 })).toEqual(newest.slice(0, 1))
      expect(await page({ limit: 500 })).toEqual(newest)
      expect((await search({ filters, limit: 1 })).body.total).toBe(25)
    })

    test('are numbered from 1, with 0 for the first as well', async () => {
      expect(await page({ limit: 10, page: 0 })).toEqual(newest.slice(0, 10))
      expect(await page({ limit: 10, page: 1 })).toEqual(newest.slice(0, 10))
      expect(await page({ limit: 10, page: 2 })).toEqual(newest.slice(10, 20))
      expect(await page({ limit: 10, page: 3 })).toEqual(newest.slice(20))
      expect(await page({ limit: 10, page: 4 })).toEqual([])
    })

    test('follow the place that is sent, and then not the number', async () => {
      const [row] = (await search({ filters, limit: 1, page: 5 })).body.opportunities

      expect(row.id).toBe(newest[4])
      expect(await page({ limit: 3, page: 9, searchAfter: row.sort })).toEqual(newest.slice(5, 8))
      expect(await page({ limit: 3, searchAfter: [] })).toEqual(newest.slice(0, 3))
    })

    test('are not reached by number beyond ten thousand rows', async () => {
      const far = unprocessable('page times limit must not be greater than 10000; use searchAfter beyond')

      expect((await search({ filters, limit: 500, page: 20 })).status).toBe(200)
      expect(refused(await search({ filters, limit: 500, page: 21 }))).toEqual(far)
      expect((await search({ filters, limit: 500, page: 21, searchAfter: [1, 'x'] })).status).toBe(200)
    })
  })

  describe('is refused', () => {
    const number = 'must be a number conforming to the specified constraints'
    const fields = 'date_added, date_updated, name, monetary_value, last_status_change_date, last_stage_change_date'

    test.each<[object, ...string[]]>([
      [{ limit: 0 }, 'limit must not be less than 1'],
      [{ limit: 501 }, 'limit must not be greater than 500'],
      [{ limit: '20' }, 'limit must be an integer number'],
      [{ limit: 1.5 }, 'limit must be an integer number'],
      [{ page: -1 }, 'page must not be less than 0'],
      [{ page: 'one' }, 'page must be an integer number'],
      [{ query: 'x'.repeat(76) }, 'query must be shorter than or equal to 75 characters'],
      [{ query: 5 }, 'query must be a string'],
      [{ searchAfter: 'x' }, 'searchAfter must be an array'],
      [{ searchAfter: [1] }, 'searchAfter must contain 2 elements'],
      [{ searchAfter: [1, 'x', 'y'] }, 'searchAfter must contain 2 elements'],
      [{ searchAfter: ['soon', 'x'] }, `searchAfter.0 ${number}`],
      [{ searchAfter: [1.5, 'x'] }, `searchAfter.0 ${number}`],
      [{ searchAfter: [null, 'x'] }, `searchAfter.0 ${number}`],
      [{ searchAfter: [{}, 'x'] }, `searchAfter.0 ${number}`],
      [{ searchAfter: [1, 5] }, 'searchAfter.1 must be a string'],
      [{ sort: [{ field: 'name', direction: 'asc' }], searchAfter: [1, 'x'] }, 'searchAfter.0 must be a string'],
      [{ sort: 'name' }, 'sort must be an array'],
      [
        { sort: [{ field: 'colour', direction: 'asc' }] },
        `sort.0.field must be one of the following values: ${fields}`,
      ],
      [
        { sort: [{ field: 'name', direction: 'up' }] },
        'sort.0.direction must be one of the following values: asc, desc',
      ],
      [
        { sort: [{ field: 'name' }] },
        'sort.0.direction should not be empty',
        'sort.0.direction must be one of the following values: asc, desc',
      ],
      [{ additionalDetails: { notes: 'yes' } }, 'additionalDetails.notes must be a boolean value'],
      [{ additionalDetails: { emails: true } }, 'additionalDetails.property emails should not exist'],
      [{ status: 'open' }, 'property status should not exist'],
    ])('%j', async (body, ...message) => {
      expect(refused(await search(body))).toEqual(unprocessable(...message))
    })

    test('without a location, and for another one', async () => {
      const other = await crm.given.location()

      expect(refused(await crm.v2.post('/opportunities/search', {}))).toEqual(noLocation())
      expect(refused(await search({ locationId: other.id }))).toEqual(foreign)
    })
  })

  test('takes the location from a header', async () => {
    const reply = await crm.v2.post('/opportunities/search', {}, { headers: { 'location-id': crm.locationId } })

    expect(reply.status).toBe(200)
  })
})
