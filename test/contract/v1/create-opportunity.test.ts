import { beforeAll, describe, expect, test } from 'vitest'
import { onEveryStore } from '../../harness.ts'
import { missing, unprocessable } from '../../support/refused.ts'
import { duplicate, stageMismatch } from '../v2/expected.ts'
import { personOf, place, refused, rowOf, totals } from './expected.ts'

onEveryStore('creating an opportunity in v1', (crm) => {
  let body: Record<string, unknown>
  beforeAll(() => {
    body = { title: 'A deal', stageId: crm.stages[0]?.id, status: 'open' }
  })
  const create = (fields: object = {}, path = `${place(crm)}/`) => crm.v1.post(path, { ...body, ...fields })
  const contact = async (id: string) => (await crm.v2.get(`/contacts/${id}`)).body.contact
  /** What nothing came of: the refusal, and as many opportunities and contacts as before. */
  async function refusal(fields: object, path?: string) {
    const before = await totals(crm)
    const reply = await create(fields, path)
    expect(await totals(crm)).toEqual(before)
    return refused(reply)
  }

  describe('for a contact by its id', () => {
    test('answers the row, with nothing set that was not sent', async () => {
      const { id, name, email } = await crm.given.contact()

      const reply = await create({ contactId: id })

      expect(reply.status).toBe(200)
      expect(reply.body).toEqual(rowOf(crm, personOf({ id, name, email })))
      expect((await crm.v1.get(place(crm, reply.body.id))).body).toEqual(reply.body)
      const { createdAt, updatedAt, lastStatusChangeAt } = reply.body
      expect([updatedAt, lastStatusChangeAt]).toEqual([createdAt, createdAt])
    })

    test('keeps everything that can be sent', async () => {
      const { id, email } = await crm.given.contact({ tags: ['vip'] })
      const owner = await crm.given.user()

      const reply = await create({
        title: 'First Opps',
        stageId: crm.stages[2]?.id,
        status: 'lost',
        contactId: id,
        monetaryValue: 220.55,
        assignedTo: owner.id,
        source: 'form',
        name: 'John Deo',
        companyName: 'Tesla Inc',
        phone: '+1 202-555-0107',
        tags: ['New', 'vip'],
      })

      const known = { name: 'John Deo', companyName: 'Tesla Inc', phone: '+12025550107', tags: ['vip', 'new'] }
      expect(reply.body).toEqual(
        rowOf(crm, personOf({ id, email, ...known }), {
          name: 'First Opps',
          pipelineStageId: crm.stages[2]?.id,
          status: 'lost',
          monetaryValue: 220.55,
          assignedTo: owner.id,
          source: 'form',
        }),
      )
      expect(await contact(id)).toMatchObject({ firstName: 'John', lastName: 'Deo', ...known })
    })

    test('gives it to the owner of the contact, unless another is named or nobody', async () => {
      const [owner, other] = [await crm.given.user(), await crm.given.user()]
      const { id } = await crm.given.contact({ assignedTo: owner.id })

      const assignees = [{}, { assignedTo: other.id }, { assignedTo: '' }, { assignedTo: null }].map(
        async (fields) => (await create({ contactId: id, ...fields })).body.assignedTo,
      )

      expect(await Promise.all(assignees)).toEqual([owner.id, other.id, null, null])
    })

    test('that is not there says so, and makes nothing', async () => {
      const theirs = await crm.given.location()
      const { contact: foreigner } = (
        await crm.v2.post('/contacts/', { locationId: theirs.id, email: 'far@example.com' }, { token: theirs.token })
      ).body

      expect(await refusal({ contactId: 'nobody' })).toEqual(missing('Contact'))
      expect(await refusal({ contactId: foreigner.id })).toEqual(missing('Contact'))
      expect(await refusal({ contactId: 'nobody', email: 'new@example.com' })).toEqual(missing('Contact'))
    })
  })

  describe('for a contact by e-mail or phone', () => {
    test('creates the contact where there is none', async () => {
      const known = { name: 'Grace Hopper', companyName: 'Navy', tags: ['Admiral'] }

      const reply = await create({ email: 'Grace@example.com', phone: '(202) 555-0143', ...known })

      const shown = { email: 'Grace@example.com', phone: '+12025550143', ...known, tags: ['admiral'] }
      expect(reply.body).toEqual(rowOf(crm, personOf(shown)))
      expect(await contact(reply.body.contact.id)).toMatchObject({ ...shown, firstName: 'Grace', lastName: 'Hopper' })
      const events = await crm.events(reply.body.contact.id)
      expect(events.map(({ types }) => types)).toEqual([['ContactCreate']])
      expect(await crm.events(reply.body.id)).toMatchObject([{ types: ['OpportunityCreate', 'OpportunityUpdate'] }])
    })

    test.each([
      ['e-mail', { email: 'ADA@lovelace.org' }],
      ['phone', { phone: '202-555-0199' }],
      ['phone, when the e-mail is new to everybody', { email: 'ada.new@lovelace.org', phone: '+12025550199' }],
    ])('finds it by its %s', async (_, by) => {
      const own = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@lovelace.org', phone: '+12025550199' }
      const known = (await crm.v2.post('/contacts/upsert', { locationId: crm.locationId, ...own })).body.contact
      const before = await totals(crm)

      const reply = await create(by)

      expect(reply.status).toBe(200)
      expect(reply.body.contact).toMatchObject({ id: known.id, name: 'Ada Lovelace' })
      expect(await totals(crm)).toEqual({ contacts: before.contacts, opportunities: before.opportunities + 1 })
      await crm.v2.put(`/contacts/${known.id}`, own)
    })

    test('writes to the one it finds what came along; its tags stay, and what was left blank', async () => {
      const own = { name: 'Bob Roe', email: 'bob@example.com', companyName: 'Roe', tags: ['old'] }
      const { id } = await crm.given.contact(own)

      const reply = await create({
        email: own.email,
        phone: '+12025550111',
        tags: ['new', 'OLD'],
        name: '',
        companyName: ' ',
      })

      const shown = { name: 'Bob Roe', companyName: 'Roe', email: own.email, phone: '+12025550111' }
      expect(reply.body.contact).toEqual(personOf({ id, ...shown, tags: ['old', 'new'] }))
      expect((await create({ email: own.email, name: 'Rob Roe' })).body.contact).toMatchObject({ id, name: 'Rob Roe' })
    })

    test('changes nothing of one that is as it was said to be', async () => {
      const { id, email } = await crm.given.contact({ name: 'Same', tags: ['same'] })
      const before = await contact(id)

      await create({ email, name: 'Same', tags: ['same'] })

      expect(await contact(id)).toEqual(before)
      expect(await crm.events(id)).toHaveLength(1)
    })

    test('takes blanks for nothing said', async () => {
      const { id, email } = await crm.given.contact()

      for (const blank of ['', ' ', null]) {
        expect((await create({ contactId: blank, email, phone: blank })).body.contact.id).toBe(id)
      }
      expect((await create({ contactId: null, email: null, phone: null, name: 'Nobody' })).status).toBe(422)
      expect(await refusal({ contactId: '', email: ' ', phone: '' })).toEqual(
        unprocessable('contactId, email or phone should not be empty'),
      )
    })

    test('makes one contact for many who ask at once', async () => {
      const replies = await Promise.all(
        Array.from({ length: 8 }, () => create({ email: 'many@example.com', phone: '+12025550177', tags: ['many'] })),
      )

      expect(new Set(replies.map(({ body }) => body.contact.id)).size).toBe(1)
      expect(new Set(replies.map(({ body }) => body.id)).size).toBe(8)
    })

    test('makes neither where the other cannot be made', async () => {
      const person = { email: 'never@example.com', name: 'Never' }
      const { stages } = await crm.given.pipeline()

      expect(await refusal({ ...person, stageId: stages[0]?.id })).toEqual(stageMismatch)
      expect(await refusal({ ...person, stageId: 'nothing' })).toEqual(stageMismatch)
      expect(await refusal({ ...person, assignedTo: 'nobody' })).toEqual(unprocessable('assignedTo is invalid'))
      expect((await crm.v1.get('/v1/contacts/lookup?email=never@example.com')).body).toEqual({ contacts: [] })
    })

    test('leaves the one it finds as it was where the opportunity cannot be made', async () => {
      const { id, email } = await crm.given.contact()
      const before = await contact(id)

      await refusal({ email, name: 'Changed', tags: ['changed'], assignedTo: 'nobody' })

      expect(await contact(id)).toEqual(before)
    })

    test('refuses what is no e-mail address or phone number, and makes nothing', async () => {
      const noEmail = unprocessable('email must be an email')
      const badPhone = (message: string) => [
        400,
        { statusCode: 400, error: 'Bad Request', message, code: 'INVALID_PHONE' },
      ]

      expect(await refusal({ email: 'nonsense' })).toEqual(noEmail)
      expect(await refusal({ email: 'nonsense', phone: '+12025550107' })).toEqual(noEmail)
      expect(await refusal({ contactId: (await crm.given.contact()).id, email: 'nonsense' })).toEqual(noEmail)
      expect(await refusal({ phone: 'nonsense' })).toEqual(
        badPhone('The string supplied did not seem to be a phone number'),
      )
      expect(await refusal({ phone: '+1202555010712345678' })).toEqual(
        badPhone('The string supplied is too long to be a phone number'),
      )
    })

    test("refuses to give a contact another one's number", async () => {
      const phone = '+12025550188'
      const { email } = await crm.given.contact()
      const taken = await crm.given.contact({ phone })

      const refusedFor = [
        400,
        {
          statusCode: 400,
          message: 'This location does not allow duplicated contacts.',
          meta: { contactId: taken.id, contactName: taken.contactName, matchingField: 'phone' },
        },
      ]

      expect(await refusal({ email, phone })).toEqual(refusedFor)
      expect(await refusal({ contactId: (await crm.given.contact()).id, phone })).toEqual(refusedFor)
    })
  })

  describe('refuses', () => {
    test.each([
      ['no title', { title: undefined }, ['title should not be empty', 'title must be a string']],
      ['a blank title', { title: ' ' }, ['title should not be empty']],
      ['a title that is no text', { title: 5 }, ['title must be a string']],
      ['no stage', { stageId: undefined }, ['stageId should not be empty', 'stageId must be a string']],
      ['a stage of null', { stageId: null }, ['stageId should not be empty', 'stageId must be a string']],
      ['an empty stage', { stageId: '' }, ['stageId should not be empty']],
      [
        'no status',
        { status: undefined },
        ['status should not be empty', 'status must be one of the following values: open, won, lost, abandoned'],
      ],
      ['status all', { status: 'all' }, ['status must be one of the following values: open, won, lost, abandoned']],
      [
        'a value in text',
        { monetaryValue: '220' },
        ['monetaryValue must be a number conforming to the specified constraints'],
      ],
      ['tags that are no list', { tags: 'vip' }, ['tags must be an array']],
      ['a tag that is no text', { tags: ['vip', 5] }, ['tags.1 must be a string']],
      ['a contact id that is no text', { contactId: 5 }, ['contactId must be a string']],
      ['an e-mail that is no text', { email: {} }, ['email must be a string']],
      ['a phone that is no text', { phone: 12025550107 }, ['phone must be a string']],
      ['a name that is no text', { name: ['John'] }, ['name must be a string']],
      ['an assignee that is no text', { assignedTo: 1 }, ['assignedTo must be a string']],
      [
        'several at once, in the order of the page',
        { title: '', status: 'maybe', monetaryValue: 'much' },
        [
          'title should not be empty',
          'status must be one of the following values: open, won, lost, abandoned',
          'monetaryValue must be a number conforming to the specified constraints',
        ],
      ],
    ])('%s, and makes nothing', async (_, fields, message) => {
      expect(await refusal({ email: 'never@example.com', ...fields })).toEqual(unprocessable(...message))
    })

    test('a pipeline that is not there, or is elsewhere', async () => {
      const { pipeline } = await crm.given.location()
      const person = { email: 'never@example.com' }

      expect(await refusal(person, place(crm, undefined, 'nothing'))).toEqual(missing('Pipeline'))
      expect(await refusal(person, place(crm, undefined, pipeline.id))).toEqual(missing('Pipeline'))
    })

    test('what is no object, or no JSON', async () => {
      const notJson = [400, { statusCode: 400, message: 'Bad Request', error: 'Bad Request' }]

      expect(refused(await crm.v1.post(place(crm), '{broken'))).toEqual(notJson)
      expect(refused(await crm.v1.post(place(crm), 'title=x'))).toEqual(notJson)
      expect(refused(await crm.v1.post(place(crm), '[]'))).toEqual(unprocessable('body must be an object'))
    })
  })

  test('passes over what v1 does not know, and lets none of it through', async () => {
    const { id: contactId } = await crm.given.contact()
    const { pipeline } = await crm.given.location()
    const unknown = {
      locationId: 'elsewhere',
      id: 'chosen',
      pipelineId: pipeline.id,
      pipelineStageId: 'nothing',
      followers: ['nobody'],
      customFields: 5,
      lostReasonId: 'nothing',
      forecastProbability: 'high',
      createdAt: 0,
      foo: { bar: 1 },
    }

    const reply = await create({ contactId, ...unknown })

    expect(reply.status).toBe(200)
    const { id, createdAt } = reply.body
    expect(reply.body).toEqual(rowOf(crm, expect.anything()))
    expect(Date.parse(createdAt)).toBeGreaterThan(Date.now() - 60_000)
    expect((await crm.v2.get(`/opportunities/${id}`)).body.opportunity).toMatchObject({
      id,
      locationId: crm.locationId,
      followers: [],
      customFields: [],
      lostReasonId: null,
      forecastProbability: null,
    })
  })

  test('keeps what people write, in whatever script', async () => {
    const [title, name, companyName, email] = ['Küche für 李 🍳', 'José Ñandú', '株式会社', 'ü@exämple.com']

    const { status, body: row } = await create({ title, name, companyName, email, tags: ['Été'] })

    expect(status).toBe(200)
    expect(row).toMatchObject({ name: title, contact: { name, companyName, email, tags: ['été'] } })
    for (const query of ['kü', 'für 李', '式会社', 'ñandú', 'ü@ex']) {
      const { opportunities } = (await crm.v1.get(`${place(crm)}?${new URLSearchParams({ query })}`)).body
      expect(opportunities, query).toEqual([row])
    }
  })

  test('goes by any label, and with or without the slash', async () => {
    const { id: contactId } = await crm.given.contact()
    const text = JSON.stringify({ ...body, contactId })
    const labels = ['application/x-www-form-urlencoded', 'text/plain', 'application/json']

    const replies = await Promise.all(
      labels.flatMap((label) =>
        [place(crm), `${place(crm)}/`].map((path) => crm.v1.post(path, text, { headers: { 'content-type': label } })),
      ),
    )

    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
  })

  test('allows a contact a second one in the pipeline unless the location does not', async () => {
    const { id: contactId, email } = await crm.given.contact()
    const first = (await create({ contactId })).body
    expect((await create({ contactId })).status).toBe(200)
    await crm.v2.put(`/locations/${crm.locationId}`, { settings: { allowDuplicateOpportunity: false } })

    const [byId, byEmail] = [await refusal({ contactId }), await refusal({ email, tags: ['never'] })]
    const ofNobodyYet = await create({ email: 'second@example.com' })
    await crm.v2.put(`/locations/${crm.locationId}`, { settings: { allowDuplicateOpportunity: true } })

    expect(byId).toEqual(duplicate(first.id))
    expect(byEmail).toEqual(duplicate(first.id))
    expect(ofNobodyYet.status).toBe(200)
    expect((await contact(contactId)).tags).toEqual([])
  })
})
