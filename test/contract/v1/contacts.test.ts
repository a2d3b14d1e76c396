import { describe, expect, test } from 'vitest'
import { onEveryStore } from '../../harness.ts'
import { missing, unprocessable } from '../../support/refused.ts'
import { contactOf as v2ContactOf } from '../v2/expectedContact.ts'
import { place, refused, totals } from './expected.ts'

onEveryStore('contacts in v1', (crm) => {
  let made = 0
  const address = () => `v1.${++made}@example.com`
  const create = (fields: object = {}) => crm.v1.post('/v1/contacts/', { email: address(), ...fields })
  const read = async (id: string) => (await crm.v1.get(`/v1/contacts/${id}`)).body.contact
  const field = async (name: string, dataType = 'TEXT') =>
    (await crm.v2.post(`/locations/${crm.locationId}/customFields`, { name, dataType, model: 'contact' })).body
      .customField
  /** A contact whole, its custom values under the name that v1 has for them. */
  function contactOf(fields: Parameters<typeof v2ContactOf>[1]) {
    const { customFields, ...same } = v2ContactOf(crm, fields)
    return { ...same, customField: customFields, ...fields }
  }
  async function refusal(body: object, path = '/v1/contacts/', method: 'post' | 'put' = 'post') {
    const before = await totals(crm)
    const reply = await crm.v1[method](path, body)
    expect(await totals(crm)).toEqual(before)
    return refused(reply)
  }

  describe('one that is created', () => {
    test('is answered whole, and the same when it is read', async () => {
      const email = address()

      const reply = await crm.v1.post('/v1/contacts', { email })

      expect(reply.status).toBe(200)
      expect(reply.body).toEqual({ contact: contactOf({ email }) })
      expect((await crm.v1.get(`/v1/contacts/${reply.body.contact.id}/`)).body).toEqual(reply.body)
      const { customFields, ...same } = (await crm.v2.get(`/contacts/${reply.body.contact.id}`)).body.contact
      expect({ ...same, customField: customFields }).toEqual(reply.body.contact)
    })

    test('keeps everything that can be sent', async () => {
      const [{ id: assignedTo }, colour, size] = [
        await crm.given.user(),
        await field('Colour'),
        await field('Size', 'NUMERICAL'),
      ]
      const sent = {
        email: address(),
        firstName: 'John',
        lastName: 'Deo',
        name: 'John Deo',
        companyName: 'Tesla Inc',
        address1: '3535 1st St N',
        city: 'Dolomite',
        state: 'AL',
        country: 'US',
        postalCode: '35061',
        website: 'https://www.tesla.com',
        timezone: 'US/Central',
        gender: 'male',
        source: 'public api',
        type: 'customer',
        dnd: true,
        assignedTo,
      }

      const reply = await create({
        ...sent,
        phone: '+1 888-888-8888',
        dateOfBirth: '09-25-1990',
        tags: ['VIP', 'vip'],
        customField: { [colour.id]: 'red', [size.id]: '5' },
      })

      const kept = { phone: '+18888888888', dateOfBirth: '1990-09-25T00:00:00.000Z', tags: ['vip'] }
      const customField = [
        { id: colour.id, value: 'red' },
        { id: size.id, value: 5 },
      ]
      expect(reply.body.contact).toEqual(contactOf({ ...sent, ...kept, customField }))
      expect(await read(reply.body.contact.id)).toEqual(reply.body.contact)
    })

    test('is the one with the e-mail address or phone number where there is one; its tags stay', async () => {
      const first = (await create({ phone: '+12025550121', firstName: 'Ann', tags: ['old'] })).body.contact
      const before = await totals(crm)

      const byEmail = await create({ email: first.email.toUpperCase(), tags: ['new'] })
      const byPhone = await crm.v1.post('/v1/contacts/', { phone: '202-555-0121', companyName: 'Acme' })

      expect(await totals(crm)).toEqual(before)
      expect(byEmail.body.contact).toMatchObject({ id: first.id, firstName: 'Ann', tags: ['old', 'new'] })
      expect(byPhone.body.contact).toMatchObject({ id: first.id, companyName: 'Acme', tags: ['old', 'new'] })
    })

    test('keeps what is known of it where the request leaves that blank', async () => {
      const { id: assignedTo } = await crm.given.user()
      const known = { name: 'Ann Roe', companyName: 'Acme', phone: '+12025550123', assignedTo, dnd: true }
      const first = (await create(known)).body.contact
      const blanks = { name: '', companyName: null, phone: ' ', assignedTo: '' }

      const { status, body } = await create({ email: first.email, ...blanks, dnd: false })

      const { dateUpdated, lastActivity } = body.contact
      expect(status).toBe(200)
      expect(body.contact).toEqual({ ...first, dnd: false, dateUpdated, lastActivity })
    })

    test('is refused without e-mail and phone, and with what is neither', async () => {
      const neither = unprocessable('email or phone should not be empty')

      expect(await refusal({ name: 'Nobody' })).toEqual(neither)
      expect(await refusal({ email: ' ', phone: '' })).toEqual(neither)
      expect(await refusal({ email: null, phone: null })).toEqual(neither)
      expect(await refusal({ email: 'nonsense' })).toEqual(unprocessable('email must be an email'))
      expect((await refusal({ phone: 'nonsense' }))[0]).toBe(400)
    })

    test.each([
      ['email', 5, 'email must be a string'],
      ['phone', 12025550107, 'phone must be a string'],
      ['tags', 'vip', 'tags must be an array'],
      ['dnd', 'yes', 'dnd must be a boolean value'],
      ['dateOfBirth', 'soon', 'dateOfBirth must be a valid date'],
      ['assignedTo', 'nobody', 'assignedTo is invalid'],
      ['customField', { nothing: 'x' }, 'customField.nothing.id is invalid'],
      ['customField', [{ id: 'nothing', value: 'x' }], 'customField.0.id is invalid'],
    ])('is refused with a wrong %s', async (name, value, message) => {
      expect(await refusal({ email: address(), [name]: value })).toEqual(unprocessable(message))
    })

    test('is refused with custom values that are neither by their ids nor a list', async () => {
      const [status, body] = await refusal({ email: address(), customField: 'red' })

      expect(status).toBe(422)
      expect(body).toMatchObject({ message: expect.arrayContaining(['customField must be an object']) })
    })

    test('passes over what v1 does not know, and lets none of it through', async () => {
      const unknown = { id: 'chosen', locationId: 'elsewhere', createdAt: 1, noteCount: 5, dndSettings: 1, foo: 1 }

      const reply = await create(unknown)

      expect(reply.status).toBe(200)
      expect(reply.body.contact).toMatchObject({ locationId: crm.locationId, dndSettings: {} })
      expect(reply.body.contact.id).not.toBe('chosen')
      expect(Date.parse(reply.body.contact.dateAdded)).toBeGreaterThan(Date.now() - 60_000)
    })
  })

  describe('one that is updated', () => {
    test('keeps what is not sent, and has exactly the tags that are', async () => {
      const colour = await field('Eyes')
      const before = (await create({ name: 'Eve Roe', tags: ['a', 'b'], customField: { [colour.id]: 'red' } })).body
        .contact

      const reply = await crm.v1.put(`/v1/contacts/${before.id}`, { tags: ['b', 'c'], city: 'Paris' })

      const { dateUpdated, lastActivity } = reply.body.contact
      expect(reply.status).toBe(200)
      expect(reply.body).toEqual({ contact: { ...before, tags: ['b', 'c'], city: 'Paris', dateUpdated, lastActivity } })
    })

    test('takes custom values by the ids of their fields, or as they are answered', async () => {
      const [colour, other] = [await field('Hair'), await field('Beard')]
      const { id } = (await create({ customField: { [colour.id]: 'red', [other.id]: 'none' } })).body.contact
      const put = async (customField: object) =>
        (await crm.v1.put(`/v1/contacts/${id}`, { customField })).body.contact.customField

      expect(await put({ [colour.id]: 'blue' })).toEqual([
        { id: colour.id, value: 'blue' },
        { id: other.id, value: 'none' },
      ])
      expect(await put([{ id: colour.id, value: 'grey' }])).toMatchObject([{ value: 'grey' }, { value: 'none' }])
      const named = { id: colour.id, value: 'pink', name: 'Hair', fieldKey: 'contact.hair' }
      expect(await put([named])).toMatchObject([{ value: 'pink' }, { value: 'none' }])
      expect(await put({ [colour.id]: null })).toEqual([{ id: other.id, value: 'none' }])
    })

    test('is refused where it is not there, or would be somebody else', async () => {
      const [first, second] = [(await create()).body.contact, (await create()).body.contact]
      const path = `/v1/contacts/${second.id}`
      const { id: contactId } = first

      expect(await refusal({ city: 'x' }, '/v1/contacts/nobody', 'put')).toEqual(missing('Contact'))
      expect(await refusal({ email: first.email }, path, 'put')).toEqual([
        400,
        {
          statusCode: 400,
          message: 'This location does not allow duplicated contacts.',
          meta: { contactId, contactName: null, matchingField: 'email' },
        },
      ])
      expect(await refusal({ tags: 5 }, path, 'put')).toEqual(unprocessable('tags must be an array'))
      expect(await read(second.id)).toEqual(second)
    })
  })

  describe('one that is deleted', () => {
    test('goes with its opportunities, and the reply is the two characters ""', async () => {
      const { id, contact } = await crm.given.opportunity()

      const reply = await crm.v1.delete(`/v1/contacts/${contact.id}`)

      expect([reply.status, reply.text]).toEqual([200, '""'])
      expect(refused(await crm.v1.get(`/v1/contacts/${contact.id}`))).toEqual(missing('Contact'))
      expect(refused(await crm.v1.get(place(crm, id)))).toEqual(missing('Opportunity'))
      expect(refused(await crm.v1.delete(`/v1/contacts/${contact.id}`))).toEqual(missing('Contact'))
    })
  })

  describe('looked up', () => {
    const lookup = (query: string) => crm.v1.get(`/v1/contacts/lookup?${query}`)

    test('are found by e-mail, else by phone, as a list and as the one', async () => {
      const { email, ...rest } = (await create({ phone: '+12025550131' })).body.contact
      const found = { contacts: [{ email, ...rest }], contact: { email, ...rest } }

      for (const query of [
        `email=${email.toUpperCase()}`,
        `email=${email}&phone=`,
        'phone=%2B12025550131&email=',
        'phone=+12025550131',
        'email=nobody@example.com&phone=(202)%20555-0131',
      ]) {
        expect((await lookup(query)).body, query).toEqual(found)
      }
    })

    test.each(['email=nobody@example.com', 'phone=%2B12025550999', 'phone=nonsense', 'email=nonsense'])(
      'are an empty list where there is none: %s',
      async (query) => {
        expect((await lookup(query)).body).toEqual({ contacts: [] })
      },
    )

    test.each(['', 'email=&phone=', 'name=x'])('need something to be looked up by: "%s"', async (query) => {
      expect(refused(await lookup(query))).toEqual(unprocessable('email or phone should not be empty'))
    })
  })

  describe('listed', () => {
    const list = async (query: object = {}) => {
      const reply = await crm.v1.get(`/v1/contacts/?${new URLSearchParams(query as never)}`)
      if (reply.status !== 200) throw new Error(reply.text)
      return reply.body
    }
    const ids = (body: { contacts: { id: string }[] }) => body.contacts.map(({ id }) => id)
    /** Contacts that only the word finds, created a minute apart. */
    async function given(word: string, count: number): Promise<string[]> {
      const all: string[] = []
      for (let at = 0; at < count; at++) {
        all.push((await create({ companyName: word })).body.contact.id)
        crm.advance(60_000)
      }
      return all
    }

    test('are whole, newest first, with the whole meta', async () => {
      const [older, newer] = (await given('Wholesale', 2)) as [string, string]

      const body = await list({ query: 'wholesale' })

      expect(body.contacts).toEqual([await read(newer), await read(older)])
      expect(body.meta).toEqual({
        total: 2,
        nextPageUrl: null,
        startAfterId: older,
        startAfter: Date.parse((await read(older)).dateAdded),
        currentPage: 1,
        nextPage: null,
        prevPage: null,
      })
      expect((await crm.v1.get('/v1/contacts?query=wholesale')).body).toEqual(body)
    })

    test('are sorted by creation or change, either way', async () => {
      const [first, second, third] = (await given('Sorted', 3)) as [string, string, string]
      await crm.v1.put(`/v1/contacts/${first}`, { city: 'Paris' })

      const sorted = async (by: object) => ids(await list({ query: 'sorted', ...by }))

      expect(await sorted({ order: 'asc' })).toEqual([first, second, third])
      expect(await sorted({ sortBy: 'date_added', order: 'desc' })).toEqual([third, second, first])
      expect(await sorted({ sortBy: 'date_updated' })).toEqual([first, third, second])
      expect(await sorted({ sortBy: 'date_updated', order: 'asc' })).toEqual([second, third, first])
    })

    test.each([{}, { order: 'asc' }, { sortBy: 'date_updated' }])(
      'are led through by the cursor, alone or with the query, and by the address of the next page: %j',
      async (by) => {
        const word = `Paging${JSON.stringify(by)}`.replace(/\W/g, '')
        const all = await given(word, 3)
        const query = { query: word, limit: 1, ...by }
        const expected = by.order === 'asc' ? all : all.reverse()

        const first = await list(query)
        const { startAfter, startAfterId, nextPageUrl } = first.meta
        const pages = [
          await list({ ...query, startAfter, startAfterId }),
          await list({ startAfterId, startAfter }),
          (await crm.v1.get(nextPageUrl.replace(crm.url, ''))).body,
        ]

        expect(nextPageUrl.startsWith(`${crm.url}/v1/contacts/?`)).toBe(true)
        expect(ids(first)).toEqual([expected[0]])
        for (const page of pages) expect(ids(page)).toEqual([expected[1]])
        expect(pages[2].meta).toMatchObject({ total: 3, currentPage: 2, nextPage: 3, prevPage: 1 })
        expect({ ...pages[1].meta, nextPageUrl }).toEqual({ ...pages[2].meta, nextPageUrl })
      },
    )

    test.each([
      ['limit=101', 'limit must not be greater than 100'],
      ['order=up', 'order must be one of the following values: asc, desc'],
      ['sortBy=name', 'sortBy must be one of the following values: date_added, date_updated'],
      ['startAfterId=x', 'startAfter should not be empty'],
      ['startAfter=1', 'startAfterId should not be empty'],
      ['startAfter=1&startAfterId=', 'startAfterId should not be empty'],
      ['startAfter=soon', 'startAfter must be a number conforming to the specified constraints'],
    ])('are refused by %s', async (query, message) => {
      expect(refused(await crm.v1.get(`/v1/contacts/?${query}`))).toEqual(unprocessable(message))
    })

    test('pass over parameters that v1 does not know', async () => {
      expect(
        (await list({ includeCustomFields: 'true', offset: '5', locationId: 'x', limit: '' })).meta.currentPage,
      ).toBe(1)
    })
  })
})
