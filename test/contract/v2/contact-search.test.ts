import { beforeAll, describe, expect, test } from 'vitest'
import { bare, onEveryStore, type Reply } from '../../harness.ts'
import { foreign, refused, unprocessable } from '../../support/refused.ts'
import { noLocation } from './expected.ts'
import { contactOf, settled } from './expectedContact.ts'

type Row = { id: string; lastName: string; dateAdded: string; searchAfter: [number, string] }
type Location = { id: string; token: string }

const namesOf = (reply: Reply): string[] => reply.body.contacts.map(({ lastName }: Row) => lastName)

onEveryStore('listing contacts', (crm) => {
  let place: Location
  /** Newest first. */
  const people: Row[] = []

  const list = (by: Record<string, unknown> = {}, slash = '/') =>
    crm.v2.get(`/contacts${slash}?${new URLSearchParams({ locationId: place.id, ...by } as Record<string, string>)}`, {
      token: place.token,
    })
  const create = async (fields: object) =>
    (await crm.v2.post('/contacts/', { locationId: place.id, ...fields }, { token: place.token })).body.contact
  const namesFrom = (first: number, count: number) => people.slice(first, first + count).map(({ lastName }) => lastName)
  const rowOf = (contact: Record<string, unknown>) => {
    const key = [Date.parse(contact.dateAdded as string), contact.id]
    return { ...contact, dateOfBirth: null, address: null, businessName: null, searchAfter: key, sort: key }
  }

  beforeAll(async () => {
    place = await crm.given.location()
    for (let at = 1; at <= 25; at++) {
      const name = String(at).padStart(2, '0')
      if (at % 5 === 0) crm.advance(1000) // the others of each five may share their millisecond
      people.unshift(
        await create({
          firstName: at % 2 ? 'Ödd' : 'Even',
          lastName: `No${name}`,
          email: `list${name}@example.com`,
          ...(at === 7 && { companyName: 'Löwe & Söhne', phone: '+14155550107' }),
        }),
      )
    }
    people.sort((a, b) => Date.parse(b.dateAdded) - Date.parse(a.dateAdded) || (a.id < b.id ? 1 : -1))
  })

  test('answers them whole, newest first, and the numbers of the page', async () => {
    const reply = await list({ limit: 2 })

    const [first, second] = people.map((contact) => rowOf(settled(contact as unknown as Record<string, unknown>)))
    const last = people[1] as Row
    const startAfter = Date.parse(last.dateAdded)
    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual({
      contacts: [first, second],
      count: 25,
      meta: {
        total: 25,
        nextPageUrl: `${crm.url}/contacts/?locationId=${place.id}&limit=2&startAfter=${startAfter}&startAfterId=${last.id}&page=2`,
        startAfterId: last.id,
        startAfter,
        currentPage: 1,
        nextPage: 2,
        prevPage: null,
      },
    })
  })

  test('without a hit answers an empty page with whole numbers', async () => {
    expect(bare(await list({ query: 'nobody at all' }))).toEqual({
      contacts: [],
      count: 0,
      meta: {
        total: 0,
        nextPageUrl: null,
        startAfterId: null,
        startAfter: null,
        currentPage: 1,
        nextPage: null,
        prevPage: null,
      },
    })
  })

  test('tells the day of birth as a day, and the address under both of its names', async () => {
    const { id, token } = await crm.given.location()
    const body = { locationId: id, name: 'Ada', dateOfBirth: '12-10-1815', address1: '1 High St' }
    await crm.v2.post('/contacts/', body, { token })

    const [contact] = (await crm.v2.get(`/contacts/?locationId=${id}`, { token })).body.contacts

    expect(contact).toMatchObject({ dateOfBirth: '1815-12-10', address: '1 High St', address1: '1 High St' })
  })

  test('works without the trailing slash, and takes the location from a header', async () => {
    const headers = { 'location-id': place.id }

    expect(namesOf(await list({ limit: 3 }, ''))).toEqual(namesFrom(0, 3))
    const reply = await crm.v2.get('/contacts/?limit=3', { headers, token: place.token })
    expect(namesOf(reply)).toEqual(namesFrom(0, 3))
  })

  describe('in pages', () => {
    test('of 20 unless told otherwise, and up to 100', async () => {
      expect(namesOf(await list())).toEqual(namesFrom(0, 20))
      expect(namesOf(await list({ limit: 100 }))).toEqual(namesFrom(0, 25))
    })

    test.each([1, 4, 5, 24, 25])('of %i leads by nextPageUrl through all of them, each once', async (limit) => {
      const seen: string[] = []
      const numbers: unknown[] = []
      let reply = await list({ limit })
      for (;;) {
        seen.push(...namesOf(reply))
        const { currentPage, nextPage, prevPage, total, nextPageUrl } = reply.body.meta
        numbers.push([prevPage, currentPage, nextPage, total])
        if (nextPageUrl === null) break
        reply = await crm.v2.get(nextPageUrl.slice(crm.url.length), { token: place.token })
      }

      const pages = Math.ceil(25 / limit)
      expect(seen).toEqual(namesFrom(0, 25))
      expect(numbers).toEqual(
        Array.from({ length: pages }, (_, at) => [at || null, at + 1, at + 1 < pages ? at + 2 : null, 25]),
      )
    })

    test('keeps the text that is searched for in nextPageUrl', async () => {
      const first = await list({ query: 'ödd no', limit: 10 })
      const second = await crm.v2.get(first.body.meta.nextPageUrl.slice(crm.url.length), { token: place.token })

      const odd = people.filter(({ lastName }) => Number(lastName.slice(2)) % 2).map(({ lastName }) => lastName)
      expect([...namesOf(first), ...namesOf(second)]).toEqual(odd)
      expect(second.body.meta).toMatchObject({ total: 13, nextPageUrl: null, nextPage: null, prevPage: 1 })
    })

    test('leads by the cursor of meta, which the last page has too', async () => {
      const seen: string[] = []
      let by: Record<string, unknown> = {}
      for (;;) {
        const reply = await list({ limit: 10, ...by })
        if (reply.body.contacts.length === 0) break
        seen.push(...namesOf(reply))
        const { startAfter, startAfterId } = reply.body.meta
        expect(startAfter).toBe(Date.parse(reply.body.contacts.at(-1).dateAdded))
        by = { startAfter, startAfterId }
      }

      expect(seen).toEqual(namesFrom(0, 25))
    })

    test('leads by the place that each contact tells', async () => {
      const [, , third] = (await list({ limit: 3 })).body.contacts as [Row, Row, Row]
      const [startAfter, startAfterId] = third.searchAfter

      expect(namesOf(await list({ limit: 3, startAfter, startAfterId }))).toEqual(namesFrom(3, 3))
    })

    test('is numbered from 1, with 0 for the first as well, until a cursor is sent', async () => {
      const { startAfter, startAfterId } = (await list({ limit: 10 })).body.meta

      const zeroth = await list({ limit: 10, page: 0 })
      expect(namesOf(zeroth)).toEqual(namesFrom(0, 10))
      expect(zeroth.body.meta).toMatchObject({ currentPage: 1, nextPage: 2, prevPage: null })
      expect(namesOf(await list({ limit: 10, page: 2 }))).toEqual(namesFrom(10, 10))
      expect(namesOf(await list({ limit: 10, page: 3 }))).toEqual(namesFrom(20, 5))
      expect(namesOf(await list({ limit: 10, page: 9 }))).toEqual([])
      expect(namesOf(await list({ limit: 10, page: 9, startAfter, startAfterId }))).toEqual(namesFrom(10, 10))
    })

    test('loses nobody and shows nobody twice while others come and go', async () => {
      const { id: locationId, token } = await crm.given.location()
      const make = async (name: string) =>
        (await crm.v2.post('/contacts/', { locationId, lastName: name }, { token })).body.contact
      for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
        crm.advance(10)
        await make(name)
      }
      const page = (rest: string) => crm.v2.get(`/contacts/?locationId=${locationId}&limit=2${rest}`, { token })

      const first = await page('')
      await make('late')
      await crm.v2.delete(`/contacts/${first.body.contacts[1].id}`, undefined, { token })
      const { startAfter, startAfterId } = first.body.meta
      const second = await page(`&startAfter=${startAfter}&startAfterId=${startAfterId}`)

      expect([...namesOf(first), ...namesOf(second)]).toEqual(['f', 'e', 'd', 'c'])
    })

    describe('of a client that sends nothing but the cursor from the second page on', () => {
      const follow = ({ startAfter, startAfterId }: { startAfter: number; startAfterId: string }, token: string) =>
        crm.v2.get(`/contacts/?startAfter=${startAfter}&startAfterId=${startAfterId}`, { token })

      test('keeps location, text and size', async () => {
        const seen: string[] = []
        let reply = await list({ query: 'even', limit: 5 })
        while (reply.body.contacts.length > 0) {
          seen.push(...namesOf(reply))
          expect(reply.body.meta.total).toBe(12)
          reply = await follow(reply.body.meta, place.token)
        }

        expect(seen).toEqual(
          people.filter(({ lastName }) => Number(lastName.slice(2)) % 2 === 0).map(({ lastName }) => lastName),
        )
      })

      test("is not helped to another location's contacts", async () => {
        const { meta } = (await list({ query: 'even', limit: 5 })).body

        const stranger = await follow(meta, (await crm.given.location()).token)

        expect(stranger.body).toMatchObject({ contacts: [], meta: { total: 0 } })
      })
    })
  })

  describe('by text', () => {
    test.each([
      ['no07', ['No07']],
      ['ÖDD NO07', ['No07']],
      ['odd no07', ['No07']],
      ['list07@EXAMPLE', ['No07']],
      ['lowe & s', ['No07']],
      ['5550107', ['No07']],
      ['%', []],
      ['od', namesOfOdd()],
      ['od ', namesOfOdd()],
      ['No', []],
    ])(
      'finds by %j a part of name, e-mail, company or number; by one or two letters how names begin',
      async (query, names) => {
        expect(namesOf(await list({ query, limit: 100 })).sort()).toEqual(names)
      },
    )

    test('of nothing finds everybody', async () => {
      expect((await list({ query: '' })).body.count).toBe(25)
      expect((await list({ query: '  ' })).body.count).toBe(25)
    })

    test('follows every change at once', async () => {
      const contact = await create({ firstName: 'Newcomer', email: 'newcomer@example.com' })
      const count = async (query: string) => (await list({ query })).body.count

      expect(await count('newcomer')).toBe(1)
      await crm.v2.put(
        `/contacts/${contact.id}`,
        { firstName: 'Regular', email: 'regular@example.com' },
        { token: place.token },
      )
      expect([await count('newcomer'), await count('regular')]).toEqual([0, 1])
      await crm.v2.delete(`/contacts/${contact.id}`, undefined, { token: place.token })
      expect([await count('regular'), await count('')]).toEqual([0, 25])
    })
  })

  test('sees nothing of another location', async () => {
    const { id, token } = await crm.given.location()

    const reply = await crm.v2.get(`/contacts/?locationId=${id}&query=example`, { token })

    expect(reply.body).toMatchObject({ contacts: [], count: 0, meta: { total: 0 } })
  })

  describe('is refused', () => {
    const wrong: [Record<string, string>, string[]][] = [
      [{ limit: '0' }, ['limit must not be less than 1']],
      [{ limit: '101' }, ['limit must not be greater than 100']],
      [{ limit: 'many' }, ['limit must be an integer number']],
      [{ page: '-1' }, ['page must not be less than 0']],
      [{ startAfter: 'then' }, ['startAfter must be a number conforming to the specified constraints']],
      [{ startAfter: '1.5' }, ['startAfter must be a number conforming to the specified constraints']],
      [{ startAfter: '1e300' }, ['startAfter must be a number conforming to the specified constraints']],
      [{ startAfterId: 'x' }, ['startAfter should not be empty']],
      [{ startAfter: '1' }, ['startAfterId should not be empty']],
      [{ startAfter: '1', startAfterId: '' }, ['startAfterId should not be empty']],
      [{ query: 'x'.repeat(76) }, ['query must be shorter than or equal to 75 characters']],
      [{ offset: '20' }, ['property offset should not exist']],
      [{ sortBy: 'name', order: 'asc' }, ['property sortBy should not exist', 'property order should not exist']],
    ]

    test.each(wrong)('with %j', async (by, sentences) => {
      expect(refused(await list(by))).toEqual(unprocessable(...sentences))
    })

    test('without a location, and for another one', async () => {
      expect(refused(await crm.v2.get('/contacts/'))).toEqual(noLocation())
      expect(refused(await crm.v2.get('/contacts/?startAfter=1'))).toEqual(noLocation())
      expect(refused(await crm.v2.get(`/contacts/?locationId=${place.id}`))).toEqual(foreign)
    })
  })
})

function namesOfOdd(): string[] {
  return Array.from({ length: 13 }, (_, at) => `No${String(at * 2 + 1).padStart(2, '0')}`)
}

onEveryStore('searching contacts with filters', (crm) => {
  const ids: Record<string, string> = {}
  let place: Location

  const search = (body: object = {}, slash = '') =>
    crm.v2.post(`/contacts/search${slash}`, { locationId: place.id, ...body }, { token: place.token })
  const post = async (path: string, body: object) => {
    const reply = await crm.v2.post(path, body, { token: place.token })
    if (reply.status > 201) throw new Error(reply.text)
    return reply.body
  }

  beforeAll(async () => {
    place = await crm.given.location()
    const user = async (firstName: string) =>
      (await post('/users/', { firstName, lastName: '', email: `${firstName}@example.com`, role: 'user' })).id
    const field = async (name: string, dataType: string, more: object = {}) =>
      (await post(`/locations/${place.id}/customFields`, { name, dataType, ...more })).customField
    const options = ['Red wine', 'White']
    const boxes = await field('Boxes', 'TEXTBOX_LIST', { textBoxListOptions: [{ label: 'A' }, { label: 'B' }] })
    Object.assign(ids, {
      one: await user('one'),
      two: await user('two'),
      text: (await field('Text', 'TEXT')).id,
      list: (await field('List', 'CHECKBOX', { options })).id,
      number: (await field('Number', 'NUMERICAL')).id,
      date: (await field('Date', 'DATE')).id,
      boxes: boxes.id,
      boxA: boxes.textBoxListOptions[0].id,
      boxB: boxes.textBoxListOptions[1].id,
    })
    const make = async (fields: object) => {
      crm.advance(86_400_000)
      return (await post('/contacts/', { locationId: place.id, ...fields })).contact
    }

    const ada = await make({
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'Ada@Acme.example',
      phone: '+14155550101',
      companyName: 'Acme Tools',
      businessId: 'b1',
      address1: '1 High Street',
      city: 'London',
      state: 'LDN',
      country: 'GB',
      postalCode: 'W1',
      website: 'https://acme.example',
      timezone: 'Europe/London',
      dateOfBirth: '1990-09-25',
      source: 'Fair',
      assignedTo: ids.one,
      tags: ['vip', 'cold call'],
      followers: [ids.one],
      customFields: [
        { id: ids.text, value: 'Red wine' },
        { id: ids.list, value: ['Red wine'] },
        { id: ids.number, value: 10 },
        { id: ids.date, value: '2026-01-10' },
        { id: ids.boxes, value: { [ids.boxA as string]: 'Red wine' } },
      ],
    })
    const bea = await make({
      firstName: 'Béa',
      lastName: 'Zoé',
      email: 'bea@50%_off.example',
      phone: '+14155550102',
      companyName: 'Bolt',
      businessId: 'b2',
      address1: '2 Low Street',
      city: 'Berlin',
      state: 'BE',
      country: 'DE',
      postalCode: '10115',
      website: 'https://bolt.example',
      timezone: 'Europe/Berlin',
      dateOfBirth: '2000-01-01',
      source: 'Web',
      type: 'customer',
      assignedTo: ids.two,
      tags: ['vip'],
      dnd: true,
      dndSettings: { SMS: { status: 'active' }, Email: { status: 'permanent' } },
      followers: [ids.one, ids.two],
      customFields: [
        { id: ids.text, value: 'White' },
        { id: ids.list, value: ['Red wine', 'White'] },
        { id: ids.number, value: 20 },
        { id: ids.date, value: '2026-02-10' },
        { id: ids.boxes, value: { [ids.boxB as string]: 'White' } },
      ],
    })
    const cy = await make({ firstName: 'Cy', type: null })
    Object.assign(ids, { ada: ada.id, bea: bea.id, cy: cy.id })
    Object.assign(ids, { adaAt: ada.dateAdded, beaAt: bea.dateAdded, beaMs: String(Date.parse(bea.dateAdded)) })
  })

  /** Ids are written `$name`, for they are not known before the server runs. */
  const filled = (filter: unknown = []) =>
    JSON.parse(JSON.stringify(filter).replace(/\$(\w+)/g, (_, name: string) => ids[name] ?? `no ${name}`))
  const matches = async (filters: unknown, rest: object = {}) => {
    const reply = await search({ filters: filled(filters), ...rest })
    if (reply.status !== 200) throw new Error(reply.text)
    const names = reply.body.contacts.map(({ firstName }: { firstName: string }) => firstName.slice(0, 1).toLowerCase())
    expect(reply.body.total).toBe(names.length)
    return names.sort().join('')
  }

  test('answers the contacts whole, their place in the order, and how many there are', async () => {
    const reply = await search({ filters: filled([{ field: 'id', operator: 'eq', value: '$bea' }]) })

    const found = reply.body.contacts[0]
    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual({
      contacts: [
        {
          ...contactOf(
            { ...crm, locationId: place.id },
            {
              id: ids.bea,
              firstName: 'Béa',
              lastName: 'Zoé',
              name: 'Béa Zoé',
              email: 'bea@50%_off.example',
              phone: '+14155550102',
              companyName: 'Bolt',
              businessId: 'b2',
              address1: '2 Low Street',
              city: 'Berlin',
              state: 'BE',
              country: 'DE',
              postalCode: '10115',
              website: 'https://bolt.example',
              timezone: 'Europe/Berlin',
              dateOfBirth: '2000-01-01',
              source: 'Web',
              type: 'customer',
              assignedTo: ids.two,
              tags: ['vip'],
              dnd: true,
              dndSettings: { SMS: { status: 'active' }, Email: { status: 'permanent' } },
              followers: [ids.one, ids.two],
              customFields: [
                { id: ids.text, value: 'White' },
                { id: ids.list, value: ['Red wine', 'White'] },
                { id: ids.number, value: 20 },
                { id: ids.date, value: '2026-02-10' },
                { id: ids.boxes, value: { [ids.boxB as string]: 'White' } },
              ],
            },
          ),
          address: '2 Low Street',
          businessName: null,
          searchAfter: [Date.parse(found.dateAdded), ids.bea],
          sort: [Date.parse(found.dateAdded), ids.bea],
        },
      ],
      total: 1,
    })
  })

  test('works with the trailing slash, and takes the location from a header', async () => {
    const headers = { 'location-id': place.id }

    expect((await search({}, '/')).body.total).toBe(3)
    expect((await crm.v2.post('/contacts/search', {}, { headers, token: place.token })).body.total).toBe(3)
  })

  describe('a filter', () => {
    /** field, operator, value, whose first letters match: Ada, Béa, Cy */
    type Case = [string, string, unknown, string]
    const equality = (field: string, a: unknown, b: unknown): Case[] => [
      [field, 'eq', a, 'a'],
      [field, 'eq', [a, b], 'ab'],
      [field, 'not_eq', a, 'bc'],
      [field, 'not_eq', [a, b], 'c'],
      [field, 'exists', undefined, 'ab'],
      [field, 'not_exists', undefined, 'c'],
    ]
    const textual = (field: string, a: string, b: string, part: string): Case[] => [
      ...equality(field, a, b),
      [field, 'eq', a.toUpperCase(), 'a'],
      [field, 'contains', part, 'a'],
      [field, 'contains', part.toUpperCase(), 'a'],
      [field, 'not_contains', part, 'bc'],
      [field, 'contains', 'nowhere', ''],
      [field, 'contains', '%', field === 'email' ? 'b' : ''],
    ]
    const names = (field: string, a: string, b: string, part: string): Case[] => [
      [field, 'eq', a, 'a'],
      [field, 'eq', b, 'b'],
      [field, 'eq', [a.toUpperCase(), b], 'ab'],
      [field, 'not_eq', a, 'bc'],
      [field, 'contains', part, 'b'],
      [field, 'not_contains', part, 'ac'],
    ]
    const cases: Case[] = [
      ['id', 'eq', '$ada', 'a'],
      ['id', 'eq', ['$ada', '$cy', 'nobody'], 'ac'],
      ['id', 'not_eq', '$ada', 'bc'],
      ...['name', 'contactName', 'fullNameLowerCase'].flatMap((field) =>
        names(field, 'Ada Lovelace', 'bea zoe', 'éa z'),
      ),
      ['name', 'exists', undefined, 'abc'],
      ...['firstName', 'firstNameLowerCase'].flatMap((field) => names(field, 'Ada', 'béa', 'be')),
      ...['lastName', 'lastNameLowerCase'].flatMap((field) => names(field, 'Lovelace', 'zoé', 'ZO')),
      ['lastName', 'exists', undefined, 'ab'],
      ['lastName', 'not_exists', undefined, 'c'],
      ...textual('email', 'ada@acme.example', 'bea@50%_off.example', '@acme'),
      ['phone', 'eq', '+1 (415) 555-0101', 'a'],
      ...equality('phone', '+14155550101', '+14155550102'),
      ['phone', 'contains', '555-0101', 'a'],
      ['phone', 'not_contains', '0101', 'bc'],
      ...textual('companyName', 'Acme Tools', 'Bolt', 'tool'),
      ...textual('businessName', 'Acme Tools', 'Bolt', 'tool'),
      ...equality('businessId', 'b1', 'b2'),
      ...textual('address1', '1 High Street', '2 Low Street', 'high'),
      ...textual('address', '1 High Street', '2 Low Street', 'high'),
      ...textual('city', 'London', 'Berlin', 'lond'),
      ...textual('state', 'LDN', 'BE', 'd'),
      ...equality('country', 'gb', 'DE'),
      ...textual('postalCode', 'W1', '10115', 'w'),
      ...textual('website', 'https://acme.example', 'https://bolt.example', 'acme'),
      ...equality('timezone', 'europe/london', 'Europe/Berlin'),
      ...textual('source', 'Fair', 'Web', 'ai'),
      ['type', 'eq', 'lead', 'a'],
      ['type', 'eq', ['Lead', 'customer'], 'ab'],
      ['type', 'not_exists', undefined, 'c'],
      ...equality('assignedTo', '$one', '$two'),
      ['assignedTo', 'eq', '__none__', 'c'],
      ['assignedTo', 'eq', ['__none__', '$two'], 'bc'],
      ['assignedTo', 'not_eq', ['__none__'], 'ab'],
      ['tags', 'eq', 'VIP ', 'ab'],
      ['tags', 'eq', ['cold call', 'other'], 'a'],
      ['tags', 'not_eq', 'cold call', 'bc'],
      ['tags', 'contains', 'OLD', 'a'],
      ['tags', 'not_contains', 'old', 'bc'],
      ['tags', 'contains', '","', ''],
      ['tags', 'exists', undefined, 'ab'],
      ['tags', 'not_exists', undefined, 'c'],
      ['dnd', 'eq', true, 'b'],
      ['dnd', 'eq', 'false', 'ac'],
      ['dnd', 'not_eq', true, 'ac'],
      ['dndSettings.SMS.status', 'eq', 'active', 'b'],
      ['dndSettings.email.status', 'eq', ['permanent', 'active'], 'b'],
      ['dndSettings.SMS.status', 'not_eq', 'active', 'ac'],
      ['dndSettings.Call.status', 'eq', 'inactive', 'abc'],
      ['followers', 'eq', '$two', 'b'],
      ['followers', 'eq', ['$one', '$two'], 'ab'],
      ['followers', 'not_eq', '$two', 'ac'],
      ['followers', 'exists', undefined, 'ab'],
      ['followers', 'not_exists', undefined, 'c'],
      ['dateAdded', 'range', { gte: '$beaAt' }, 'bc'],
      ['dateAdded', 'range', { gt: '$beaMs' }, 'c'],
      ['dateAdded', 'range', { gte: '$adaAt', lte: '$beaAt' }, 'ab'],
      ['dateAdded', 'range', { lt: '2020-01-01' }, ''],
      ['dateAdded', 'exists', undefined, 'abc'],
      ['dateUpdated', 'range', { lt: '$beaAt' }, 'a'],
      ['lastActivity', 'range', { lte: '$beaAt' }, 'ab'],
      ['dateOfBirth', 'range', { gte: '1990-09-25' }, 'ab'],
      ['dateOfBirth', 'range', { gt: '1990-09-25' }, 'b'],
      ['dateOfBirth', 'range', { lt: Date.UTC(2000, 0, 1) }, 'a'],
      ['dateOfBirth', 'exists', undefined, 'ab'],
      ['dateOfBirth', 'not_exists', undefined, 'c'],
      ...equality('customFields.$text', 'red WINE', 'white'),
      ['customFields.$text', 'contains', 'win', 'a'],
      ['customFields.$text', 'not_contains', 'win', 'bc'],
      ['customFields.$list', 'eq', 'White', 'b'],
      ['customFields.$list', 'eq', ['White', 'Red wine'], 'ab'],
      ['customFields.$list', 'not_eq', 'White', 'ac'],
      ['customFields.$list', 'not_exists', undefined, 'c'],
      ...equality('customFields.$number', 10, '20'),
      ['customFields.$number', 'range', { gt: 10 }, 'b'],
      ['customFields.$number', 'range', { gte: 10, lt: '20' }, 'a'],
      ['customFields.$date', 'range', { gte: '2026-01-10' }, 'ab'],
      ['customFields.$date', 'range', { gt: Date.UTC(2026, 0, 10) }, 'b'],
      ['customFields.$boxes.$boxA', 'eq', 'red wine', 'a'],
      ['customFields.$boxes.$boxA', 'not_exists', undefined, 'bc'],
      ['customFields.$boxes', 'eq', 'white', 'b'],
      ['custom_fields.$text', 'eq', 'white', 'b'],
      ['date_added', 'range', { gt: '$beaAt' }, 'c'],
      ['assigned_to', 'eq', '$one', 'a'],
      ['last_name', 'contains', 'zo', 'b'],
    ]

    test.each(cases)('on %s %s %j finds "%s"', async (field, operator, value, found) => {
      expect(await matches([{ field, operator, value }])).toBe(found)
    })
  })

  describe('filters', () => {
    const vip = { field: 'tags', operator: 'eq', value: 'vip' }
    const dnd = { field: 'dnd', operator: 'eq', value: true }
    const cy = { field: 'firstName', operator: 'eq', value: 'Cy' }
    const london = { field: 'city', operator: 'eq', value: 'London' }

    test.each([
      ['an empty list', [], 'abc'],
      ['null', null, 'abc'],
      ['several, which must all hold', [vip, dnd], 'b'],
      ['an AND group', [{ group: 'AND', filters: [vip, dnd] }], 'b'],
      ['an OR group', [{ group: 'OR', filters: [cy, dnd] }], 'bc'],
      ['a filter beside an OR group', [vip, { group: 'OR', filters: [cy, london] }], 'a'],
      ['a group in a group', [{ group: 'OR', filters: [cy, { group: 'AND', filters: [vip, dnd] }] }], 'bc'],
      ['a single group instead of a list', { group: 'OR', filters: [cy, dnd] }, 'bc'],
      ['an empty group', [{ group: 'OR', filters: [] }], 'abc'],
      ['contradictory ones', [cy, dnd], ''],
    ])('as %s', async (_, filters, found) => {
      expect(await matches(filters)).toBe(found)
    })

    test('and free text must both hold', async () => {
      expect(await matches([vip], { query: 'love' })).toBe('a')
      expect(await matches([dnd], { query: 'love' })).toBe('')
      expect(await matches([], { query: null })).toBe('abc')
      expect(await matches([], { query: 'BE' })).toBe('b')
    })

    const places = [
      ...['id', 'name', 'contactName', 'fullNameLowerCase', 'firstName', 'firstNameLowerCase', 'lastName'],
      ...['lastNameLowerCase', 'address', 'address1', 'assignedTo', 'businessId', 'businessName', 'city'],
      ...['companyName', 'country', 'dateAdded', 'dateUpdated', 'lastActivity', 'dateOfBirth', 'dnd'],
      ...['Call', 'Email', 'SMS', 'WhatsApp', 'GMB', 'FB'].map((channel) => `dndSettings.${channel}.status`),
      ...['email', 'followers', 'phone', 'postalCode', 'source', 'state', 'tags', 'timezone', 'type', 'website'],
    ].join(', ')
    const anywhere = `field must be one of the following values: ${places}`
    const operator = 'filters.0.operator must be one of the following values:'
    const equal = 'eq, not_eq, exists, not_exists'
    const moment = 'must be epoch milliseconds or an ISO 8601 date'
    const wrong: [unknown, string][] = [
      ['x', 'filters must be an array'],
      [[vip, 5], 'filters.1 must be an object'],
      [[{ ...vip, foo: 1 }], 'filters.0.property foo should not exist'],
      [[{ ...vip, group: 'OR', filters: [] }], 'filters.0.property field should not exist'],
      [[{ field: 'shoeSize', operator: 'eq', value: 1 }], `filters.0.${anywhere}`],
      [[{ field: 'customFields.unknown', operator: 'exists' }], 'filters.0.field is invalid'],
      [[{}], 'filters.0.field must be a string'],
      [[{ field: 'dateAdded', operator: 'gt', value: 1 }], `${operator} range, exists, not_exists`],
      [[{ field: 'dateAdded', operator: 'eq', value: 1 }], `${operator} range, exists, not_exists`],
      [[{ field: 'city', operator: 'range', value: { gt: 1 } }], `${operator} ${equal}, contains, not_contains`],
      [[{ field: 'country', operator: 'contains', value: 'G' }], `${operator} ${equal}`],
      [[{ field: 'city', operator: 'eq' }], 'filters.0.value must be a string'],
      [[{ field: 'city', operator: 'eq', value: 5 }], 'filters.0.value must be a string'],
      [
        [{ field: 'city', operator: 'eq', value: Array(501).fill('x') }],
        'filters.0.value must contain no more than 500 elements',
      ],
      [[{ field: 'city', operator: 'contains', value: ['London'] }], 'filters.0.value must be a string'],
      [
        [{ field: 'city', operator: 'contains', value: 'x'.repeat(76) }],
        'filters.0.value must be shorter than or equal to 75 characters',
      ],
      [[{ field: 'dateAdded', operator: 'range', value: { gte: 'soon' } }], `filters.0.value.gte ${moment}`],
      [[{ field: 'dateAdded', operator: 'range', value: { gte: 1.5 } }], `filters.0.value.gte ${moment}`],
      [[{ field: 'dateAdded', operator: 'range', value: { lt: 1e300 } }], `filters.0.value.lt ${moment}`],
      [[{ field: 'dateOfBirth', operator: 'range', value: { lt: 1e300 } }], `filters.0.value.lt ${moment}`],
      [[{ field: 'dateAdded', operator: 'range', value: {} }], 'filters.0.value should not be empty'],
      [[{ field: 'dnd', operator: 'eq', value: 'perhaps' }], 'filters.0.value must be a boolean value'],
      [[{ group: 'XOR', filters: [] }], 'filters.0.group must be one of the following values: AND, OR'],
      [[{ group: 'OR' }], 'filters.0.filters must be an array'],
      [[{ group: 'OR', filters: [vip, { field: 'x' }] }], `filters.0.filters.1.${anywhere}`],
      [Array(101).fill(vip), 'filters must contain no more than 100 elements'],
    ]

    test.each(wrong)('that mean nothing are refused: %j', async (filters, sentence) => {
      expect(refused(await search({ filters }))).toEqual(unprocessable(sentence))
    })
  })

  describe('the order', () => {
    const inOrder = async (...sort: unknown[]) => {
      const reply = await search({ sort })
      if (reply.status !== 200) throw new Error(reply.text)
      return reply.body.contacts.map(({ firstName }: { firstName: string }) => firstName[0]?.toLowerCase()).join('')
    }

    test('is newest first unless another is asked for', async () => {
      expect(await inOrder()).toBe('cba')
    })

    test.each([
      ['dateAdded', 'abc'],
      ['date_added', 'abc'],
      ['dateUpdated', 'abc'],
      ['name', 'abc'],
      ['firstNameLowerCase', 'abc'],
      ['contactName', 'abc'],
      ['lastNameLowerCase', 'cab'],
      ['email', 'cab'],
      ['companyName', 'cab'],
      ['businessName', 'cab'],
      ['source', 'cab'],
    ])('by %s goes up unless told, and down', async (field, letters) => {
      const reversed = [...letters].reverse().join('')

      expect(await inOrder({ field })).toBe(letters)
      expect(await inOrder({ field, direction: 'asc' })).toBe(letters)
      expect(await inOrder({ field, direction: 'desc' })).toBe(reversed)
    })

    test('goes by a second field where the first is equal', async () => {
      const dnd = { field: 'dnd', direction: 'desc' }

      expect(await inOrder(dnd, { field: 'name', direction: 'asc' })).toBe('bac')
      expect(await inOrder(dnd, { field: 'name', direction: 'desc' })).toBe('bca')
    })

    test.each([
      [[{ field: 'shoeSize' }], /^sort\.0\.field must be one of the following values: dateAdded, /],
      [[{ field: 'name', direction: 'up' }], /^sort\.0\.direction must be one of the following values: asc, desc$/],
      [[{}], /^sort\.0\.field should not be empty$/],
      [[{ field: 'name', by: 1 }], /^sort\.0\.property by should not exist$/],
      [Array(3).fill({ field: 'name' }), /^sort must contain no more than 2 elements$/],
      ['name', /^sort must be an array$/],
    ])('that means nothing is refused: %j', async (sort, sentence) => {
      const [status, body] = refused(await search({ sort }))

      expect(status).toBe(422)
      expect((body as { message: string[] }).message[0]).toMatch(sentence)
    })
  })

  describe('pages', () => {
    const walk = async (body: object) => {
      const seen: string[] = []
      let searchAfter: unknown[] = []
      for (;;) {
        const reply = await search({ ...body, pageLimit: 1, searchAfter })
        if (reply.body.contacts.length === 0) return seen.join('')
        expect(reply.body.total).toBe(3)
        seen.push(reply.body.contacts[0].firstName[0].toLowerCase())
        searchAfter = reply.body.contacts[0].searchAfter
      }
    }

    test.each([
      [[], 'cba'],
      [[{ field: 'name', direction: 'asc' }], 'abc'],
      [[{ field: 'email', direction: 'asc' }], 'cab'],
      [
        [
          { field: 'dnd', direction: 'desc' },
          { field: 'source', direction: 'asc' },
        ],
        'bca',
      ],
    ])('follow the place of the last contact in the order %j', async (sort, letters) => {
      expect(await walk({ sort })).toBe(letters)
    })

    test.each(['asc', 'desc'])('show each contact once where many are equal in the order: %s', async (direction) => {
      expect([...(await walk({ sort: [{ field: 'dnd', direction }] }))].sort().join('')).toBe('abc')
    })

    test('are numbered from 1, with 0 for the first as well', async () => {
      const first = async (body: object) => (await search({ pageLimit: 1, ...body })).body.contacts[0]?.firstName

      expect([await first({ page: 0 }), await first({ page: 1 })]).toEqual(['Cy', 'Cy'])
      expect([await first({ page: 2 }), await first({ page: 3 })]).toEqual(['Béa', 'Ada'])
      expect(await first({ page: 4 })).toBeUndefined()
    })

    test('follow the place that is sent, and then not the number', async () => {
      const [cy] = (await search({ pageLimit: 1 })).body.contacts

      const reply = await search({ pageLimit: 1, page: 3, searchAfter: cy.searchAfter.map(String) })

      expect(reply.body.contacts[0].firstName).toBe('Béa')
    })

    test('are not reached by number beyond ten thousand contacts', async () => {
      expect((await search({ pageLimit: 500, page: 20 })).status).toBe(200)
      expect(refused(await search({ pageLimit: 500, page: 21 }))).toEqual(
        unprocessable('page x pageLimit must not be greater than 10000'),
      )
    })
  })

  describe('is refused', () => {
    const number = 'must be a number conforming to the specified constraints'
    const wrong: [object, string[]][] = [
      [{ pageLimit: 0 }, ['pageLimit must not be less than 1']],
      [{ pageLimit: 501 }, ['pageLimit must not be greater than 500']],
      [{ pageLimit: '20' }, ['pageLimit must be an integer number']],
      [{ page: -1 }, ['page must not be less than 0']],
      [{ query: 'x'.repeat(76) }, ['query must be shorter than or equal to 75 characters']],
      [{ query: 5 }, ['query must be a string']],
      [{ searchAfter: 'x' }, ['searchAfter must be an array']],
      [{ searchAfter: [1] }, ['searchAfter must contain 2 elements']],
      [{ searchAfter: ['then', 'x'] }, [`searchAfter.0 ${number}`]],
      [{ searchAfter: [1.5, 'x'] }, [`searchAfter.0 ${number}`]],
      [{ searchAfter: [1e300, 'x'] }, [`searchAfter.0 ${number}`]],
      [{ searchAfter: [1, null] }, ['searchAfter.1 must be a string']],
      [{ limit: 20 }, ['property limit should not exist']],
    ]

    test.each(wrong)('with %j', async (body, sentences) => {
      expect(refused(await search(body))).toEqual(unprocessable(...sentences))
    })

    test('without a location, and for another one', async () => {
      expect(refused(await crm.v2.post('/contacts/search', { query: 'x' }))).toEqual(noLocation())
      expect(refused(await crm.v2.post('/contacts/search', { locationId: place.id }))).toEqual(foreign)
    })
  })
})

onEveryStore('looking for the contact that is there already', (crm) => {
  const look = (by: Record<string, string>, options: object = {}) =>
    crm.v2.get(`/contacts/search/duplicate?${new URLSearchParams({ locationId: crm.locationId, ...by })}`, options)
  const idOf = async (by: Record<string, string>) => (await look(by)).body.contact?.id

  test('answers the whole contact', async () => {
    const contact = await crm.given.contact({ tags: ['vip'] })

    const reply = await look({ email: contact.email })

    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual({ contact: settled(contact) })
  })

  test('goes by e-mail address in any case, then by number in any spelling', async () => {
    const one = await crm.given.contact({ phone: '+1 650 253 0000' })
    const two = await crm.given.contact({ phone: '+1 650 253 0009' })

    expect(await idOf({ email: one.email.toUpperCase() })).toBe(one.id)
    expect(await idOf({ number: '(650) 253-0000' })).toBe(one.id)
    expect(await idOf({ number: '+16502530000' })).toBe(one.id)
    expect(await idOf({ email: one.email, number: '+16502530009' })).toBe(one.id)
    expect(await idOf({ email: 'nobody@example.com', number: '+16502530009' })).toBe(two.id)
  })

  test('reads a plus sign that came unescaped', async () => {
    const { id } = await crm.given.contact({ phone: '+44 20 7946 0958' })

    const reply = await crm.v2.get(`/contacts/search/duplicate/?locationId=${crm.locationId}&number=+442079460958`)

    expect(reply.body.contact.id).toBe(id)
  })

  test('answers null where there is none, for a number that is none, and in another location', async () => {
    const { email } = await crm.given.contact()
    const { id: locationId, token } = await crm.given.location()

    expect(bare(await look({ email: 'nobody@example.com' }))).toEqual({ contact: null })
    expect(bare(await look({ number: '+12025550199' }))).toEqual({ contact: null })
    expect(bare(await look({ number: 'call me' }))).toEqual({ contact: null })
    expect(bare(await look({ email, locationId }, { token }))).toEqual({ contact: null })
  })

  test('names the one that came first where several share it', async () => {
    const { id: locationId, token } = await crm.given.location({ allowDuplicateContact: true })
    const make = async () =>
      (await crm.v2.post('/contacts/', { locationId, email: 'same@example.com' }, { token })).body.contact.id
    const first = await make()
    crm.advance(1000)
    await make()

    expect((await look({ locationId, email: 'same@example.com' }, { token })).body.contact.id).toBe(first)
  })

  test('is refused without either, without a location, for another one and with anything else', async () => {
    const { id: locationId } = await crm.given.location()
    const neither = unprocessable('number or email should not be empty')

    expect(refused(await look({}))).toEqual(neither)
    expect(refused(await look({ email: '', number: '' }))).toEqual(neither)
    expect(refused(await look({ email: 'a@example.com', phone: '1' }))).toEqual(
      unprocessable('property phone should not exist'),
    )
    expect(refused(await crm.v2.get('/contacts/search/duplicate?email=a@example.com'))).toEqual(noLocation())
    expect(refused(await look({ email: 'a@example.com', locationId }))).toEqual(foreign)
  })
})
