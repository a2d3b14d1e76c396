import { beforeAll, describe, expect, test } from 'vitest'
import { bare, onEveryStore, type Reply } from '../../harness.ts'
import { fingerprint } from '../../support/fingerprint.ts'
import { foreign, missing, refused, unprocessable } from '../../support/refused.ts'
import { noLocation, strictLocation, time } from './expected.ts'
import { duplicateContact, id, readContact, succeeded } from './expectedContact.ts'

const defaults = {
  allowDuplicateContact: false,
  allowDuplicateOpportunity: true,
  allowFacebookNameMerge: false,
  disableContactTimezone: false,
  defaultCountry: 'US',
  currency: 'USD',
}

onEveryStore('a location', (crm) => {
  let place: { id: string; token: string }
  beforeAll(async () => {
    place = await crm.given.location()
  })
  const anew = async () => {
    const { id: locationId, token } = await crm.given.location()
    return {
      locationId,
      token,
      get: async () => (await crm.v2.get(`/locations/${locationId}`, { token })).body.location,
      put: (body: unknown) => crm.v2.put(`/locations/${locationId}`, body, { token }),
    }
  }
  const typesOf = async (locationId: string) => (await crm.events(locationId)).map(({ types }) => types)

  test('is answered whole, with and without the trailing slash', async () => {
    const open = { address: '', city: '', state: '', country: 'US', postalCode: '', website: '' }
    const shared = { ...open, name: 'Elsewhere', timezone: 'UTC', logoUrl: '', email: '' }

    for (const slash of ['', '/']) {
      const reply = await crm.v2.get(`/locations/${place.id}${slash}`, { token: place.token })
      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({
        location: {
          id: place.id,
          companyId: expect.any(String),
          ...shared,
          phone: '',
          domain: '',
          firstName: '',
          lastName: '',
          social: {},
          business: shared,
          settings: defaults,
          dateAdded: time,
        },
      })
    }
  })

  test('is one of a company that all locations belong to', async () => {
    const own = (await crm.v2.get(`/locations/${crm.locationId}`)).body.location
    const other = (await crm.v2.get(`/locations/${place.id}`, { token: place.token })).body.location

    expect(other.companyId).toBe(own.companyId)
  })

  test('is answered to its own tokens only', async () => {
    expect(refused(await crm.v2.get(`/locations/${place.id}`))).toEqual(foreign)
    expect(refused(await crm.v2.put(`/locations/${place.id}`, { name: 'Mine' }))).toEqual(foreign)
    expect(refused(await crm.v2.get('/locations/unknown'))).toEqual(foreign)
  })

  test('is what a search finds, by any e-mail address but another one, on the first page', async () => {
    const { get, put, token } = await anew()
    await put({ email: 'Office@Example.com' })
    const location = await get()
    const search = (query: string) => crm.v2.get(`/locations/search${query}`, { token })

    for (const query of ['', '/', '?email=office@example.com', `?companyId=${location.companyId}&limit=10&skip=0`]) {
      const reply = await search(query)
      expect([reply.status, bare(reply)]).toEqual([200, { locations: [location] }])
    }
    expect(bare(await search('?email=other@example.com'))).toEqual({ locations: [] })
    expect(bare(await search('?skip=1'))).toEqual({ locations: [] })
    expect(refused(await search('?limit=0'))).toEqual(unprocessable('limit must not be less than 1'))
  })

  describe('being updated', () => {
    test('answers the whole, bare and in an envelope, and is one event', async () => {
      const { get, put, locationId } = await anew()
      const before = await get()

      const reply = await put({ name: ' Mark Shoes ', city: 'Chicago', settings: { currency: 'EUR' } })

      const after = {
        ...before,
        name: 'Mark Shoes',
        city: 'Chicago',
        business: { ...before.business, name: 'Mark Shoes', city: 'Chicago' },
        settings: { ...defaults, currency: 'EUR' },
      }
      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({ ...after, location: after })
      expect(await get()).toEqual(after)
      const [created, updated] = await crm.events(locationId)
      expect(created?.types).toEqual(['LocationCreate'])
      expect(updated).toMatchObject({
        types: ['LocationUpdate'],
        before: { name: 'Elsewhere', settings: { currency: 'USD' } },
        after: { name: 'Mark Shoes', settings: { currency: 'EUR' } },
      })
    })

    test.each([
      'phone',
      'email',
      'address',
      'city',
      'state',
      'postalCode',
      'website',
      'domain',
      'logoUrl',
      'firstName',
      'lastName',
    ])('%s: a value is set, absence keeps it, "" clears it, null is refused', async (field) => {
      const { get, put, locationId } = await anew()

      await put({ [field]: 'something' })
      expect((await get())[field]).toBe('something')
      await put({ name: 'Renamed' })
      expect((await get())[field]).toBe('something')
      expect(refused(await put({ [field]: null }))).toEqual(
        unprocessable(`${field} should not be empty`, `${field} must be a string`),
      )
      await put({ [field]: '' })
      expect((await get())[field]).toBe('')
      expect(await typesOf(locationId)).toEqual([['LocationCreate'], ...Array(3).fill(['LocationUpdate'])])
    })

    test.each([
      ['name', 'Mark Shoes', 'name should not be empty'],
      ['country', 'GB', 'country must be a valid ISO31661 Alpha2 code'],
      ['timezone', 'America/Chicago', 'timezone must be a valid IANA time zone'],
      ['timezone', 'US/Central', 'timezone must be a valid IANA time zone'],
    ])('%s: %s is set, absence keeps it, nothing and null are refused', async (field, value, sentence) => {
      const { get, put } = await anew()

      await put({ [field]: value })
      expect((await get())[field]).toBe(value)
      await put({ phone: '1' })
      expect((await get())[field]).toBe(value)
      expect(refused(await put({ [field]: '' }))).toEqual(unprocessable(sentence))
      expect(refused(await put({ [field]: null }))).toEqual(
        unprocessable(`${field} should not be empty`, `${field} must be a string`),
      )
      expect((await get())[field]).toBe(value)
    })

    test('social addresses: those that are sent are set, the others kept', async () => {
      const { get, put } = await anew()

      await put({ social: { facebookUrl: 'f', twitter: 't' } })
      await put({ social: { twitter: '' } })
      await put({ city: 'x' })

      expect((await get()).social).toEqual({ facebookUrl: 'f', twitter: '' })
      expect(refused(await put({ social: null }))).toEqual(
        unprocessable('social should not be empty', 'social must be an object'),
      )
      expect(refused(await put({ social: { twitter: 5 } }))).toEqual(unprocessable('social.twitter must be a string'))
    })

    test('the person to reach may come as the prospect', async () => {
      const { put } = await anew()

      const reply = await put({ prospectInfo: { firstName: 'Mark', lastName: 'Shoes', email: 'mark@example.com' } })

      expect(reply.body).toMatchObject({ firstName: 'Mark', lastName: 'Shoes', email: 'mark@example.com' })
    })

    test('with nothing, with what it is, or with another company, changes nothing and is no event', async () => {
      const { get, put, locationId } = await anew()
      const before = await get()

      for (const body of [{}, undefined, { name: 'Elsewhere', settings: defaults }, { companyId: 'another' }]) {
        expect(bare(await put(body))).toEqual({ ...before, location: before })
      }
      expect(await typesOf(locationId)).toEqual([['LocationCreate']])
    })

    const wrong: [object, string[]][] = [
      [{ name: ' ' }, ['name should not be empty']],
      [{ name: 'x'.repeat(256) }, ['name must be shorter than or equal to 255 characters']],
      [{ city: 5 }, ['city must be a string']],
      [{ country: 'Germany' }, ['country must be a valid ISO31661 Alpha2 code']],
      [{ timezone: 'Moon/Base' }, ['timezone must be a valid IANA time zone']],
      [{ settings: { currency: 'eur' } }, ['settings.currency must be a valid ISO4217 currency code']],
      [{ settings: { defaultCountry: 'us' } }, ['settings.defaultCountry must be a valid ISO31661 Alpha2 code']],
      [{ settings: { allowDuplicateContact: 'yes' } }, ['settings.allowDuplicateContact must be a boolean value']],
      [
        { settings: { allowDuplicateContact: null } },
        [
          'settings.allowDuplicateContact should not be empty',
          'settings.allowDuplicateContact must be a boolean value',
        ],
      ],
      [{ settings: { foo: 1 } }, ['settings.property foo should not exist']],
      [{ settings: null }, ['settings should not be empty', 'settings must be an object']],
      [{ foo: 1, id: 'x' }, ['property foo should not exist', 'property id should not exist']],
    ]

    test.each(wrong)('is refused for %j', async (body, sentences) => {
      const before = await fingerprint(crm.app.store)

      const reply = await crm.v2.put(`/locations/${place.id}`, body, { token: place.token })

      expect(refused(reply)).toEqual(unprocessable(...sentences))
      expect(await fingerprint(crm.app.store)).toBe(before)
    })
  })

  describe('by its settings', () => {
    test.each([
      'allowDuplicateContact',
      'allowDuplicateOpportunity',
      'allowFacebookNameMerge',
      'disableContactTimezone',
    ])('%s: is switched, and kept while others are', async (setting) => {
      const { get, put } = await anew()
      const other = setting === 'disableContactTimezone' ? 'allowDuplicateContact' : 'disableContactTimezone'

      for (const value of [true, false, true]) {
        await put({ settings: { [setting]: value } })
        await put({ settings: { [other]: true } })
        expect((await get()).settings).toEqual({ ...defaults, [other]: true, [setting]: value })
      }
    })

    test('allows duplicate contacts, and forbids them again', async () => {
      const { put, locationId, token } = await anew()
      const create = () => crm.v2.post('/contacts/', { locationId, email: 'same@example.com' }, { token })
      const first = (await create()).body.contact.id

      expect(refused(await create())).toEqual(duplicateContact(first, null, 'email'))
      await put({ settings: { allowDuplicateContact: true } })
      expect((await create()).status).toBe(201)
      await put({ settings: { allowDuplicateContact: false } })
      expect(refused(await create())).toEqual(duplicateContact(first, null, 'email'))
    })

    test('allows several opportunities of a contact in a pipeline, and forbids them again', async () => {
      const { locationId, token, contact, create } = await strictLocation(crm)
      const allow = (allowDuplicateOpportunity: boolean) =>
        crm.v2.put(`/locations/${locationId}`, { settings: { allowDuplicateOpportunity } }, { token })
      const contactId = await contact('one@example.com')
      const status = async () => (await create(contactId)).status

      expect([await status(), await status()]).toEqual([201, 400])
      await allow(true)
      expect([await status(), await status()]).toEqual([201, 201])
      await allow(false)
      expect(await status()).toBe(400)
    })

    test('reads phone numbers as those of its country, or of the one it names', async () => {
      const { put, locationId, token } = await anew()
      const phone = async (number: string) =>
        (await crm.v2.post('/contacts/', { locationId, phone: number }, { token })).body.contact.phone

      expect(await phone('(415) 555-2671')).toBe('+14155552671')
      await put({ country: 'DE' })
      expect(await phone('030 123456')).toBe('+4930123456')
      await put({ country: 'DE', settings: { defaultCountry: 'GB' } })
      expect(await phone('020 7946 0958')).toBe('+442079460958')
    })
  })

  test('knows every time zone by name, in order', async () => {
    for (const slash of ['', '/']) {
      const reply = await crm.v2.get(`/locations/${crm.locationId}/timezones${slash}`)
      const { timezones } = bare(reply)
      expect(reply.status).toBe(200)
      expect(timezones).toEqual(expect.arrayContaining(['UTC', 'America/Chicago', 'Europe/Berlin', 'Asia/Tokyo']))
      expect(timezones).toEqual([...new Set(timezones)].sort())
    }
    expect(refused(await crm.v2.get(`/locations/${place.id}/timezones`))).toEqual(foreign)
  })
})

onEveryStore('the custom values of a location', (crm) => {
  const path = (rest = '') => `/locations/${crm.locationId}/customValues${rest}`
  const make = async (name: string, value = 'x') => (await crm.v2.post(path(), { name, value })).body.customValue
  const typesOf = async (recordId: string) => (await crm.events(recordId)).map(({ types }) => types)

  test('are created under a key of their own', async () => {
    const reply = await crm.v2.post(path(), { name: ' Opening Hours ', value: '9 to 5' })

    const customValue = {
      id,
      name: 'Opening Hours',
      fieldKey: '{{ custom_values.opening_hours }}',
      value: '9 to 5',
      locationId: crm.locationId,
    }
    expect(reply.status).toBe(201)
    expect(bare(reply)).toEqual({ customValue })
    for (const slash of ['', '/']) {
      const one = await crm.v2.get(path(`/${reply.body.customValue.id}${slash}`))
      expect([one.status, bare(one)]).toEqual([200, bare(reply)])
    }
    expect((await make('Opening Hours')).fieldKey).toBe('{{ custom_values.opening_hours_2 }}')
    expect((await crm.v2.post(path('/'), { name: 'Slash', value: '' })).body.customValue.value).toBe('')
    expect(await crm.events(reply.body.customValue.id)).toMatchObject([
      { types: ['CustomValueCreate'], before: null, after: { name: 'Opening Hours', value: '9 to 5' } },
    ])
  })

  test('are listed oldest first, whole', async () => {
    const { id: locationId, token } = await crm.given.location()
    const create = async (name: string) =>
      (await crm.v2.post(`/locations/${locationId}/customValues`, { name, value: 'x' }, { token })).body.customValue
    const b = await create('b')
    crm.advance(10)
    const a = await create('a')

    const reply = await crm.v2.get(`/locations/${locationId}/customValues`, { token })

    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual({ customValues: [b, a] })
  })

  test('are changed as a whole and keep their key', async () => {
    const before = await make('Motto', 'old')

    const reply = await crm.v2.put(path(`/${before.id}`), { name: 'Slogan', value: 'new' })
    const emptied = await crm.v2.put(path(`/${before.id}/`), { name: 'Slogan', value: '' })
    await crm.v2.put(path(`/${before.id}`), { name: ' Slogan ', value: '', locationId: crm.locationId })

    expect([reply.status, bare(reply)]).toEqual([200, { customValue: { ...before, name: 'Slogan', value: 'new' } }])
    expect(bare(emptied)).toEqual({ customValue: { ...before, name: 'Slogan', value: '' } })
    expect(await typesOf(before.id)).toEqual([['CustomValueCreate'], ['CustomValueUpdate'], ['CustomValueUpdate']])
  })

  test('are deleted', async () => {
    const customValue = await make('Short lived')

    const reply = await crm.v2.delete(path(`/${customValue.id}`))

    expect([reply.status, bare(reply)]).toEqual([200, succeeded])
    expect((await crm.v2.get(path())).body.customValues).not.toContainEqual(customValue)
    expect((await crm.events(customValue.id)).at(-1)).toMatchObject({
      types: ['CustomValueDelete'],
      before: { id: customValue.id, name: 'Short lived' },
      after: null,
    })
    expect(refused(await crm.v2.delete(path(`/${customValue.id}`)))).toEqual(missing('Custom value'))
  })

  test('are refused without name and value, of the wrong kind, and with anything else', async () => {
    const { id: valueId } = await make('Wrong')
    const before = await fingerprint(crm.app.store)
    const name = ['name should not be empty', 'name must be a string']
    const value = ['value should not be empty', 'value must be a string']
    const wrong: [object | undefined, string[]][] = [
      [undefined, [...name, ...value]],
      [{ name: 'x' }, value],
      [{ value: 'x' }, name],
      [{ name: null, value: null }, [...name, ...value]],
      [{ name: '', value: '' }, ['name should not be empty']],
      [{ name: ' ', value: '' }, ['name should not be empty']],
      [{ name: 'x', value: 5, foo: 1 }, ['property foo should not exist', 'value must be a string']],
    ]

    for (const [body, sentences] of wrong) {
      expect(refused(await crm.v2.post(path(), body))).toEqual(unprocessable(...sentences))
      expect(refused(await crm.v2.put(path(`/${valueId}`), body))).toEqual(unprocessable(...sentences))
    }
    expect(await fingerprint(crm.app.store)).toBe(before)
  })

  test('are not found where there are none, nor in another location', async () => {
    const customValue = await make('Ours')
    const { id: theirs, token } = await crm.given.location()

    for (const [where, options] of [
      [path('/unknown'), {}],
      [`/locations/${theirs}/customValues/${customValue.id}`, { token }],
    ] as const) {
      expect(refused(await crm.v2.get(where, options))).toEqual(missing('Custom value'))
      expect(refused(await crm.v2.put(where, { name: 'x', value: 'x' }, options))).toEqual(missing('Custom value'))
      expect(refused(await crm.v2.delete(where, undefined, options))).toEqual(missing('Custom value'))
    }
    expect(refused(await crm.v2.get(`/locations/${theirs}/customValues`))).toEqual(foreign)
    expect(refused(await crm.v2.post(`/locations/${theirs}/customValues`, { name: 'x', value: 'x' }))).toEqual(foreign)
  })
})

onEveryStore('the users of a location', (crm) => {
  let used = 0
  const newEmail = () => `colleague${++used}@example.com`
  const required = () => ({ firstName: 'John', lastName: 'Deo', email: newEmail(), role: 'user' })
  const create = (fields: object = {}) => crm.v2.post('/users/', { ...required(), ...fields })
  const made = async (fields: object = {}) => (await create(fields)).body
  const typesOf = async (userId: string) => (await crm.events(userId)).map(({ types }) => types)
  const plain = (user: Record<string, unknown>) => {
    const { traceId: _, ...rest } = user
    return rest
  }
  const userOf = (fields: object) => ({
    id,
    name: 'John Deo',
    firstName: 'John',
    lastName: 'Deo',
    email: '',
    phone: '',
    extension: '',
    permissions: {},
    scopes: [],
    scopesAssignedToOnly: [],
    roles: { type: 'account', role: 'user', locationIds: [crm.locationId], restrictSubAccount: false },
    deleted: false,
    lcPhone: {},
    profilePhoto: '',
    platformLanguage: 'en_US',
    dateAdded: time,
    ...fields,
  })
  const taken = (existingId: string) => [
    400,
    {
      statusCode: 400,
      message: 'A user with this email already exists.',
      code: 'USER_NO_DUPLICATE',
      meta: { existingId },
      error: 'Bad Request',
    },
  ]

  describe('being created', () => {
    test('are answered bare and whole, with nothing set that was not sent', async () => {
      const email = newEmail()

      const reply = await create({ email })

      expect(reply.status).toBe(201)
      expect(bare(reply)).toEqual(userOf({ email }))
      for (const slash of ['', '/']) {
        const one = await crm.v2.get(`/users/${reply.body.id}${slash}`)
        expect([one.status, bare(one)]).toEqual([200, bare(reply)])
      }
      expect(await crm.events(reply.body.id)).toMatchObject([
        { types: ['UserCreate'], before: null, after: { id: reply.body.id, email } },
      ])
    })

    test('keep everything that can be sent, but never tell the password', async () => {
      const email = newEmail()
      const sent = {
        email: email.toUpperCase(),
        phone: '+18832327657',
        extension: '12',
        permissions: { opportunitiesEnabled: true },
        scopes: ['contacts.write'],
        scopesAssignedToOnly: ['contacts.write'],
        profilePhoto: 'https://example.com/a.png',
        platformLanguage: 'de',
      }

      const reply = await create({
        ...sent,
        role: 'admin',
        type: 'account',
        companyId: 'whatever',
        locationIds: [crm.locationId],
        twilioPhone: { [crm.locationId]: '+1' },
        password: 'correct horse',
      })

      const roles = { type: 'account', role: 'admin', locationIds: [crm.locationId], restrictSubAccount: false }
      expect(bare(reply)).toEqual(userOf({ ...sent, email, roles, lcPhone: { [crm.locationId]: '+1' } }))
      expect(JSON.stringify(await crm.events(reply.body.id))).not.toMatch(/password|horse/)
    })

    test('have their address to themselves, in any case', async () => {
      const { id: existing, email } = await made()
      const before = await fingerprint(crm.app.store)

      expect(refused(await create({ email: ` ${email.toUpperCase()} ` }))).toEqual(taken(existing))
      expect(await fingerprint(crm.app.store)).toBe(before)
    })

    test('are the same again when they were deleted before, with nothing left of what they were', async () => {
      const before = await made({ phone: '1', permissions: { a: true } })
      await crm.v2.delete(`/users/${before.id}`)

      const after = await made({ email: before.email, firstName: 'Johnny' })

      expect(plain(after)).toEqual(
        userOf({
          id: before.id,
          email: before.email,
          firstName: 'Johnny',
          name: 'Johnny Deo',
          dateAdded: before.dateAdded,
        }),
      )
      expect(await typesOf(before.id)).toEqual([['UserCreate'], ['UserDelete'], ['UserCreate']])
    })

    test('work without the trailing slash', async () => {
      expect((await crm.v2.post('/users', required())).status).toBe(201)
    })

    const wrong: [object, string[]][] = [
      [{ firstName: undefined }, ['firstName should not be empty', 'firstName must be a string']],
      [{ firstName: '' }, ['firstName should not be empty']],
      [{ firstName: ' ' }, ['firstName should not be empty']],
      [{ lastName: null }, ['lastName should not be empty', 'lastName must be a string']],
      [{ email: undefined }, ['email should not be empty', 'email must be a string']],
      [{ email: 'john' }, ['email must be an email']],
      [{ email: '' }, ['email must be an email']],
      [{ role: 'owner' }, ['role must be one of the following values: admin, user']],
      [{ role: undefined }, ['role should not be empty', 'role must be one of the following values: admin, user']],
      [{ type: 'agency' }, ['type must be one of the following values: account']],
      [{ password: 'short' }, ['password must be longer than or equal to 8 characters']],
      [{ permissions: { a: 'yes' } }, ['permissions.a must be a boolean value']],
      [{ foo: 1 }, ['property foo should not exist']],
    ]

    test.each(wrong)('are refused with %j', async (fields, sentences) => {
      const before = await fingerprint(crm.app.store)

      expect(refused(await create(fields))).toEqual(unprocessable(...sentences))
      expect(await fingerprint(crm.app.store)).toBe(before)
    })

    test('are refused for another location', async () => {
      const other = await crm.given.location()

      expect(refused(await create({ locationIds: [crm.locationId, other.id] }))).toEqual(foreign)
    })
  })

  describe('being updated', () => {
    const cases: { field: string; shown?: string; value: unknown; empty: unknown; kind: string }[] = [
      { field: 'lastName', value: 'Roe', empty: '', kind: 'a string' },
      { field: 'phone', value: '1', empty: '', kind: 'a string' },
      { field: 'extension', value: '12', empty: '', kind: 'a string' },
      { field: 'profilePhoto', value: 'a.png', empty: '', kind: 'a string' },
      { field: 'platformLanguage', value: 'de', empty: '', kind: 'a string' },
      { field: 'permissions', value: { a: true }, empty: {}, kind: 'an object' },
      { field: 'scopes', value: ['a'], empty: [], kind: 'an array' },
      { field: 'scopesAssignedToOnly', value: ['a'], empty: [], kind: 'an array' },
      { field: 'twilioPhone', shown: 'lcPhone', value: { a: '1' }, empty: {}, kind: 'an object' },
    ]

    test.each(cases)('$field: a value is set, absence keeps it, nothing empties it, null is refused', async (one) => {
      const { field, shown = field, value, empty, kind } = one
      const before = await made()
      const put = (body: object) => crm.v2.put(`/users/${before.id}`, body)
      const name = field === 'lastName' ? { name: 'John Roe' } : {}

      const set = await put({ [field]: value })
      expect(set.status).toBe(200)
      expect(bare(set)).toEqual({ ...plain(before), ...name, [shown]: value })
      expect((await put({ role: 'admin' })).body[shown]).toEqual(value)
      expect(refused(await put({ [field]: null }))).toEqual(
        unprocessable(`${field} should not be empty`, `${field} must be ${kind}`),
      )
      expect((await put({ [field]: empty })).body[shown]).toEqual(empty)
      expect(await typesOf(before.id)).toEqual([['UserCreate'], ...Array(3).fill(['UserUpdate'])])
    })

    test('first name, address and role: are set and kept; nothing and null are refused', async () => {
      const before = await made()
      const email = newEmail()
      const put = (body: object) => crm.v2.put(`/users/${before.id}/`, body)

      const reply = await put({ firstName: ' Jack ', email: ` ${email.toUpperCase()}`, role: 'admin' })
      expect(bare(reply)).toEqual({
        ...plain(before),
        firstName: 'Jack',
        name: 'Jack Deo',
        email,
        roles: { ...before.roles, role: 'admin' },
      })
      expect((await put({ phone: '1' })).body).toMatchObject({ firstName: 'Jack', email, roles: { role: 'admin' } })
      const refusals: [object, string[]][] = [
        [{ firstName: '' }, ['firstName should not be empty']],
        [{ firstName: null }, ['firstName should not be empty', 'firstName must be a string']],
        [{ email: '' }, ['email must be an email']],
        [{ email: null }, ['email should not be empty', 'email must be a string']],
        [{ role: null }, ['role should not be empty', 'role must be one of the following values: admin, user']],
        [{ foo: 1 }, ['property foo should not exist']],
      ]
      for (const [body, sentences] of refusals) expect(refused(await put(body))).toEqual(unprocessable(...sentences))
    })

    test('are refused the address of another, and another location', async () => {
      const [one, two] = [await made(), await made()]
      const other = await crm.given.location()

      expect(refused(await crm.v2.put(`/users/${two.id}`, { email: one.email }))).toEqual(taken(one.id))
      expect(refused(await crm.v2.put(`/users/${two.id}`, { locationIds: [other.id] }))).toEqual(foreign)
      expect((await crm.v2.put(`/users/${one.id}`, { email: one.email.toUpperCase() })).status).toBe(200)
    })

    test('with nothing, or with what they are, change nothing and are no event', async () => {
      const before = await made()
      const { firstName, lastName, email, phone, permissions } = before

      for (const body of [{}, undefined, { firstName, lastName, email, phone, permissions, role: 'user' }]) {
        expect(bare(await crm.v2.put(`/users/${before.id}`, body))).toEqual(plain(before))
      }
      expect(await typesOf(before.id)).toEqual([['UserCreate']])
    })
  })

  test('being deleted can no longer be given anything, and stay where they are named', async () => {
    const user = await made()
    const contact = await crm.given.contact({ assignedTo: user.id, followers: [user.id] })
    const opportunity = await crm.given.opportunity({ contactId: contact.id })

    const reply = await crm.v2.delete(`/users/${user.id}`)

    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual({
      succeded: true,
      message: `Deleted user with e-mail ${user.email} and name John Deo.`,
    })
    expect((await crm.events(user.id)).at(-1)).toMatchObject({
      types: ['UserDelete'],
      before: { id: user.id, email: user.email },
      after: null,
    })
    for (const send of [crm.v2.get, crm.v2.delete]) {
      expect(refused(await send(`/users/${user.id}`))).toEqual(missing('User'))
    }
    expect(refused(await crm.v2.put(`/users/${user.id}`, { firstName: 'x' }))).toEqual(missing('User'))
    expect(await readContact(crm, contact.id)).toMatchObject({ assignedTo: user.id, followers: [user.id] })
    expect((await crm.v2.get(`/opportunities/${opportunity.id}`)).body.opportunity.assignedTo).toBe(user.id)
    expect(refused(await crm.v2.post(`/opportunities/${opportunity.id}/followers`, { followers: [user.id] }))).toEqual(
      unprocessable('followers.0 is invalid'),
    )
  })

  test('are not found where there are none, nor in another location', async () => {
    const user = await made()
    const { token } = await crm.given.location()

    for (const [where, options] of [
      ['/users/unknown', {}],
      [`/users/${user.id}`, { token }],
    ] as const) {
      expect(refused(await crm.v2.get(where, options))).toEqual(missing('User'))
      expect(refused(await crm.v2.put(where, { firstName: 'x' }, options))).toEqual(missing('User'))
      expect(refused(await crm.v2.delete(where, undefined, options))).toEqual(missing('User'))
    }
  })

  describe('being looked for', () => {
    let locationId: string
    let token: string
    const users: Record<string, { id: string; email: string }> = {}
    const search = (query: Record<string, unknown>, slash = '') =>
      crm.v2.get(
        `/users/search${slash}?${new URLSearchParams({ companyId: 'any', ...query } as Record<string, string>)}`,
        {
          token,
        },
      )
    const names = (reply: Reply) => reply.body.users.map(({ firstName }: { firstName: string }) => firstName).join(' ')

    beforeAll(async () => {
      ;({ id: locationId, token } = await crm.given.location())
      for (const [firstName, role, phone] of [
        ['Zoë', 'user', '+4930123456'],
        ['Ada', 'admin', ''],
        ['Ben', 'user', ''],
        ['Gone', 'user', ''],
      ]) {
        crm.advance(10)
        const body = { firstName, lastName: 'Smith', email: `${firstName}@example.com`, role, phone }
        users[firstName as string] = (
          await crm.v2.post('/users/', { ...body, email: `u${body.role}${used++}@example.com` }, { token })
        ).body
      }
      await crm.v2.delete(`/users/${users.Gone?.id}`, undefined, { token })
    })

    test('are all listed by name, whole', async () => {
      for (const slash of ['', '/']) {
        const reply = await crm.v2.get(`/users${slash}?locationId=${locationId}`, { token })
        expect(reply.status).toBe(200)
        expect(bare(reply)).toEqual({
          users: ['Ada', 'Ben', 'Zoë'].map((name) => plain(users[name] as Record<string, unknown>)),
        })
      }
      expect(refused(await crm.v2.get('/users/', { token }))).toEqual(noLocation())
      expect(refused(await crm.v2.get(`/users/?locationId=${crm.locationId}`, { token }))).toEqual(foreign)
    })

    test('are found by a part of name, address or number, whole, with how many there are', async () => {
      const reply = await search({ query: 'ZOE', locationId }, '/')

      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({ users: [plain(users.Zoë as Record<string, unknown>)], count: 1 })
      expect(names(await search({ query: 'smith' }))).toBe('Ada Ben Zoë')
      expect(names(await search({ query: users.Ben?.email.toUpperCase() }))).toBe('Ben')
      expect(names(await search({ query: '123456' }))).toBe('Zoë')
      expect(names(await search({ query: 'gone' }))).toBe('')
    })

    test('are found by role and by ids', async () => {
      expect(names(await search({ role: 'admin' }))).toBe('Ada')
      expect(names(await search({ ids: ` ${users.Ben?.id}, ${users.Zoë?.id},unknown,` }))).toBe('Ben Zoë')
    })

    test('come in order and in pages', async () => {
      expect(names(await search({ sortDirection: 'desc' }))).toBe('Zoë Ben Ada')
      expect(names(await search({ sort: 'dateAdded' }))).toBe('Zoë Ada Ben')
      expect(names(await search({ sort: 'dateAdded', sortDirection: 'desc' }))).toBe('Ben Ada Zoë')
      const page = await search({ skip: 1, limit: 1 })
      expect([names(page), page.body.count]).toEqual(['Ben', 3])
    })

    test('are found by their addresses, in a list or one text, the deleted where asked for', async () => {
      const find = (body: object) =>
        crm.v2.post('/users/search/filter-by-email', { companyId: 'any', ...body }, { token })
      const [ada, ben, gone] = [users.Ada, users.Ben, users.Gone].map((user) => user?.email) as [string, string, string]

      const reply = await find({ emails: [ben.toUpperCase(), 'nobody@example.com', gone] })
      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({ users: [plain(users.Ben as Record<string, unknown>)], count: 1 })
      expect(names(await find({ emails: `${ada}, ${ben}` }))).toBe('Ada Ben')
      expect(names(await find({ emails: [ada, ben], skip: '1', limit: '1' }))).toBe('Ben')
      expect(names(await find({ emails: [ada, gone], deleted: true }))).toBe('Gone')
      expect(refused(await find({}))[0]).toBe(422)
    })

    test.each([
      [{ companyId: '' }, ['companyId should not be empty']],
      [{ limit: '0' }, ['limit must not be less than 1']],
      [{ skip: '-1' }, ['skip must not be less than 0']],
      [{ role: 'owner' }, ['role must be one of the following values: admin, user']],
      [{ sort: 'age' }, ['sort must be one of the following values: name, dateAdded']],
    ])('are refused for %j', async (query, sentences) => {
      expect(refused(await search(query))).toEqual(unprocessable(...sentences))
    })

    test('need the company to be named', async () => {
      expect(refused(await crm.v2.get('/users/search', { token }))).toEqual(
        unprocessable('companyId should not be empty', 'companyId must be a string'),
      )
    })
  })
})

onEveryStore('workflows and campaigns', (crm) => {
  test.each(['workflows', 'campaigns'])('%s: there are none yet', async (what) => {
    for (const slash of ['', '/']) {
      const reply = await crm.v2.get(`/${what}${slash}?locationId=${crm.locationId}`)
      expect([reply.status, bare(reply)]).toEqual([200, { [what]: [] }])
    }
    const { id: theirs } = await crm.given.location()
    expect(refused(await crm.v2.get(`/${what}/`))).toEqual(noLocation())
    expect(refused(await crm.v2.get(`/${what}/?locationId=${theirs}`))).toEqual(foreign)
  })

  test('a contact joins and leaves none', async () => {
    const contact = await crm.given.contact()
    const before = await fingerprint(crm.app.store)
    const workflow = `/contacts/${contact.id}/workflow/w1`
    const campaign = `/contacts/${contact.id}/campaigns/c1`
    const body = { eventStartTime: '2021-06-23T03:30:00+01:00' }

    expect(refused(await crm.v2.post(workflow, body))).toEqual(missing('Workflow'))
    expect(refused(await crm.v2.post(`${workflow}/`))).toEqual(missing('Workflow'))
    expect(refused(await crm.v2.delete(workflow, body))).toEqual(missing('Workflow'))
    expect(refused(await crm.v2.post(workflow, { foo: 1 }))).toEqual(unprocessable('property foo should not exist'))
    expect(refused(await crm.v2.post(campaign))).toEqual(missing('Campaign'))
    expect(refused(await crm.v2.delete(campaign))).toEqual(missing('Campaign'))
    expect(bare(await crm.v2.delete(`/contacts/${contact.id}/campaigns/removeAll`))).toEqual(succeeded)
    expect(await fingerprint(crm.app.store)).toBe(before)
  })

  test('a contact that does not exist is told before them', async () => {
    const contact = await crm.given.contact()
    const { token } = await crm.given.location()

    for (const [who, options] of [
      ['unknown', {}],
      [contact.id, { token }],
    ] as const) {
      for (const rest of ['workflow/w1', 'campaigns/c1']) {
        expect(refused(await crm.v2.post(`/contacts/${who}/${rest}`, undefined, options))).toEqual(missing('Contact'))
        expect(refused(await crm.v2.delete(`/contacts/${who}/${rest}`, undefined, options))).toEqual(missing('Contact'))
      }
      expect(refused(await crm.v2.delete(`/contacts/${who}/campaigns/removeAll`, undefined, options))).toEqual(
        missing('Contact'),
      )
    }
  })
})
