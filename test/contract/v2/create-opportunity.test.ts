import { describe, expect, test } from 'vitest'
import { bare, onEveryStore, startCrm } from '../../harness.ts'
import { foreign, missing, refused, unprocessable } from '../../support/refused.ts'
import {
  customField,
  duplicate,
  lostReason,
  noLocation,
  opportunityOf,
  pipelineMismatch,
  read,
  rowsOf,
  stageMismatch,
  strictLocation,
  time,
  totalOf,
} from './expected.ts'

onEveryStore('creating an opportunity', (crm) => {
  const body = (contactId: string, fields: object = {}) => ({
    locationId: crm.locationId,
    pipelineId: crm.pipeline.id,
    name: 'A deal',
    status: 'open',
    contactId,
    ...fields,
  })
  const create = async (fields: object = {}) =>
    crm.v2.post('/opportunities/', body((await crm.given.contact()).id, fields))

  test('answers the whole opportunity, in the first stage, with nothing set that was not sent', async () => {
    const contact = await crm.given.contact({ phone: '+14155550123', companyName: 'Acme', tags: ['vip'] })

    const reply = await crm.v2.post('/opportunities/', body(contact.id))

    expect(reply.status).toBe(201)
    expect(bare(reply)).toEqual({ opportunity: opportunityOf(crm, contact) })
    expect(await read(crm, reply.body.opportunity.id)).toEqual(reply.body.opportunity)
    const { createdAt, updatedAt, lastStageChangeAt, lastStatusChangeAt } = reply.body.opportunity
    expect([updatedAt, lastStageChangeAt, lastStatusChangeAt]).toEqual([createdAt, createdAt, createdAt])
  })

  test('keeps everything that can be sent', async () => {
    const contact = await crm.given.contact()
    const owner = await crm.given.user()
    const follower = await crm.given.user()
    const reason = await lostReason(crm, 'Price')
    const field = await customField(crm, 'Colour', 'TEXT')
    const sent = {
      name: 'First Opps',
      status: 'lost',
      pipelineStageId: crm.stages[2]?.id,
      monetaryValue: 220.55,
      assignedTo: owner.id,
      source: 'public api',
      lostReasonId: reason.id,
      followers: [follower.id],
      forecastProbability: 35,
    }

    const customFields = [{ id: field.id, field_value: 'red' }]
    const reply = await crm.v2.post(
      '/opportunities/',
      body(contact.id, { ...sent, customFields, forecastExpectedCloseDate: '2026-12-31' }),
    )

    expect(bare(reply)).toEqual({
      opportunity: opportunityOf(crm, contact, {
        ...sent,
        pipelineStageUId: sent.pipelineStageId,
        forecastExpectedCloseDate: '2026-12-31T00:00:00.000Z',
        effectiveProbability: 60,
        customFields: [
          {
            id: field.id,
            key: 'colour',
            fieldKey: 'opportunity.colour',
            name: 'Colour',
            type: 'TEXT',
            fieldValue: 'red',
            fieldValueString: 'red',
          },
        ],
      }),
    })
  })

  test('has each follower once, however often one is named', async () => {
    const [a, b] = [await crm.given.user(), await crm.given.user()]

    const { id, followers } = (await create({ followers: [a.id, b.id, a.id] })).body.opportunity

    expect(followers).toEqual([a.id, b.id])
    expect((await read(crm, id)).followers).toEqual([a.id, b.id])
    expect((await crm.events(id)).at(-1)?.after.followers).toEqual([a.id, b.id])
  })

  test('works with and without the trailing slash', async () => {
    const contact = await crm.given.contact()

    const bareUrl = await crm.v2.post('/opportunities', body(contact.id))
    const slashed = await crm.v2.post('/opportunities/', body(contact.id))

    expect([bareUrl.status, slashed.status]).toEqual([201, 201])
  })

  test('takes the location from a header where the body names none', async () => {
    const contact = await crm.given.contact()
    const { locationId: _, ...rest } = body(contact.id)

    for (const name of ['Location-Id', 'locationId', 'x-location-id']) {
      const reply = await crm.v2.post('/opportunities', rest, { headers: { [name]: crm.locationId } })
      expect(reply.status, name).toBe(201)
      expect(reply.body.opportunity.locationId).toBe(crm.locationId)
    }
  })

  test('is an event of creation, which counts as an update too', async () => {
    const { id } = (await create()).body.opportunity

    expect(await crm.events(id)).toEqual([
      {
        types: ['OpportunityCreate', 'OpportunityUpdate'],
        before: null,
        after: expect.objectContaining({ id, name: 'A deal', indexVersion: 1 }),
        callerId: expect.any(String),
      },
    ])
  })

  test('is counted at once', async () => {
    const pipeline = await crm.given.pipeline()
    await create({ pipelineId: pipeline.id })
    await create({ pipelineId: pipeline.id, status: 'won' })

    expect(await totalOf(crm, { pipeline_id: pipeline.id })).toBe(2)
    expect(await totalOf(crm, { pipeline_id: pipeline.id, status: 'won' })).toBe(1)
    expect(await totalOf(crm, { pipeline_stage_id: pipeline.stages[0]?.id as string })).toBe(2)
    expect(await totalOf(crm, { pipeline_stage_id: pipeline.stages[1]?.id as string })).toBe(0)
  })

  test('starts in every status', async () => {
    for (const status of ['open', 'won', 'lost', 'abandoned']) {
      expect((await create({ status })).body.opportunity).toMatchObject({ status })
    }
  })

  test('reads null as nothing where a field can be empty', async () => {
    const contact = await crm.given.contact()
    const nothing = {
      monetaryValue: null,
      assignedTo: null,
      source: null,
      lostReasonId: null,
      forecastExpectedCloseDate: null,
      forecastProbability: null,
      companyName: null,
    }

    const reply = await crm.v2.post('/opportunities/', body(contact.id, nothing))

    expect(bare(reply)).toEqual({ opportunity: opportunityOf(crm, contact) })
  })

  test('keeps values at their edges', async () => {
    for (const monetaryValue of [0, -12.5, 0.01, 1e11]) {
      expect((await create({ monetaryValue })).body.opportunity).toMatchObject({ monetaryValue })
    }
    for (const forecastProbability of [0, 100]) {
      expect((await create({ forecastProbability })).body.opportunity).toMatchObject({ forecastProbability })
    }
    const name = '木'.repeat(255)
    expect((await create({ name })).body.opportunity).toMatchObject({ name })
  })

  describe('the owner', () => {
    test("is the contact's unless another is named", async () => {
      const [owner, other] = [await crm.given.user(), await crm.given.user()]
      const contact = await crm.given.contact({ assignedTo: owner.id })
      const ownerOf = async (fields: object) =>
        (await crm.v2.post('/opportunities/', body(contact.id, fields))).body.opportunity.assignedTo

      expect(await ownerOf({})).toBe(owner.id)
      expect(await ownerOf({ assignedTo: other.id })).toBe(other.id)
      expect(await ownerOf({ assignedTo: null })).toBe(null)
      expect(await ownerOf({ assignedTo: '' })).toBe(null)
    })

    test("is nobody when the contact's has been deleted since", async () => {
      const owner = await crm.given.user()
      const contact = await crm.given.contact({ assignedTo: owner.id })
      await crm.v2.delete(`/users/${owner.id}`)

      const reply = await crm.v2.post('/opportunities/', body(contact.id))

      expect(reply.body.opportunity.assignedTo).toBe(null)
    })

    test('must be a user', async () => {
      expect(refused(await create({ assignedTo: 'nobody' }))).toEqual(unprocessable('assignedTo is invalid'))
      expect(refused(await create({ followers: ['nobody'] }))).toEqual(unprocessable('followers.0 is invalid'))
    })
  })

  describe('the contact', () => {
    test('gets the company name and, beside its own, the tags', async () => {
      const contact = await crm.given.contact({ tags: ['old'] })

      const reply = await crm.v2.post(
        '/opportunities/',
        body(contact.id, { companyName: 'Acme', tags: ['New', 'old'] }),
      )

      expect(reply.body.opportunity.contact).toMatchObject({ companyName: 'Acme', tags: ['old', 'new'] })
      const after = (await crm.v2.get(`/contacts/${contact.id}`)).body.contact
      expect(after).toMatchObject({ companyName: 'Acme', tags: ['old', 'new'] })
      expect((await crm.events(contact.id)).map(({ types }) => types)).toEqual([
        ['ContactCreate'],
        ['ContactUpdate', 'ContactTagUpdate'],
      ])
    })

    test('lends its notes and tasks', async () => {
      const contact = await crm.given.contact()
      const note = await crm.v2.post(`/contacts/${contact.id}/notes`, { body: 'Call back' })
      const dueDate = '2026-12-31T10:00:00.000Z'
      const task = await crm.v2.post(`/contacts/${contact.id}/tasks`, { title: 'Call', dueDate, completed: false })

      const reply = await crm.v2.post('/opportunities/', body(contact.id))

      const found = await read(crm, reply.body.opportunity.id)
      expect(found.notes).toEqual([note.body.note])
      expect(found.tasks).toEqual([task.body.task])
    })

    test('must exist in the location', async () => {
      const other = await crm.given.location()
      const { locationId, token } = { locationId: other.id, token: other.token }
      const theirs = await crm.v2.post('/contacts/', { locationId, email: 'their@example.com' }, { token })

      expect(refused(await create({ contactId: 'nobody' }))).toEqual(missing('Contact'))
      expect(refused(await create({ contactId: theirs.body.contact.id }))).toEqual(missing('Contact'))
    })
  })

  describe('the place', () => {
    test('is the stage that is named', async () => {
      const pipelineStageId = crm.stages[3]?.id

      expect((await create({ pipelineStageId })).body.opportunity).toMatchObject({ pipelineStageId })
    })

    test('must be a stage of the pipeline', async () => {
      const other = await crm.given.pipeline()

      expect(refused(await create({ pipelineStageId: other.stages[0]?.id }))).toEqual(stageMismatch)
      expect(refused(await create({ pipelineStageId: 'nowhere' }))).toEqual(stageMismatch)
    })

    test('must be a pipeline of the location', async () => {
      const other = await crm.given.location()

      expect(refused(await create({ pipelineId: 'nowhere' }))).toEqual(pipelineMismatch)
      expect(refused(await create({ pipelineId: other.pipeline.id }))).toEqual(pipelineMismatch)
    })
  })

  describe('the lost reason', () => {
    test('is kept only by what is lost', async () => {
      const reason = await lostReason(crm, 'Too late')

      expect((await create({ status: 'lost', lostReasonId: reason.id })).body.opportunity.lostReasonId).toBe(reason.id)
      expect((await create({ status: 'lost' })).body.opportunity.lostReasonId).toBe(null)
      for (const status of ['open', 'won', 'abandoned']) {
        expect(refused(await create({ status, lostReasonId: reason.id }))).toEqual(
          unprocessable('lostReasonId is only allowed when status is lost'),
        )
      }
    })

    test('must exist', async () => {
      expect(refused(await create({ status: 'lost', lostReasonId: 'unknown' }))).toEqual(missing('Lost reason'))
    })
  })

  describe('the expected close date', () => {
    test.each([
      '2026-02-03',
      '2026/02/03',
      '2026.02.03',
      '02-03-2026',
      '02/03/2026',
      '02.03.2026',
      '2-3-2026',
      '2026-02-03T00:00:00.000Z',
      '2026-02-03T23:30:00-05:00',
    ])('is understood as %s', async (forecastExpectedCloseDate) => {
      const reply = await create({ forecastExpectedCloseDate })

      expect(reply.body.opportunity.forecastExpectedCloseDate).toBe('2026-02-03T00:00:00.000Z')
    })

    test.each(['tomorrow', '2026-02-30', '13-01-2026', '2026-02/03', '2026-02-03Tnoon', '0050-01-01'])(
      'is refused as %s',
      async (forecastExpectedCloseDate) => {
        expect(refused(await create({ forecastExpectedCloseDate }))).toEqual(
          unprocessable('forecastExpectedCloseDate must be a valid date: YYYY-MM-DD, MM-DD-YYYY or ISO 8601'),
        )
      },
    )
  })

  describe('custom values', () => {
    test('name their field by id or key, and their value in each of the three spellings', async () => {
      const field = await customField(crm, 'Size', 'NUMERICAL')
      const names = [{ id: field.id }, { key: 'size' }, { key: 'opportunity.size' }]
      const values = [{ field_value: 42 }, { fieldValue: '42' }, { value: 42 }]

      for (const name of names) {
        for (const value of values) {
          const { opportunity } = (await create({ customFields: [{ ...name, ...value }] })).body
          const expected = [
            {
              id: field.id,
              key: 'size',
              fieldKey: 'opportunity.size',
              name: 'Size',
              type: 'NUMERICAL',
              fieldValue: 42,
              fieldValueNumber: 42,
            },
          ]
          expect(opportunity.customFields).toEqual(expected)
          expect((await read(crm, opportunity.id)).customFields).toEqual(expected)
        }
      }
    })

    test('are texts, lists and objects, on one opportunity and on the rows of both searches', async () => {
      const text = await customField(crm, 'Remark', 'TEXT')
      const list = await customField(crm, 'Extras', 'CHECKBOX', { options: ['a', 'b', 'c'] })
      const boxes = await customField(crm, 'Boxes', 'TEXTBOX_LIST', { textBoxListOptions: [{ label: 'First' }] })
      const box = boxes.textBoxListOptions[0].id
      const day = await customField(crm, 'Day', 'DATE')

      const { opportunity } = (
        await create({
          customFields: [
            { id: text.id, field_value: 'A remark' },
            { id: list.id, field_value: ['a', 'c'] },
            { id: boxes.id, field_value: { [box]: 'inside' } },
            { id: day.id, field_value: '2026-01-31' },
          ],
        })
      ).body

      const named = (field: { id: string; name: string; fieldKey: string; dataType: string }) => ({
        id: field.id,
        key: field.fieldKey.replace('opportunity.', ''),
        fieldKey: field.fieldKey,
        name: field.name,
        type: field.dataType,
      })
      const expected = [
        { ...named(text), fieldValue: 'A remark', fieldValueString: 'A remark' },
        { ...named(list), fieldValue: ['a', 'c'], fieldValueArray: ['a', 'c'] },
        { ...named(boxes), fieldValue: { [box]: 'inside' }, fieldValueObject: { [box]: 'inside' } },
        { ...named(day), fieldValue: '2026-01-31', fieldValueDate: '2026-01-31' },
      ]
      const rows = await rowsOf(crm, opportunity.id)
      expect(opportunity.customFields).toEqual(expected)
      expect((await read(crm, opportunity.id)).customFields).toEqual(expected)
      expect(rows.get.customFields).toEqual(expected)
      expect(rows.post).toMatchObject({ customFields: expected, custom_fields: expected })
    })

    test('of null or empty are not kept', async () => {
      const field = await customField(crm, 'Nothing', 'TEXT')

      for (const field_value of [null, '']) {
        const reply = await create({ customFields: [{ id: field.id, field_value }] })
        expect(reply.body.opportunity.customFields).toEqual([])
      }
    })

    test('are refused for a field nobody knows, by its place in the list', async () => {
      const contactField = await customField(crm, 'Of contact', 'TEXT', { model: 'contact' })
      const customFields = [
        { id: 'unknown', value: 1 },
        { key: 'unknown', value: 1 },
        { value: 1 },
        { id: contactField.id, value: 'x' },
      ]

      expect(refused(await create({ customFields }))).toEqual(
        unprocessable(
          'customFields.0.id is invalid',
          'customFields.1.key is invalid',
          'customFields.2.id should not be empty',
          'customFields.3.id is invalid',
        ),
      )
    })
  })

  describe('a refusal', () => {
    test('names each missing field', async () => {
      for (const field of ['name', 'pipelineId', 'contactId']) {
        expect(refused(await create({ [field]: undefined }))).toEqual(
          unprocessable(`${field} should not be empty`, `${field} must be a string`),
        )
      }
      expect(refused(await create({ status: undefined }))).toEqual(
        unprocessable(
          'status should not be empty',
          'status must be one of the following values: open, won, lost, abandoned',
        ),
      )
    })

    test('comes for each value of the wrong kind', async () => {
      const number = 'must be a number conforming to the specified constraints'
      const wrong: [object, ...string[]][] = [
        [{ name: null }, 'name should not be empty', 'name must be a string'],
        [{ name: '' }, 'name should not be empty'],
        [{ name: ' \t\n\u00a0' }, 'name should not be empty'],
        [{ name: 'x'.repeat(256) }, 'name must be shorter than or equal to 255 characters'],
        [{ status: 'all' }, 'status must be one of the following values: open, won, lost, abandoned'],
        [{ monetaryValue: '220' }, `monetaryValue ${number}`],
        [{ monetaryValue: 1e12 }, 'monetaryValue must not be greater than 100000000000'],
        [{ assignedTo: 5 }, 'assignedTo must be a string'],
        [{ source: 5 }, 'source must be a string'],
        [{ customFields: {} }, 'customFields must be an array'],
        [{ customFields: [{ id: 'x', values: 1 }] }, 'customFields.0.property values should not exist'],
        [{ forecastExpectedCloseDate: 20260101 }, 'forecastExpectedCloseDate must be a string'],
        [{ forecastProbability: 101 }, 'forecastProbability must not be greater than 100'],
        [{ forecastProbability: -1 }, 'forecastProbability must not be less than 0'],
        [{ followers: 'someone' }, 'followers must be an array'],
        [{ tags: ['a', 5] }, 'tags.1 must be a string'],
        [{ id: 'mine' }, 'property id should not exist'],
      ]

      for (const [fields, ...message] of wrong) {
        expect(refused(await create(fields)), JSON.stringify(fields)).toEqual(unprocessable(...message))
      }
    })

    test('comes for no location, and for another one', async () => {
      const other = await crm.given.location()

      expect(refused(await create({ locationId: undefined }))).toEqual(noLocation())
      expect(refused(await create({ locationId: other.id }))).toEqual(foreign)
    })

    test('leaves nothing behind, neither the opportunity nor what was meant for the contact', async () => {
      const contact = await crm.given.contact()
      const pipeline = await crm.given.pipeline()

      const reply = await crm.v2.post(
        '/opportunities/',
        body(contact.id, { pipelineId: pipeline.id, tags: ['new'], customFields: [{ id: 'unknown', value: 1 }] }),
      )

      expect(reply.status).toBe(422)
      expect(await totalOf(crm, { pipeline_id: pipeline.id })).toBe(0)
      expect((await crm.v2.get(`/contacts/${contact.id}`)).body.contact.tags).toEqual([])
    })
  })

  describe('where a contact has one opportunity in a pipeline', () => {
    test('a second is refused by the first, whatever its status', async () => {
      const location = await strictLocation(crm)
      const { token } = location

      for (const status of ['open', 'won', 'lost', 'abandoned']) {
        const contactId = await location.contact(`${status}@example.com`)
        const first = (await location.create(contactId, { status })).body.opportunity
        expect(refused(await location.create(contactId))).toEqual(duplicate(first.id))
      }
      const total = await crm.v2.get(`/opportunities/search?location_id=${location.locationId}`, { token })
      expect(total.body.meta.total).toBe(4)
    })

    test('another pipeline and another contact are free, and so is the place of what was deleted', async () => {
      const location = await strictLocation(crm)
      const { token } = location
      const contactId = await location.contact('one@example.com')
      const first = await location.create(contactId)

      const elsewhere = await location.create(contactId, { pipelineId: location.secondPipelineId })
      const other = await location.create(await location.contact('other@example.com'))
      await crm.v2.delete(`/opportunities/${first.body.opportunity.id}`, undefined, { token })
      const again = await location.create(contactId)

      expect([elsewhere.status, other.status, again.status]).toEqual([201, 201, 201])
    })

    test('only one of many that come at once is made', async () => {
      const location = await strictLocation(crm)
      const contactId = await location.contact('many@example.com')

      const replies = await Promise.all(Array.from({ length: 10 }, () => location.create(contactId)))

      expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(400)])
    })
  })

  test('otherwise a contact may have several in a pipeline', async () => {
    const contact = await crm.given.contact()

    const replies = [await create({ contactId: contact.id }), await create({ contactId: contact.id })]

    expect(replies.map(({ status }) => status)).toEqual([201, 201])
  })

  test('answers its moment of creation by the clock of the server', async () => {
    const before = Date.now()
    const { createdAt } = (await create()).body.opportunity

    expect(createdAt).toEqual(time)
    expect(Date.parse(createdAt)).toBeGreaterThanOrEqual(before)
    expect(Date.parse(createdAt)).toBeLessThanOrEqual(Date.now())
  })
})

test('a server that is told to demands the stage', async () => {
  const crm = await startCrm({ requireStage: true })
  const contact = await crm.given.contact()
  const { locationId, pipeline } = crm
  const body = { locationId, pipelineId: pipeline.id, name: 'A deal', status: 'open', contactId: contact.id }

  const without = await crm.v2.post('/opportunities', body)
  const given = await crm.v2.post('/opportunities', { ...body, pipelineStageId: crm.stages[0]?.id })
  await crm.stop()

  expect(refused(without)).toEqual(
    unprocessable('pipelineStageId should not be empty', 'pipelineStageId must be a string'),
  )
  expect(given.status).toBe(201)
})
