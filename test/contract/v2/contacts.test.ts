import { describe, expect, test } from 'vitest'
import { createOpportunity } from '../../../src/domain/opportunities/commands.ts'
import { bare, onEveryStore } from '../../harness.ts'
import { audit } from '../../support/audit.ts'
import { fingerprint } from '../../support/fingerprint.ts'
import { foreign, missing, refused, unprocessable } from '../../support/refused.ts'
import { noLocation, read, time, totalOf } from './expected.ts'
import {
  badPhone,
  contactOf,
  duplicateContact,
  justCreated,
  readContact,
  settled,
  succeeded,
} from './expectedContact.ts'

/** Fields that hold any text. */
const texts = [
  'companyName',
  'businessId',
  'address1',
  'city',
  'state',
  'country',
  'postalCode',
  'website',
  'timezone',
  'gender',
  'source',
  'type',
  'keyword',
  'ssn',
  'visitorId',
  'attachments',
]

/** E-mail addresses and numbers of contacts in this file, each used once. */
let used = 0
const newEmail = () => `mail${++used}@example.com`
const newPhone = () => `+1202555${String(++used).padStart(4, '0')}`

onEveryStore('creating a contact', (crm) => {
  const create = (fields: object, path = '/contacts/') => crm.v2.post(path, { locationId: crm.locationId, ...fields })

  test('answers the whole contact, with nothing set that was not sent', async () => {
    const email = newEmail()

    const reply = await create({ email })

    expect(reply.status).toBe(201)
    expect(bare(reply)).toEqual({ contact: { ...contactOf(crm, { email }), ...justCreated } })
  })

  test('happens at one moment', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => create({ email: newEmail() })))

    for (const { body } of replies) {
      const { dateAdded, dateUpdated, lastActivity, lastSessionActivityAt } = body.contact
      expect([dateUpdated, lastActivity, lastSessionActivityAt]).toEqual(Array(3).fill(dateAdded))
    }
  })

  test('keeps everything that can be sent', async () => {
    const [owner, follower] = [await crm.given.user(), await crm.given.user()]
    const field = await crm.v2.post(`/locations/${crm.locationId}/customFields`, { name: 'Size', dataType: 'TEXT' })
    const sent = {
      firstName: 'Rosan',
      lastName: 'Deo',
      name: 'Dr. Rosan Deo',
      email: 'Rosan@Deos.com',
      phone: '+18888888888',
      companyName: 'DGS VolMAX',
      businessId: '641c094001436dbc2081e642',
      address1: '3535 1st St N',
      city: 'Dolomite',
      state: 'AL',
      country: 'US',
      postalCode: '35061',
      website: 'https://www.tesla.com',
      timezone: 'America/Chihuahua',
      gender: 'male',
      source: 'public api',
      type: 'customer',
      assignedTo: owner.id,
      tags: ['nisi sint commodo amet', 'consequat'],
      dnd: true,
      dndSettings: {
        Call: { status: 'active', message: 'No calls', code: '103' },
        Email: { status: 'inactive' },
        SMS: { status: 'permanent' },
      },
      inboundDndSettings: { all: { status: 'active', message: 'Said so' } },
      customFields: [{ id: field.body.customField.id, value: 'large' }],
      followers: [follower.id],
      additionalEmails: ['rosan@home.example'],
      additionalPhones: ['+18888888889'],
      attributionSource: { url: 'https://www.example.com/a', utmSource: 'newsletter', gclid: null },
      lastAttributionSource: { url: 'https://www.example.com/b', medium: 'form' },
      keyword: 'crm',
      ssn: '123-45-6789',
      visitorId: 'v1',
      attachments: 'a.pdf',
    }

    const reply = await create({ ...sent, dateOfBirth: '1990-09-25' })

    expect(reply.status).toBe(201)
    const expected = contactOf(crm, {
      ...sent,
      attributions: [sent.attributionSource, sent.lastAttributionSource],
      dateOfBirth: '1990-09-25T00:00:00.000Z',
    })
    expect(bare(reply)).toEqual({ contact: { ...expected, ...justCreated, birthMonth: 9, birthDay: 25 } })
    expect(await readContact(crm, reply.body.contact.id)).toEqual(settled(reply.body.contact))
  })

  test('works with and without the trailing slash, and takes the location from a header too', async () => {
    const headers = { 'location-id': crm.locationId }

    expect((await create({ email: newEmail() }, '/contacts')).status).toBe(201)
    expect((await create({ email: newEmail() }, '/contacts/')).status).toBe(201)
    expect((await crm.v2.post('/contacts/', { email: newEmail() }, { headers })).status).toBe(201)
  })

  test('is one event, with the whole of what is', async () => {
    const email = newEmail()
    const { id } = (await create({ email, tags: ['vip'], dnd: true })).body.contact

    expect(await crm.events(id)).toEqual([
      {
        types: ['ContactCreate'],
        callerId: expect.any(String),
        before: null,
        after: expect.objectContaining({ id, email, tags: ['vip'], dnd: true, noteCount: 0, taskCount: 0 }),
      },
    ])
  })

  describe('the name', () => {
    test.each([
      [
        { firstName: 'Ada', lastName: 'King' },
        { firstName: 'Ada', lastName: 'King', name: 'Ada King' },
      ],
      [{ firstName: 'Ada' }, { firstName: 'Ada', lastName: null, name: 'Ada' }],
      [{ lastName: 'King' }, { firstName: null, lastName: 'King', name: 'King' }],
      [{ name: 'Ada' }, { firstName: 'Ada', lastName: null, name: 'Ada' }],
      [{ name: 'Ada  of Lovelace' }, { firstName: 'Ada', lastName: 'of Lovelace', name: 'Ada  of Lovelace' }],
      [
        { firstName: 'Ada', name: 'Countess' },
        { firstName: 'Ada', lastName: null, name: 'Countess' },
      ],
      [
        { firstName: ' Ada ', lastName: ' ' },
        { firstName: 'Ada', lastName: null, name: 'Ada' },
      ],
      [
        { name: '', firstName: 'Ada' },
        { firstName: 'Ada', lastName: null, name: 'Ada' },
      ],
    ])('sent as %j is kept as %j', async (sent, names) => {
      const { contact } = (await create(sent)).body

      expect(contact).toMatchObject({ ...names, contactName: names.name, fullNameLowerCase: names.name.toLowerCase() })
    })
  })

  test.each(texts)('%s is kept without the blanks around it, and null or blank is nothing', async (field) => {
    const kept = async (value: unknown) => (await create({ firstName: 'Ada', [field]: value })).body.contact[field]

    expect(await kept(' somewhat ')).toBe('somewhat')
    expect(await kept(null)).toBe(null)
    expect(await kept('')).toBe(null)
    expect(await kept('  ')).toBe(null)
  })

  test('null is nothing for everything else that can be empty', async () => {
    const { contact } = (
      await create({
        name: 'Ada',
        firstName: null,
        lastName: null,
        email: null,
        phone: null,
        assignedTo: null,
        dateOfBirth: null,
        tags: null,
        dndSettings: null,
        inboundDndSettings: null,
        followers: null,
        additionalEmails: null,
        additionalPhones: null,
        attributionSource: null,
        lastAttributionSource: null,
      })
    ).body

    expect(settled(contact)).toEqual(contactOf(crm, { name: 'Ada' }))
  })

  describe('the e-mail address', () => {
    test('keeps its case, loses the blanks around it, and is told in lower case too', async () => {
      const { contact } = (await create({ email: ' Ada.King@Example.COM ' })).body

      expect(contact).toMatchObject({ email: 'Ada.King@Example.COM', emailLowerCase: 'ada.king@example.com' })
    })

    test.each([
      'ada',
      'ada@',
      '@example.com',
      'ada@example',
      'ada king@example.com',
      'ada@example..com',
      'Ada <ada@example.com>',
      'ada@example.com,eve@example.com',
      `${'a'.repeat(243)}@example.com`,
    ])('%s is refused, and nothing is created', async (email) => {
      const before = await fingerprint(crm.app.store)

      expect(refused(await create({ firstName: 'Ada', email }))).toEqual(unprocessable('email must be an email'))
      expect(refused(await create({ firstName: 'Ada', additionalEmails: [newEmail(), email] }))).toEqual(
        unprocessable('additionalEmails.1 must be an email'),
      )
      expect(await fingerprint(crm.app.store)).toBe(before)
    })
  })

  describe('the phone number', () => {
    test.each([
      ['+1 (415) 555-2671', '+14155552671'],
      ['(415) 555-2672', '+14155552672'],
      ['1-415-555-2673', '+14155552673'],
      ['+44 20 7946 0958', '+442079460958'],
      ['+49 (0) 89 123456', '+4989123456'],
    ])('%s is kept as %s', async (sent, kept) => {
      expect((await create({ phone: sent })).body.contact.phone).toBe(kept)
    })

    test.each([
      ['1'.repeat(30), 'The string supplied is too long to be a phone number'],
      ['1', 'The string supplied is too short to be a phone number'],
      ['+999 123 4567', 'Invalid country calling code'],
      ['call me', 'The string supplied did not seem to be a phone number'],
      ['call 415 555 2671', 'The string supplied did not seem to be a phone number'],
    ])('%s is refused, and nothing is created', async (phone, message) => {
      const before = await fingerprint(crm.app.store)

      expect(refused(await create({ email: newEmail(), phone }))).toEqual(badPhone(message))
      expect(refused(await create({ email: newEmail(), additionalPhones: [phone] }))).toEqual(badPhone(message))
      expect(await fingerprint(crm.app.store)).toBe(before)
    })

    test("without a country code is of the location's country", async () => {
      const { id: locationId, token } = await crm.given.location({ defaultCountry: 'DE' })

      const reply = await crm.v2.post('/contacts/', { locationId, phone: '030 123456' }, { token })

      expect(reply.body.contact.phone).toBe('+4930123456')
    })
  })

  describe('the date of birth', () => {
    test.each([
      '1990-09-25',
      '1990/9/25',
      '1990.09.25',
      '09-25-1990',
      '9/25/1990',
      '1990-09-25T23:30:00.000Z',
      Date.UTC(1990, 8, 25),
    ])('%s is the 25th of September 1990', async (dateOfBirth) => {
      const { contact } = (await create({ firstName: 'Ada', dateOfBirth })).body

      expect(contact).toMatchObject({ dateOfBirth: '1990-09-25T00:00:00.000Z', birthMonth: 9, birthDay: 25 })
    })

    test('before 1970 is a day like any other', async () => {
      const { contact } = (await create({ firstName: 'Ada', dateOfBirth: '1815-12-10' })).body

      expect(contact).toMatchObject({ dateOfBirth: '1815-12-10T00:00:00.000Z', birthMonth: 12, birthDay: 10 })
    })

    test.each(['soon', '1990-02-30', '25-13-1990', '1990', 9e15, true, []])('%j is refused', async (dateOfBirth) => {
      const reply = await create({ firstName: 'Ada', dateOfBirth })

      expect(refused(reply)).toEqual(unprocessable('dateOfBirth must be a valid date'))
    })
  })

  test('tags are kept in lower case, each once, and are known to the location from then on', async () => {
    const { id, tags } = (await create({ firstName: 'Ada', tags: [' Gold ', 'gold', 'New One', '', ' '] })).body.contact

    expect(tags).toEqual(['gold', 'new one'])
    const known = (await crm.v2.get(`/locations/${crm.locationId}/tags`)).body.tags as { name: string }[]
    expect(known.map(({ name }) => name)).toEqual(expect.arrayContaining(['gold', 'new one']))
    expect((await readContact(crm, id)).tags).toEqual(['gold', 'new one'])
  })

  test('channels not to be disturbed are taken in the spellings of v2 and v3', async () => {
    const on = { status: 'active' }

    const { contact } = (
      await create({ firstName: 'Ada', dndSettings: { Call: on, sms: on, WhatsApp: on, gmb: on, FB: on, email: on } })
    ).body

    expect(contact.dndSettings).toEqual({ Call: on, Email: on, SMS: on, WhatsApp: on, GMB: on, FB: on })
  })

  describe('is refused', () => {
    const wrong: [string, unknown, string[]][] = [
      ['firstName', 5, ['firstName must be a string']],
      ['email', {}, ['email must be a string']],
      ['phone', 14155552671, ['phone must be a string']],
      ['companyName', ['x'], ['companyName must be a string']],
      ['city', 'x'.repeat(256), ['city must be shorter than or equal to 255 characters']],
      ['tags', 'vip', ['tags must be an array']],
      ['tags', [5], ['tags.0 must be a string']],
      ['dnd', 'true', ['dnd must be a boolean value']],
      ['dnd', null, ['dnd should not be empty', 'dnd must be a boolean value']],
      ['dndSettings', { Call: 'active' }, ['dndSettings.Call must be an object']],
      [
        'dndSettings',
        { SMS: { status: 'on' } },
        ['dndSettings.SMS.status must be one of the following values: active, inactive, permanent'],
      ],
      ['dndSettings', { Pigeon: { status: 'active' } }, ['dndSettings.property Pigeon should not exist']],
      ['customFields', {}, ['customFields must be an array']],
      ['followers', ['nobody'], ['followers.0 is invalid']],
      ['assignedTo', 'nobody', ['assignedTo is invalid']],
      ['additionalEmails', newEmail(), ['additionalEmails must be an array']],
      ['attributionSource', { url: 5 }, ['attributionSource.url must be a string']],
      ['foo', 1, ['property foo should not exist']],
      ['id', 'mine', ['property id should not exist']],
    ]

    test.each(wrong)('for %s of %j, and nothing is created', async (field, value, sentences) => {
      const before = await fingerprint(crm.app.store)

      expect(refused(await create({ email: newEmail(), lastName: 'King', [field]: value }))).toEqual(
        unprocessable(...sentences),
      )
      expect(await fingerprint(crm.app.store)).toBe(before)
    })

    test('with nothing to tell the contact by', async () => {
      const nothing = unprocessable('email, phone, name, firstName, lastName or companyName should not be empty')

      expect(refused(await create({}))).toEqual(nothing)
      expect(refused(await create({ email: '', phone: ' ', firstName: null, city: 'London', tags: ['vip'] }))).toEqual(
        nothing,
      )
      for (const field of ['firstName', 'lastName', 'name', 'companyName']) {
        expect((await create({ [field]: 'x' })).status).toBe(201)
      }
    })

    test('without a location, and for another one', async () => {
      const { id: locationId } = await crm.given.location()

      expect(refused(await crm.v2.post('/contacts/', { email: newEmail() }))).toEqual(noLocation())
      expect(refused(await create({ email: newEmail(), locationId }))).toEqual(foreign)
    })
  })

  describe('that is there already', () => {
    test('is refused by its e-mail address in any case, naming who is in the way', async () => {
      const email = newEmail()
      const { id } = (await create({ firstName: 'Ada', email })).body.contact
      const before = await fingerprint(crm.app.store)

      expect(refused(await create({ email: email.toUpperCase() }))).toEqual(duplicateContact(id, 'Ada', 'email'))
      expect(await fingerprint(crm.app.store)).toBe(before)
    })

    test('is refused by its phone number in any spelling, naming who is in the way', async () => {
      const { id } = (await create({ phone: '+1 650 253 0000' })).body.contact

      expect(refused(await create({ phone: '(650) 253-0000', email: newEmail() }))).toEqual(
        duplicateContact(id, null, 'phone'),
      )
    })

    test('is told by its e-mail address before its phone number', async () => {
      const [email, phone] = [newEmail(), newPhone()]
      const byEmail = (await create({ email })).body.contact
      await create({ phone })

      expect(refused(await create({ email, phone }))).toEqual(duplicateContact(byEmail.id, null, 'email'))
    })

    test('is not told by its name or its further addresses', async () => {
      const email = newEmail()
      await create({ firstName: 'Same', email: newEmail(), additionalEmails: [email] })

      expect((await create({ firstName: 'Same', email })).status).toBe(201)
    })

    test('may come again once it was deleted', async () => {
      const email = newEmail()
      const { id } = (await create({ email })).body.contact
      await crm.v2.delete(`/contacts/${id}`)

      expect((await create({ email })).status).toBe(201)
    })

    test('is none of the business of another location', async () => {
      const email = newEmail()
      await create({ email })
      const { id: locationId, token } = await crm.given.location()

      expect((await crm.v2.post('/contacts/', { locationId, email }, { token })).status).toBe(201)
    })

    test('is made once of many that come at once', async () => {
      const email = newEmail()

      const replies = await Promise.all(Array.from({ length: 10 }, () => create({ email })))

      expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(400)])
    })

    test('is made again where the location allows it', async () => {
      const { id: locationId, token } = await crm.given.location({ allowDuplicateContact: true })
      const [email, phone] = [newEmail(), newPhone()]
      const again = () => crm.v2.post('/contacts/', { locationId, email, phone }, { token })

      const [one, two] = [await again(), await again()]

      expect([one.status, two.status]).toEqual([201, 201])
      expect(one.body.contact.id).not.toBe(two.body.contact.id)
    })
  })
})

onEveryStore('a contact', (crm) => {
  test('is answered as its creation answered it, with and without the trailing slash', async () => {
    const contact = await crm.given.contact({ phone: newPhone(), tags: ['vip'] })

    for (const slash of ['', '/']) {
      const reply = await crm.v2.get(`/contacts/${contact.id}${slash}`)
      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({ contact: settled(contact) })
    }
  })

  test('is not found where there is none, nor in another location', async () => {
    const contact = await crm.given.contact()
    const { token } = await crm.given.location()

    expect(refused(await crm.v2.get('/contacts/unknown'))).toEqual(missing('Contact'))
    expect(refused(await crm.v2.get(`/contacts/${contact.id}`, { token }))).toEqual(missing('Contact'))
  })
})

onEveryStore('updating a contact', (crm) => {
  const put = (id: string, body: unknown) => crm.v2.put(`/contacts/${id}`, body)
  const typesOf = async (id: string) => (await crm.events(id)).slice(1).map(({ types }) => types)
  const clock = { dateUpdated: time, lastActivity: time }

  test('answers success in all its spellings and the whole contact', async () => {
    const before = await crm.given.contact({ phone: newPhone(), tags: ['vip'] })

    crm.advance(1000)
    const reply = await put(before.id, { city: 'London', firstName: 'Augusta' })

    const { dateUpdated } = reply.body.contact
    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual({
      ...succeeded,
      contact: contactOf(crm, {
        ...settled(before),
        city: 'London',
        firstName: 'Augusta',
        name: `Augusta ${before.lastName}`,
        contactName: `Augusta ${before.lastName}`,
        firstNameLowerCase: 'augusta',
        fullNameLowerCase: `augusta ${before.lastName.toLowerCase()}`,
        dateUpdated,
        lastActivity: dateUpdated,
      }),
    })
    expect(Date.parse(dateUpdated)).toBeGreaterThanOrEqual(Date.parse(before.dateUpdated) + 1000)
    expect(await readContact(crm, before.id)).toEqual(reply.body.contact)
    expect(await typesOf(before.id)).toEqual([['ContactUpdate']])
  })

  test('works with the trailing slash', async () => {
    const { id } = await crm.given.contact()

    expect((await crm.v2.put(`/contacts/${id}/`, { city: 'London' })).body.contact.city).toBe('London')
  })

  test('with nothing, or with what it is, changes nothing and is no event', async () => {
    const before = await crm.given.contact({ phone: newPhone(), tags: ['vip'], dateOfBirth: '1990-09-25' })
    const same = {
      firstName: before.firstName,
      name: before.name,
      email: before.email,
      phone: before.phone,
      tags: ['VIP'],
      dateOfBirth: before.dateOfBirth,
      city: null,
      dnd: false,
      customFields: [],
    }

    crm.advance(1000)
    for (const body of [{}, undefined, same]) {
      const reply = await put(before.id, body)
      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual({ ...succeeded, contact: settled(before) })
    }
    expect(await typesOf(before.id)).toEqual([])
  })

  test('its event tells how it was before and how it is now', async () => {
    const { id } = await crm.given.contact({ city: 'Paris' })

    await put(id, { city: 'London', tags: ['vip'] })

    const [, event] = await crm.events(id)
    expect(event).toMatchObject({
      types: ['ContactUpdate', 'ContactTagUpdate'],
      before: { id, city: 'Paris', tags: [] },
      after: { id, city: 'London', tags: ['vip'] },
    })
  })

  describe('by one field', () => {
    test.each(texts)('%s: a value is set, absence keeps it, null and "" clear it', async (field) => {
      const { id } = await crm.given.contact()
      const become = async (body: object) => (await put(id, body)).body.contact[field]
      const other = field === 'city' ? { state: 'AL' } : { city: 'London' }

      expect(await become({ [field]: ' somewhat ' })).toBe('somewhat')
      expect(await become(other)).toBe('somewhat')
      expect(await become({ [field]: null })).toBe(null)
      expect(await become({ [field]: 'again' })).toBe('again')
      expect(await become({ [field]: '' })).toBe(null)
      expect(await typesOf(id)).toEqual(Array(5).fill(['ContactUpdate']))
    })

    const email = newEmail()
    const phone = newPhone()
    const attribution = { url: 'https://www.example.com', medium: 'form' }
    const others: { field: string; value: unknown; kept?: unknown; empty: unknown; clear: unknown[] }[] = [
      { field: 'email', value: email, empty: null, clear: [null, '', ' '] },
      { field: 'phone', value: phone, empty: null, clear: [null, '', ' '] },
      {
        field: 'dateOfBirth',
        value: '09-25-1990',
        kept: '1990-09-25T00:00:00.000Z',
        empty: null,
        clear: [null, ''],
      },
      { field: 'tags', value: ['a', 'b'], empty: [], clear: [null, []] },
      { field: 'additionalEmails', value: [email], empty: [], clear: [null, []] },
      { field: 'additionalPhones', value: [phone], empty: [], clear: [null, []] },
      { field: 'dndSettings', value: { SMS: { status: 'active' } }, empty: {}, clear: [null] },
      { field: 'inboundDndSettings', value: { all: { status: 'active' } }, empty: null, clear: [null] },
      { field: 'attributionSource', value: attribution, empty: null, clear: [null] },
      { field: 'lastAttributionSource', value: attribution, empty: null, clear: [null] },
    ]

    test.each(others)('$field: a value is set, absence keeps it, and what is empty clears it', async (one) => {
      const { field, value, kept = value } = one
      const { id } = await crm.given.contact()
      const become = async (body: object) => (await put(id, body)).body.contact[field]

      for (const clear of one.clear) {
        expect(await become({ [field]: value })).toEqual(kept)
        expect(await become({ address1: `${used++}` })).toEqual(kept)
        expect(await become({ [field]: clear })).toEqual(one.empty)
      }
    })

    test.each(['assignedTo', 'followers'])(
      '%s: a user is set, absence keeps, null and nothing clear',
      async (field) => {
        const user = await crm.given.user()
        const [someone, nobody, nothing] = field === 'followers' ? [[user.id], [], []] : [user.id, null, '']
        const { id } = await crm.given.contact()
        const become = async (body: object) => (await put(id, body)).body.contact[field]

        expect(await become({ [field]: someone })).toEqual(someone)
        expect(await become({ city: 'London' })).toEqual(someone)
        expect(await become({ [field]: null })).toEqual(nobody)
        expect(await become({ [field]: someone })).toEqual(someone)
        expect(await become({ [field]: nothing })).toEqual(nobody)
      },
    )

    test('an owner and a follower who were deleted since may stay, and cannot come again', async () => {
      const [gone, other] = [await crm.given.user(), await crm.given.user()]
      const people = { assignedTo: gone.id, followers: [gone.id] }
      const { id } = await crm.given.contact(people)
      await crm.v2.delete(`/users/${gone.id}`)

      expect((await put(id, { ...people, city: 'London' })).body.contact).toMatchObject({ ...people, city: 'London' })
      expect((await put(id, { followers: [gone.id, other.id] })).body.contact.followers).toEqual([gone.id, other.id])
      expect((await put(id, { assignedTo: other.id, followers: [] })).status).toBe(200)
      expect(refused(await put(id, { assignedTo: gone.id }))).toEqual(unprocessable('assignedTo is invalid'))
      expect(refused(await put(id, { followers: [other.id, gone.id] }))).toEqual(
        unprocessable('followers.1 is invalid'),
      )
    })

    test('dnd: is set, kept by absence, and taken back; null is refused', async () => {
      const { id } = await crm.given.contact()
      const become = async (body: object) => (await put(id, body)).body.contact.dnd

      expect(await become({ dnd: true })).toBe(true)
      expect(await become({ city: 'London' })).toBe(true)
      expect(refused(await put(id, { dnd: null }))).toEqual(
        unprocessable('dnd should not be empty', 'dnd must be a boolean value'),
      )
      expect(await become({ dnd: false })).toBe(false)
      expect(await typesOf(id)).toEqual([
        ['ContactUpdate', 'ContactDndUpdate'],
        ['ContactUpdate'],
        ['ContactUpdate', 'ContactDndUpdate'],
      ])
    })

    test('a channel not to be disturbed leaves the other channels as they are', async () => {
      const { id } = await crm.given.contact({ dndSettings: { SMS: { status: 'active' }, Call: { status: 'active' } } })

      const { contact } = (await put(id, { dndSettings: { call: { status: 'inactive', message: 'Call me' } } })).body

      expect(contact.dndSettings).toEqual({
        SMS: { status: 'active' },
        Call: { status: 'inactive', message: 'Call me' },
      })
      expect(await typesOf(id)).toEqual([['ContactUpdate', 'ContactDndUpdate']])
    })

    test('tags are replaced as a whole', async () => {
      const { id } = await crm.given.contact({ tags: ['a', 'b'] })

      expect((await put(id, { tags: ['B', 'c'] })).body.contact.tags).toEqual(['b', 'c'])
      expect(await typesOf(id)).toEqual([['ContactUpdate', 'ContactTagUpdate']])
    })
  })

  describe('by its name', () => {
    test.each([
      [{ firstName: 'Eve' }, ['Eve', 'King', 'Eve King']],
      [{ lastName: null }, ['Ada', null, 'Ada']],
      [{ firstName: '', lastName: '' }, [null, null, null]],
      [{ name: 'Eve of Lovelace' }, ['Eve', 'of Lovelace', 'Eve of Lovelace']],
      [{ name: null }, [null, null, null]],
      [{ name: 'Countess', firstName: 'Eve' }, ['Eve', 'King', 'Countess']],
    ])('%j makes it %j', async (body, [firstName, lastName, name]) => {
      const { id } = await crm.given.contact({ firstName: 'Ada', lastName: 'King' })

      expect((await put(id, body)).body.contact).toMatchObject({ firstName, lastName, name, contactName: name })
    })

    test('shows on its opportunities and finds it from then on', async () => {
      const { id } = await crm.given.contact({ firstName: 'Ada', lastName: 'King' })
      const opportunity = await crm.given.opportunity({ contactId: id })
      const found = async (q: string) => totalOf(crm, { q, contact_id: id })

      const { contact } = (await put(id, { firstName: 'Zerubbabel', companyName: 'Analytical', phone: newPhone() }))
        .body

      expect((await read(crm, opportunity.id)).contact).toEqual({
        id,
        name: 'Zerubbabel King',
        companyName: 'Analytical',
        email: contact.email,
        phone: contact.phone,
        tags: [],
      })
      expect([await found('zerubba'), await found('analytic'), await found('Ada King')]).toEqual([1, 1, 0])
    })
  })

  describe('is refused', () => {
    test('for values of the wrong kind and unknown properties, and nothing is changed', async () => {
      const { id } = await crm.given.contact()
      const before = await fingerprint(crm.app.store)
      const bodies: [object, string[]][] = [
        [{ city: 'London', email: 'ada' }, ['email must be an email']],
        [{ city: 5 }, ['city must be a string']],
        [{ tags: 'vip' }, ['tags must be an array']],
        [{ assignedTo: 'nobody' }, ['assignedTo is invalid']],
        [{ followers: ['nobody'] }, ['followers.0 is invalid']],
        [{ customFields: [{ id: 'unknown', field_value: 1 }] }, ['customFields.0.id is invalid']],
        [
          { foo: 1, locationId: crm.locationId, city: 5 },
          ['property foo should not exist', 'property locationId should not exist', 'city must be a string'],
        ],
      ]

      for (const [body, sentences] of bodies) expect(refused(await put(id, body))).toEqual(unprocessable(...sentences))
      expect(refused(await put(id, { city: 'London', phone: 'none' }))).toEqual(
        badPhone('The string supplied did not seem to be a phone number'),
      )
      expect(await fingerprint(crm.app.store)).toBe(before)
    })

    test('where nothing would remain to tell the contact by', async () => {
      const { id } = (await crm.v2.post('/contacts/', { locationId: crm.locationId, email: newEmail() })).body.contact

      expect(refused(await put(id, { email: null }))).toEqual(
        unprocessable('email, phone, name, firstName, lastName or companyName should not be empty'),
      )
      expect((await put(id, { email: null, companyName: 'Analytical' })).status).toBe(200)
    })

    test('where there is no such contact', async () => {
      const ours = await crm.given.contact()
      const gone = await crm.given.contact()
      await crm.v2.delete(`/contacts/${gone.id}`)
      const { token } = await crm.given.location()

      expect(refused(await put('unknown', { city: 'London' }))).toEqual(missing('Contact'))
      expect(refused(await put(gone.id, {}))).toEqual(missing('Contact'))
      expect(refused(await crm.v2.put(`/contacts/${ours.id}`, { city: 'London' }, { token }))).toEqual(
        missing('Contact'),
      )
    })
  })

  describe('into what another is', () => {
    test("is refused by the other's e-mail address or phone number", async () => {
      const phone = newPhone()
      const other = await crm.given.contact({ phone })
      const { id, email } = await crm.given.contact()

      expect(refused(await put(id, { city: 'London', email: other.email.toUpperCase() }))).toEqual(
        duplicateContact(other.id, other.name, 'email'),
      )
      expect(refused(await put(id, { phone }))).toEqual(duplicateContact(other.id, other.name, 'phone'))
      expect(await readContact(crm, id)).toMatchObject({ email, phone: null, city: null })
    })

    test('is not refused for what it has itself, in another case too', async () => {
      const { id, email } = await crm.given.contact({ phone: newPhone() })

      const reply = await put(id, { email: email.toUpperCase() })

      expect(reply.body.contact).toMatchObject({ email: email.toUpperCase(), emailLowerCase: email })
    })

    test('is allowed where the location allows it, and what is shared since may stay when it no longer does', async () => {
      const { id: locationId, token } = await crm.given.location({ allowDuplicateContact: true })
      const email = newEmail()
      const create = async (fields: object) =>
        (await crm.v2.post('/contacts/', { locationId, ...fields }, { token })).body.contact
      await create({ email })
      const { id } = await create({ firstName: 'Ada' })
      const change = (body: object) => crm.v2.put(`/contacts/${id}`, body, { token })

      expect((await change({ email })).status).toBe(200)
      await crm.v2.put(`/locations/${locationId}`, { settings: { allowDuplicateContact: false } }, { token })
      expect((await change({ email, city: 'London' })).status).toBe(200)
    })
  })

  test('by many at once loses none of the changes', async () => {
    const { id } = await crm.given.contact()

    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, at) => put(id, at % 2 ? { city: `city ${at}` } : { state: `state ${at}` })),
    )

    expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect(await typesOf(id)).toHaveLength(10)
    expect(await readContact(crm, id)).toMatchObject({
      city: expect.stringMatching('city'),
      state: expect.stringMatching('state'),
      ...clock,
    })
  })
})

onEveryStore('deleting a contact', (crm) => {
  test('answers success in all its spellings, with and without the trailing slash', async () => {
    for (const slash of ['', '/']) {
      const { id } = await crm.given.contact()

      const reply = await crm.v2.delete(`/contacts/${id}${slash}`)

      expect(reply.status).toBe(200)
      expect(bare(reply)).toEqual(succeeded)
    }
  })

  test('is an event with the whole of what was', async () => {
    const { id, email } = await crm.given.contact({ tags: ['vip'] })

    await crm.v2.delete(`/contacts/${id}`)

    const [created, deleted, ...more] = await crm.events(id)
    expect(deleted).toEqual({
      types: ['ContactDelete'],
      callerId: expect.any(String),
      before: created?.after,
      after: null,
    })
    expect(deleted?.before).toMatchObject({ id, email, tags: ['vip'] })
    expect(more).toEqual([])
  })

  test('takes it from every reader at once', async () => {
    const { locationId } = crm
    const { id, email } = await crm.given.contact({ tags: ['leaving'] })
    const total = async () => (await crm.v2.get(`/contacts/?locationId=${locationId}&limit=1`)).body.meta.total
    const before = await total()

    await crm.v2.delete(`/contacts/${id}`)

    expect(await total()).toBe(before - 1)
    const list = await crm.v2.get(`/contacts/?locationId=${locationId}&query=${email}`)
    expect([list.body.contacts, list.body.count]).toEqual([[], 0])
    for (const filter of [
      { field: 'email', operator: 'eq', value: email },
      { field: 'tags', operator: 'eq', value: 'leaving' },
    ]) {
      expect((await crm.v2.post('/contacts/search', { locationId, filters: [filter] })).body.total).toBe(0)
    }
    const duplicate = await crm.v2.get(`/contacts/search/duplicate?locationId=${locationId}&email=${email}`)
    expect(bare(duplicate)).toEqual({ contact: null })
  })

  test('takes its notes and tasks along, each with an event of its own', async () => {
    const { id } = await crm.given.contact()
    const { note } = (await crm.v2.post(`/contacts/${id}/notes`, { body: 'Hush' })).body
    const { task } = (
      await crm.v2.post(`/contacts/${id}/tasks`, { title: 'Call', dueDate: '2030-01-01', completed: false })
    ).body

    await crm.v2.delete(`/contacts/${id}`)

    for (const path of ['', '/notes', '/tasks', `/notes/${note.id}`, `/tasks/${task.id}`]) {
      expect(refused(await crm.v2.get(`/contacts/${id}${path}`))).toEqual(missing('Contact'))
    }
    const left = await crm.v2.post(`/locations/${crm.locationId}/tasks/search`, { contactId: [id] })
    expect(left.body.tasks).toEqual([])
    const last = async (recordId: string) => (await crm.events(recordId)).at(-1)
    expect(await last(note.id)).toMatchObject({ types: ['NoteDelete'], before: { id: note.id }, after: null })
    expect(await last(task.id)).toMatchObject({ types: ['TaskDelete'], before: { id: task.id }, after: null })
    expect(await audit(crm.app.store)).toEqual([])
  })

  test('deletes its opportunities, each with an event of its own, and counts them out', async () => {
    const { id: contactId } = await crm.given.contact()
    const other = await crm.given.opportunity({ monetaryValue: 7 })
    const total = () => totalOf(crm, { pipeline_id: crm.pipeline.id })
    const before = await total()
    const ids = [
      (await crm.given.opportunity({ contactId, monetaryValue: 10.5 })).id,
      (await crm.given.opportunity({ contactId, status: 'won', pipelineStageId: crm.stages[1]?.id })).id,
    ]

    await crm.v2.delete(`/contacts/${contactId}`)

    for (const id of ids) {
      expect(refused(await crm.v2.get(`/opportunities/${id}`))).toEqual(missing('Opportunity'))
      const [created, deleted, ...more] = await crm.events(id)
      expect(deleted).toMatchObject({ types: ['OpportunityDelete'], before: created?.after, after: null })
      expect(more).toEqual([])
    }
    expect(await total()).toBe(before)
    expect((await read(crm, other.id)).monetaryValue).toBe(7)
    expect(await audit(crm.app.store)).toEqual([])
  })

  test('deletes more opportunities than one batch holds', async () => {
    const contact = await crm.given.contact()
    const ctx = crm.as(crm.locationId)
    const wish = { name: 'One of many', pipelineId: crm.pipeline.id, status: 'open', contactId: contact.id } as const
    await Promise.all(Array.from({ length: 501 }, () => createOpportunity(ctx, wish)))

    await crm.v2.delete(`/contacts/${contact.id}`)

    expect(await totalOf(crm, { contact_id: contact.id })).toBe(0)
    expect(await audit(crm.app.store)).toEqual([])
  })

  test('is not found where there is none, nor twice, nor in another location', async () => {
    const { id } = await crm.given.contact()
    const { token } = await crm.given.location()

    expect(refused(await crm.v2.delete('/contacts/unknown'))).toEqual(missing('Contact'))
    expect(refused(await crm.v2.delete(`/contacts/${id}`, undefined, { token }))).toEqual(missing('Contact'))
    expect((await crm.v2.delete(`/contacts/${id}`)).status).toBe(200)
    expect(refused(await crm.v2.delete(`/contacts/${id}`))).toEqual(missing('Contact'))
  })

  test('by two at once succeeds for one of them', async () => {
    const { id } = await crm.given.contact()

    const replies = await Promise.all([crm.v2.delete(`/contacts/${id}`), crm.v2.delete(`/contacts/${id}`)])

    expect(replies.map(({ status }) => status).sort()).toEqual([200, 404])
  })
})

onEveryStore('upserting a contact', (crm) => {
  const upsert = (fields: object, path = '/contacts/upsert') =>
    crm.v2.post(path, { locationId: crm.locationId, ...fields })
  const typesOf = async (id: string) => (await crm.events(id)).slice(1).map(({ types }) => types)

  test('of somebody new creates the contact and says so', async () => {
    const [email, phone] = [newEmail(), newPhone()]

    const reply = await upsert({ firstName: 'Ada', lastName: 'King', email, phone, tags: ['Vip'] })

    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual({
      new: true,
      contact: contactOf(crm, {
        firstName: 'Ada',
        lastName: 'King',
        name: 'Ada King',
        email,
        phone,
        tags: ['vip'],
      }),
    })
    const { id } = reply.body.contact
    expect(await readContact(crm, id)).toEqual(reply.body.contact)
    expect((await crm.events(id)).map(({ types }) => types)).toEqual([['ContactCreate']])
  })

  test('of somebody known by the e-mail address updates what is sent and keeps the rest', async () => {
    const before = await crm.given.contact({ city: 'London', tags: ['vip'], companyName: 'Analytical' })

    crm.advance(1000)
    const reply = await upsert({ email: before.email.toUpperCase(), state: 'AL', companyName: null })

    const { dateUpdated } = reply.body.contact
    expect(reply.status).toBe(200)
    expect(bare(reply)).toEqual({
      new: false,
      contact: {
        ...settled(before),
        email: before.email.toUpperCase(),
        state: 'AL',
        companyName: null,
        dateUpdated,
        lastActivity: dateUpdated,
      },
    })
    expect(dateUpdated).not.toBe(before.dateUpdated)
    expect(await typesOf(before.id)).toEqual([['ContactUpdate']])
  })

  test('of somebody known by the phone number, in any spelling, does the same', async () => {
    const before = await crm.given.contact({ phone: '+1 650 253 0001', tags: ['vip'] })
    const email = newEmail()

    const reply = await upsert({ phone: '650.253.0001', email })

    expect(reply.body).toMatchObject({ new: false, contact: { id: before.id, email, tags: ['vip'] } })
  })

  test('means the owner of the e-mail address before the owner of the phone number', async () => {
    const phone = newPhone()
    await crm.given.contact({ phone })
    const byEmail = await crm.given.contact({ phone: newPhone() })

    expect((await upsert({ email: byEmail.email, city: 'London' })).body.contact.id).toBe(byEmail.id)
  })

  test("is refused rather than dropping a phone number that is another's", async () => {
    const phone = newPhone()
    const other = await crm.given.contact({ phone })
    const before = await crm.given.contact()

    const reply = await upsert({ email: before.email, phone, city: 'London' })

    expect(refused(reply)).toEqual(duplicateContact(other.id, other.name, 'phone'))
    expect(await readContact(crm, before.id)).toEqual(settled(before))
  })

  test('replaces the tags where it has some', async () => {
    const { id, email } = await crm.given.contact({ tags: ['a', 'b'] })

    expect((await upsert({ email, tags: ['c'] })).body.contact.tags).toEqual(['c'])
    expect(await typesOf(id)).toEqual([['ContactUpdate', 'ContactTagUpdate']])
  })

  test('changes nothing where nothing differs, and is no event', async () => {
    const before = await crm.given.contact({ tags: ['vip'] })

    crm.advance(1000)
    const reply = await upsert({ email: before.email, firstName: before.firstName })

    expect(bare(reply)).toEqual({ new: false, contact: settled(before) })
    expect(await typesOf(before.id)).toEqual([])
  })

  test('without e-mail address and phone number creates somebody new each time', async () => {
    const [one, two] = [await upsert({ firstName: 'Ada' }), await upsert({ firstName: 'Ada' })]

    expect([one.body.new, two.body.new]).toEqual([true, true])
    expect(one.body.contact.id).not.toBe(two.body.contact.id)
  })

  test('works with the trailing slash, and takes the location from a header too', async () => {
    const headers = { 'location-id': crm.locationId }

    expect((await upsert({ email: newEmail() }, '/contacts/upsert/')).body.new).toBe(true)
    expect((await crm.v2.post('/contacts/upsert', { email: newEmail() }, { headers })).body.new).toBe(true)
  })

  test('by many at once makes one', async () => {
    const email = newEmail()

    const replies = await Promise.all(Array.from({ length: 10 }, (_, at) => upsert({ email, city: `city ${at}` })))

    expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect(replies.filter(({ body }) => body.new)).toHaveLength(1)
    expect(new Set(replies.map(({ body }) => body.contact.id)).size).toBe(1)
  })

  test('creates a double when it is asked to, where the location allows doubles', async () => {
    const { id: locationId, token } = await crm.given.location({ allowDuplicateContact: true })
    const email = newEmail()
    const send = async (fields: object = {}) =>
      (await crm.v2.post('/contacts/upsert', { locationId, email, ...fields }, { token })).body

    const first = await send()
    const second = await send({ createNewIfDuplicateAllowed: true })
    const third = await send({ createNewIfDuplicateAllowed: false })

    expect([first.new, second.new, third.new]).toEqual([true, true, false])
    expect(second.contact.id).not.toBe(first.contact.id)
    expect(third.contact.id).toBe(first.contact.id)
  })

  test('updates all the same where the location does not', async () => {
    const { id, email } = await crm.given.contact()

    const reply = await upsert({ email, createNewIfDuplicateAllowed: true, city: 'London' })

    expect(reply.body).toMatchObject({ new: false, contact: { id, city: 'London' } })
  })

  describe('is refused', () => {
    test('for values of the wrong kind and unknown properties, whoever is meant', async () => {
      const known = await crm.given.contact()
      const before = await fingerprint(crm.app.store)

      for (const email of [newEmail(), known.email]) {
        expect(refused(await upsert({ email, tags: 'vip', foo: 1 }))).toEqual(
          unprocessable('property foo should not exist', 'tags must be an array'),
        )
        expect(refused(await upsert({ email, assignedTo: 'nobody' }))).toEqual(unprocessable('assignedTo is invalid'))
        expect(refused(await upsert({ email, createNewIfDuplicateAllowed: 'yes' }))).toEqual(
          unprocessable('createNewIfDuplicateAllowed must be a boolean value'),
        )
        expect(refused(await upsert({ email, phone: 'none' }))).toEqual(
          badPhone('The string supplied did not seem to be a phone number'),
        )
      }
      expect(refused(await upsert({ email: 'ada' }))).toEqual(unprocessable('email must be an email'))
      expect(await fingerprint(crm.app.store)).toBe(before)
    })

    test('with nothing to tell the contact by', async () => {
      expect(refused(await upsert({ city: 'London' }))).toEqual(
        unprocessable('email, phone, name, firstName, lastName or companyName should not be empty'),
      )
    })

    test('without a location, and for another one', async () => {
      const { id: locationId } = await crm.given.location()

      expect(refused(await crm.v2.post('/contacts/upsert', { email: newEmail() }))).toEqual(noLocation())
      expect(refused(await upsert({ email: newEmail(), locationId }))).toEqual(foreign)
    })
  })
})
